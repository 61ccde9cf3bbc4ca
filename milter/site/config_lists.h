// milter/site/config_lists.h: the lists that ccgate.yaml names.
#pragma once

#include <string>
#include <vector>

#include "milter/site/config.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// The mapping `lists` alone (a scenario may hold one), command addresses checked for overlaps. `file`: what
/// policy paths are relative to. Issues are told; the lists without any are given.
[[nodiscard]] std::vector<ListConfig> read_lists(const YamlNode& mapping, Position at,
                                                 const std::string& file, IssueSink& sink);

}  // namespace ccgate
