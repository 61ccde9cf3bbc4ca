// milter/site/config_yaml.h: ccgate.yaml -> Config.
#pragma once

#include <optional>
#include <string_view>

#include "milter/site/config.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// Without reading the files it names. nullopt when there was an error.
[[nodiscard]] std::optional<Config> parse_config(std::string_view text, std::string_view file,
                                                 Issues& issues);
[[nodiscard]] std::optional<Config> read_config(const YamlNode& root, IssueSink& sink);

}  // namespace ccgate
