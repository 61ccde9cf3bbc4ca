// policy/rules/policy_yaml.h: the text of a *.policy.yaml -> Policy, or everything that is wrong with it.
#pragma once

#include <optional>
#include <string_view>

#include "policy/rules/policy.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// nullopt when there was an error. Warnings may be added in both cases.
[[nodiscard]] std::optional<Policy> parse_policy(std::string_view text, std::string_view file,
                                                 Issues& issues);
/// The same from a tree that was read already (a scenario may hold a policy).
[[nodiscard]] std::optional<Policy> read_policy(const YamlNode& root, IssueSink& sink);

}  // namespace ccgate
