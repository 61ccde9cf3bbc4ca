// milter/daemon/confinement.h: the daemon gives up what it does not need: files, programs, system calls.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "milter/confine/call_filter.h"
#include "milter/confine/landlock.h"
#include "milter/confine/program_server.h"
#include "milter/site/config.h"

namespace ccgate {

/// For one process and those that it forks, in this order, while there is one thread: the object, which
/// starts the process that runs programs; limit_files, when all sockets are bound; filter_calls_of, in each
/// process. Where the kernel cannot, or `confine` is false, that step is left out and told in the log.
class Confinement {
 public:
  /// Throws std::runtime_error.
  explicit Confinement(const std::string& config_file);

  /// No core dumps, no new privileges, Landlock.
  void limit_files(const Config& config);
  /// Tells what is in force: `confined` or `not_confined`.
  void filter_calls_of(CallFilter kind);

  /// How programs are run from now on.
  [[nodiscard]] RunProgram runner() const;
  /// To be called now and then: logs `programs_gone` once when the process that runs programs has ended.
  void look();
  /// Why the configuration, as the file is now, cannot be put in force by this process; empty when it can, or
  /// cannot be read.
  [[nodiscard]] std::string outside() const;
  /// Before the process ends: the one that runs programs ends first.
  void end() const noexcept;
  /// The configuration was read again; this one is in force.
  void reloaded(const Config& config) const;

 private:
  std::string config_file_;
  std::optional<ProgramServer> programs_;
  std::vector<PathRule> granted_;
  Landlock landlock_;
  bool wanted_ = true;
  bool deadly_ = false;
  bool binds_no_port_ = false;
  bool told_gone_ = false;
};

}  // namespace ccgate
