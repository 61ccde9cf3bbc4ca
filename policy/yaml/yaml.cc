#include "policy/yaml/yaml.h"

#include <algorithm>

namespace ccgate {

const YamlNode* YamlNode::find(std::string_view key) const noexcept {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [key](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

}  // namespace ccgate
