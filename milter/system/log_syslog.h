// milter/system/log_syslog.h: lines to the syslog daemon, which is never waited for.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "milter/system/descriptor.h"
#include "milter/system/log_options.h"

namespace ccgate {

/// The number that stands before a message: facility and severity (RFC 3164 4.1.1).
[[nodiscard]] int syslog_priority(LogFacility facility, LogLevel level) noexcept;
/// What stands before a message, as syslog(3) of the C library writes it to the daemon of the same machine:
/// `<22>Jan 15 12:00:00 ccgate-milter[4711]: `, by the local time.
[[nodiscard]] std::string syslog_head(int priority, std::int64_t now, int process);

/// The socket of a syslog daemon, as syslog(3) uses it; but that one waits where the daemon does not read,
/// and what it waits for, mail would. Thread-safe.
class SyslogOutput {
 public:
  void use(const std::string& socket, LogFacility facility);

  /// One line, without its end. False when it was not taken: nobody listens, or whoever does is too slow. A
  /// daemon that was started anew gets the next line.
  [[nodiscard]] bool put(LogLevel level, std::string_view line) noexcept;

 private:
  bool connect_anew() noexcept;

  std::mutex mutex_;
  std::string socket_;
  LogFacility facility_ = LogFacility::mail;
  Descriptor descriptor_;
};

}  // namespace ccgate
