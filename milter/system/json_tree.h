// milter/system/json_tree.h: JSON text -> the same tree as YAML gives, with places, read as strictly.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "policy/yaml/yaml.h"

namespace ccgate {

/// What bounds one JSON text. Of a text whose members are handed out, `values` are all of them together, and
/// `kept` those of the tree and of one member: what is in memory at the same time.
struct JsonLimits {
  std::size_t bytes = std::size_t{16} * 1024 * 1024;  ///< less than 4 GiB
  std::size_t values = 500'000;
  std::size_t depth = 32;
  std::size_t kept = 500'000;
};

/// One object at the top of a JSON text whose members are handed out one by one, in the order of the text, in
/// place of being kept: the tree has an empty mapping there. A text that turns out to be unreadable further
/// on has handed out what came before.
struct JsonMembers {
  std::string_view of;  ///< the key of the object
  std::function<void(YamlNode::Entry&&)> take;
};

/// nullopt when the text cannot be read: syntax, duplicate keys (both places told), over a limit. Strings are
/// quoted scalars; numbers, true and false unquoted ones. The parser of the JSON library takes the last of
/// duplicate keys without a word, so only its events are used.
[[nodiscard]] std::optional<YamlNode> parse_json(std::string_view text, std::string_view file, Issues& issues,
                                                 const JsonLimits& limits = {},
                                                 const JsonMembers& members = {});

/// What a JSON string holds; nullptr when there is no node, or it is no string.
[[nodiscard]] const std::string* json_string(const YamlNode* node) noexcept;

}  // namespace ccgate
