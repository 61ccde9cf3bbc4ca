// milter/system/log.h: the catalogue of events, one line each, as logfmt or JSON, to standard error or the
// syslog daemon.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/system/log_options.h"

namespace ccgate {

/// One line: an event with named values. Values are escaped, whatever octets they hold; a message cannot
/// forge a line.
class LogLine {
 public:
  LogLine(LogLevel level, std::string_view event) : level_(level), event_(event) {}
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  [[nodiscard]] LogLevel level() const noexcept { return level_; }
  /// Without line end. With it and a priority no longer than kLongestLogLine (log_output.h): where a line
  /// would be, its values are cut until it is not.
  [[nodiscard]] std::string render(LogFormat format, std::int64_t now) const;

 private:
  [[nodiscard]] std::string render(LogFormat format, std::int64_t now, std::size_t most) const;

  struct Value {
    std::string key;
    std::string text;
    bool number;
  };
  LogLevel level_;
  std::string event_;
  std::vector<Value> values_;
};

/// Writes one line with one write(2), when its level is wanted. Never waits: where nobody reads, lines are
/// lost, and the next one that is not says how many. What the syslog daemon does not take goes to standard
/// error. Thread-safe; never throws.
void write_log(const LogLine& line) noexcept;
/// The same for text that is no event: issues of a file, as they are shown to people. It may have several
/// lines, each with its line end.
void write_log_text(LogLevel level, std::string_view text) noexcept;

/// `text` as the journal of systemd wants it: before each of its lines the priority, as in `<3>`
/// (sd-daemon(3)), so that `journalctl -p err` finds what is an error.
[[nodiscard]] std::string with_priority(LogLevel level, std::string_view text);
/// Whether `fd` leads to the journal: `journal_stream` is what the environment has in JOURNAL_STREAM, or null
/// (systemd.exec(5)). Then the functions above write priorities.
[[nodiscard]] bool is_journal(int fd, const char* journal_stream) noexcept;
/// What is wanted, from now on. Thread-safe.
void set_log(const LogOptions& options) noexcept;

}  // namespace ccgate
