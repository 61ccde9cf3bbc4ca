// policy/rules/outcome_yaml.h: `then`, `else`, `default` and `do`.
#pragma once

#include <optional>
#include <vector>

#include "policy/rules/policy.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// A decision as a word, or a mapping of one decision to its reply. `what`: the key, for messages.
[[nodiscard]] std::optional<Outcome> read_outcome(const YamlNode& node, Position at, std::string_view what,
                                                  IssueSink& sink);

/// The list `do` of a rule that decides `decision`.
[[nodiscard]] std::vector<Action> read_actions(const YamlMap& rule, Decision decision);

}  // namespace ccgate
