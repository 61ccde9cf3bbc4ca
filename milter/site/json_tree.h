// milter/site/json_tree.h: JSON text -> the same tree as YAML gives, with places, read as strictly.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "policy/yaml.h"

namespace ccgate {

/// What bounds one JSON text.
struct JsonLimits {
  std::size_t bytes = std::size_t{16} * 1024 * 1024;
  std::size_t values = 500'000;
  std::size_t depth = 32;
};

/// nullopt when the text cannot be read: syntax, duplicate keys (both places told), over a limit. Strings are
/// quoted scalars; numbers, true and false unquoted ones. The parser of the JSON library takes the last of
/// duplicate keys without a word, so only its events are used.
[[nodiscard]] std::optional<YamlNode> parse_json(std::string_view text, std::string_view file, Issues& issues,
                                                 const JsonLimits& limits = {});

}  // namespace ccgate
