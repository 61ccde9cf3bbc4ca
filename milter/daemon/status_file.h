// milter/daemon/status_file.h: the file in which the daemon tells of itself (daemon_status.h).
#pragma once

#include <cstdint>
#include <string>

#include "milter/site/daemon_status.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// The first folder that RUNTIME_DIRECTORY names, as service managers do (systemd.exec(5)); empty: none.
[[nodiscard]] std::string runtime_folder();

/// In runtime_folder(); without that there is none. What cannot be written is logged (`status_not_written`),
/// and never keeps mail from being served. For one thread.
class StatusFile {
 public:
  /// Of process number `number`, which listens at `listen`, bound as `fd`.
  StatusFile(std::size_t number, const std::string& config_file, const std::string& listen, int fd,
             std::int64_t now);

  /// These rules are in force. Writes nothing when they were before.
  void tell(const Ruleset& rules, std::int64_t now);
  /// The daemon ends.
  void remove() noexcept;

 private:
  std::string file_;  // empty: none
  DaemonStatus status_;
};

}  // namespace ccgate
