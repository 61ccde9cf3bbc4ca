// milter/scenario/scenario_history.h: what a scenario says was before.
#pragma once

#include "milter/decision/services.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// The section `history`.
[[nodiscard]] FixedHistory read_scenario_history(const YamlMap& history);

}  // namespace ccgate
