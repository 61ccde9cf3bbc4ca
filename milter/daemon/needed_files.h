// milter/daemon/needed_files.h: what a configuration makes the daemon reach in the file system.
#pragma once

#include <string>
#include <vector>

#include "milter/confine/landlock.h"
#include "milter/site/config.h"

namespace ccgate {

/// The folders of all files that are read at a reload or while mail is served, by their names and by what
/// these lead to now, since files are replaced by renaming; where a folder is not there yet, the nearest
/// above that is.
[[nodiscard]] std::vector<PathRule> configured_files(const Config& config, const std::string& config_file);

/// Those, and what the C library, name services, time zones, certificates, the databases and the sockets of
/// `listen` need.
[[nodiscard]] std::vector<PathRule> needed_files(const Config& config, const std::string& config_file);

}  // namespace ccgate
