// policy/schema.h: every YAML key and every fact in one table each: what parser, man pages, help and tests
// share.
#pragma once

#include <span>
#include <string_view>

#include "policy/policy.h"

namespace ccgate {

enum class SchemaFile { config, policy, registries, scenario };

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

}  // namespace ccgate
