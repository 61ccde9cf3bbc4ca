// milter/scenario/scenario_message.h: the message of a scenario file: as it was written, signed, and changed
// on its way.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "milter/scenario/scenario.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// A time like 2030-01-15T12:00:00Z; nullopt when absent, or told to be none.
[[nodiscard]] std::optional<std::int64_t> read_scenario_time(const YamlMap& map, std::string_view key);

/// Reads `message`, `sign` and `after_signing` of the file `root`: sets the message of `scenario`, and adds
/// the key of each signature to its zone.
void read_scenario_message(const YamlMap& root, IssueSink& sink, Scenario& scenario);

}  // namespace ccgate
