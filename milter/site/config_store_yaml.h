// milter/site/config_store_yaml.h: the keys of ccgate.yaml that keep the contact in the loop: `store` and all
// that needs one.
#pragma once

#include "milter/site/config.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {

/// Fills in what is said there, the defaults that only a site with a store has, and tells what does not fit
/// with `config.lists`, which have been read.
void read_store_keys(const YamlMap& root, Config& config, IssueSink& sink);

}  // namespace ccgate
