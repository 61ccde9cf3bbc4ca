// milter/site/config_hooks.h: the programs that `hooks` names, of the site or of one list.
#pragma once

#include <string>
#include <vector>

#include "milter/site/config.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// The keys that are there replace what `hooks` has. A list may say `[]`, none; a site may not. `file`: what
/// a program's path is relative to.
void read_hooks(const YamlMap& map, const std::string& file, Hooks& hooks);

/// Those that are not empty: program and arguments.
[[nodiscard]] std::vector<std::vector<std::string>> programs_of(const Hooks& hooks);

}  // namespace ccgate
