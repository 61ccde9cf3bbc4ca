// milter/site/config_yaml.h: ccgate.yaml -> Config.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "milter/site/config.h"

namespace ccgate {

/// Without reading the files it names. nullopt when there was an error.
[[nodiscard]] std::optional<Config> parse_config(std::string_view text, std::string_view file,
                                                 Issues& issues);

/// What could be read. Where it is not whole, there was an error: a setting may have its default, a list be
/// missing, and what is kept serves to look for errors in the files it names.
struct PartialConfig {
  Config config;
  std::vector<UnreadList> unread = {};  ///< lists that are not in `config`
  bool whole = false;
};
/// As parse_config. nullopt when the text is no mapping.
[[nodiscard]] std::optional<PartialConfig> parse_config_partly(std::string_view text, std::string_view file,
                                                               Issues& issues);

}  // namespace ccgate
