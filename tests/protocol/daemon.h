// tests/protocol/daemon.h: the real ccgate-milter as a child process, in a temporary folder of its own.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// What a process has taken of the machine.
struct Holdings {
  long memory_kib = 0;  ///< VmRSS
  long descriptors = 0;
  long threads = 0;
};

/// One ccgate-milter with the files of a folder as its site, tests/site when none is named. Killed, and its
/// folder removed, on destruction.
class Daemon {
 public:
  /// Writes the configuration; starts nothing. `dns_server`: as in ccgate.yaml.
  explicit Daemon(const std::string& dns_server, const std::string& site = CCGATE_SOURCE_DIR "/tests/site");
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Returns when it listens; throws std::runtime_error with its log when it ends instead.
  /// `arguments` go behind `-c ccgate.yaml`.
  void start(std::vector<std::string> arguments = {});
  void launch(std::vector<std::string> arguments = {});  ///< likewise, and waits for nothing
  /// Its standard error from the next start on, instead of the log; stays open for as long as it is used.
  void log_to(int fd) { log_fd_ = fd; }
  /// Starts it and waits for its end: for configurations that it must refuse. Returns the exit status.
  int run_to_end();
  void send_signal(int number) const;
  /// Waits for its end; -1 when a signal ended it.
  int wait_for_end();
  int stop();  ///< SIGTERM, then wait_for_end
  [[nodiscard]] bool running();
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  [[nodiscard]] std::string socket() const { return folder_ + "/ccgate.sock"; }
  [[nodiscard]] std::string config_file() const { return file("ccgate.yaml"); }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::string read(const std::string& name) const;
  void write(const std::string& name, std::string_view text) const;
  /// Writes a new file and renames it onto `name`, as a careful program does.
  void replace(const std::string& name, std::string_view text) const;
  /// Replaces `from`, which must be there, in a file of the folder.
  void edit(const std::string& name, std::string_view from, std::string_view to) const;

  [[nodiscard]] std::string log() const;  ///< everything it wrote to stderr and stdout
  void wait_for_log(std::string_view text, int times = 1) const;  ///< throws when it does not come
  [[nodiscard]] long peak_memory_kib() const;                     ///< VmHWM
  [[nodiscard]] Holdings holdings() const;
  /// From now on it writes no file, its log too, behind its first `octets`; nullopt: no limit.
  void limit_files(std::optional<unsigned long> octets) const;

 private:
  [[nodiscard]] long status(std::string_view name) const;  ///< a number of /proc/PID/status

  std::string folder_;
  int log_fd_ = -1;
  pid_t pid_ = -1;
};

}  // namespace ccgate
