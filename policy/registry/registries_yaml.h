// policy/registry/registries_yaml.h: the text of a registries.yaml -> RegistryOverrides, or everything that
// is wrong with it.
#pragma once

#include <optional>
#include <string_view>

#include "policy/registry/registry.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// nullopt when there was an error. Warnings may be added in both cases.
[[nodiscard]] std::optional<RegistryOverrides> parse_registries(std::string_view text, std::string_view file,
                                                                Issues& issues);
/// The same from a tree that was read already (a scenario may hold them).
[[nodiscard]] std::optional<RegistryOverrides> read_registries(const YamlNode& root, IssueSink& sink);

}  // namespace ccgate
