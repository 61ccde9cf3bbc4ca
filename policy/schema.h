// policy/schema.h: every YAML key and every fact in one table each: what parser, man pages, help and tests
// share.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"

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

enum class FactType { truth, count, duration, word, cctld, address, domain };
struct FactInfo {
  Fact fact;
  std::string_view name;
  FactType type;
  std::string_view words;  ///< of `word`: the values, separated by blanks
  bool authenticates;      ///< true when a yes means that the author domain is authenticated
  bool authority;          ///< true when a yes ties the request to the admin contact
  std::string_view help;   ///< one line
};
[[nodiscard]] std::span<const FactInfo> fact_table() noexcept;
[[nodiscard]] const FactInfo& info_of(Fact fact) noexcept;
/// nullptr when no fact has that name.
[[nodiscard]] const FactInfo* find_fact(std::string_view name) noexcept;

/// A list of words separated by blanks (or by ` | `), as in FactInfo::words and SchemaKey::type.
[[nodiscard]] std::vector<std::string> split_words(std::string_view words);

}  // namespace ccgate
