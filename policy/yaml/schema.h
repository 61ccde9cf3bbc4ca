// policy/yaml/schema.h: every YAML key in one table: what parser, man pages, help and tests share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

enum class SchemaFile { config, policy, registries, scenario, contacts };

/// One key. `path` is dotted, `*` for a name that the operator chooses, `[]` for list items:
/// `lists.*.address`, `rules[].id`.
struct SchemaKey {
  SchemaFile file;
  std::string_view path;
  std::string_view type;           ///< for people: `duration`, `list of addresses`, `accept | ask | ...`
  std::string_view default_value;  ///< empty: none; `required` when it must be there
  std::string_view help;           ///< one line
};
[[nodiscard]] std::span<const SchemaKey> schema_keys() noexcept;

/// The keys that a mapping at `path` (empty: the root) may have; one of them may end in `*`.
[[nodiscard]] std::vector<const SchemaKey*> schema_children(SchemaFile file, std::string_view path);
/// The last part of a path: what the operator writes.
[[nodiscard]] std::string_view last_part(std::string_view path) noexcept;

/// The words of a list that a table writes as one text, between blanks or ` | `: as in SchemaKey::type.
[[nodiscard]] std::vector<std::string> listed_words(std::string_view words);

}  // namespace ccgate
