// policy/yaml/yaml.h: YAML text -> a tree that knows its places. One document, no anchors, aliases, merges,
// tags or duplicate keys, at most 1 MiB and 32 levels: whatever two readers could take two ways is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/text/issue.h"

namespace ccgate {

struct YamlNode {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;  // a key with its place, and the value
  Kind kind = Kind::null;
  Position at;
  std::string scalar;
  bool quoted = false;          ///< scalar in quotes or a block: never read as a number or boolean
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<Entry> entries;   ///< of a mapping, in file order

  [[nodiscard]] const YamlNode* find(std::string_view key) const noexcept;
};

struct YamlNode::Entry {
  std::string key;
  Position at;
  bool quoted = false;
  YamlNode value;
};

/// nullopt when the text cannot be read; `issues` says why. `file` is for the messages only. An empty
/// document is an error. Several errors are told where the parser can go on (duplicate keys, anchors, tags).
[[nodiscard]] std::optional<YamlNode> parse_yaml(std::string_view text, std::string_view file,
                                                 Issues& issues);

}  // namespace ccgate
