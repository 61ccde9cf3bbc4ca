// policy/rules/quorum_yaml.h: `need` and `of` of an `ask`.
#pragma once

#include "policy/rules/quorum.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// nullopt when neither is there, or one of them is wrong, which is told.
[[nodiscard]] std::optional<Quorum> read_quorum(const YamlMap& ask);

}  // namespace ccgate
