// milter/log.h: the catalogue of events, one line each, as logfmt or JSON, to standard error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/site/config.h"

namespace ccgate {

/// One line: an event with named values. Values are escaped, whatever octets they hold; a message cannot
/// forge a line.
class LogLine {
 public:
  LogLine(LogLevel level, std::string_view event) : level_(level), event_(event) {}
  LogLine& add(std::string_view key, std::string_view value);
  LogLine& add(std::string_view key, std::int64_t value);
  [[nodiscard]] LogLevel level() const noexcept { return level_; }
  /// Without line end.
  [[nodiscard]] std::string render(LogFormat format, std::int64_t now) const;

 private:
  struct Value {
    std::string key;
    std::string text;
    bool number;
  };
  LogLevel level_;
  std::string event_;
  std::vector<Value> values_;
};

/// Writes one line to standard error with one write(2), when its level is wanted. Thread-safe; never throws.
void write_log(const LogLine& line) noexcept;
/// What is wanted, from now on. Thread-safe.
void set_log(LogFormat format, LogLevel level) noexcept;

[[nodiscard]] std::string_view to_string(LogLevel level) noexcept;

}  // namespace ccgate
