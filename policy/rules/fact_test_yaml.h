// policy/rules/fact_test_yaml.h: `{fact: value}` and `{fact: {more_than: value}}`, checked against the fact's
// type.
#pragma once

#include <optional>

#include "policy/rules/condition.h"
#include "policy/rules/fact_table.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// The condition `fact: value`, `entry` holding both. Issues are told; nullopt then.
[[nodiscard]] std::optional<Condition> read_fact_test(const FactInfo& fact, const YamlNode::Entry& entry,
                                                      IssueSink& sink);

/// How the fact is written, for help: `{contacts: {more_than: 3}}`.
[[nodiscard]] std::string example_of(const FactInfo& fact);

/// The condition with its `text` filled in from the rest. Children have theirs.
[[nodiscard]] Condition with_text(Condition condition);

}  // namespace ccgate
