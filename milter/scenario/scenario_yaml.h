// milter/scenario/scenario_yaml.h: a scenario file -> Scenario.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "milter/scenario/scenario.h"

namespace ccgate {

/// Reads one scenario file. `base`: the configuration it plays under unless it names one (`config`). nullopt:
/// `issues` say why.
[[nodiscard]] std::optional<Scenario> load_scenario(const std::string& file,
                                                    std::shared_ptr<const Ruleset> base, Issues& issues);
/// A `dns` section by itself (`ccgate explain --dns`).
[[nodiscard]] std::optional<std::shared_ptr<ZoneResolver>> load_zone(const std::string& file, Issues& issues);

}  // namespace ccgate
