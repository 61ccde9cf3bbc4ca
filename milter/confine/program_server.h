// milter/confine/program_server.h: a process that runs programs for one that may run none itself.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "milter/system/descriptor.h"
#include "milter/system/program.h"

namespace ccgate {

/// What the process may run. It is asked there, by several threads one after the other: whoever orders may
/// have been broken into, and is not believed.
struct ProgramPermit {
  std::function<bool(const std::vector<std::string>& argv)> may_run;
  std::function<void()> look_again;  ///< ProgramServer::look_again() was called
};

/// The other process. It has none of the descriptors of this one, ends when the last process that has the
/// object does, and the programs that it runs by then are over, and no signal to a group ends it. It cannot
/// be started again by a process that is confined: then nothing is run any more.
class ProgramServer {
 public:
  /// Forks: to be called while there is one thread. Throws std::runtime_error.
  explicit ProgramServer(const ProgramPermit& permit);
  ProgramServer(ProgramServer&&) = delete;
  ~ProgramServer();  ///< end()

  /// As run_program, and with its promises. What is not permitted is `not_started`, and so is everything once
  /// the process is gone. When this process ends meanwhile, the program goes on.
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& argv, std::string_view input,
                                  const ProgramLimits& limits, const std::stop_token& stop) const;
  /// The files that the permit rests on may be others now. Any thread.
  void look_again() const noexcept;
  [[nodiscard]] bool alive() const noexcept;
  /// For the process that made the object: no program is begun any more, by nobody. Waits for the other
  /// process, but not long for a program that still runs. In others, nothing happens. Any thread.
  void end() const noexcept;
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

 private:
  Descriptor server_;
  pid_t owner_ = -1;
  pid_t pid_ = -1;
};

}  // namespace ccgate
