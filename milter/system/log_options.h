// milter/system/log_options.h: what is logged, in which shape, and where to.
#pragma once

#include <string>

#include "policy/text/enum_words.h"

namespace ccgate {

enum class LogFormat { logfmt, json };
template <>
struct EnumWords<LogFormat> {
  using enum LogFormat;
  static constexpr auto table = word_table<LogFormat>({
      {logfmt, "logfmt"},
      {json, "json"},
  });
};
enum class LogLevel { error, warning, info, debug };
template <>
struct EnumWords<LogLevel> {
  using enum LogLevel;
  static constexpr auto table = word_table<LogLevel>({
      {error, "error"},
      {warning, "warning"},
      {info, "info"},
      {debug, "debug"},
  });
};
enum class LogPlace { standard_error, syslog };
template <>
struct EnumWords<LogPlace> {
  static constexpr auto table = word_table<LogPlace>({
      {LogPlace::standard_error, "stderr"},
      {LogPlace::syslog, "syslog"},
  });
};
/// Of syslog(3): those that a daemon may log with.
enum class LogFacility { mail, daemon, user, local0, local1, local2, local3, local4, local5, local6, local7 };
template <>
struct EnumWords<LogFacility> {
  using enum LogFacility;
  static constexpr auto table = word_table<LogFacility>({
      {mail, "mail"},
      {daemon, "daemon"},
      {user, "user"},
      {local0, "local0"},
      {local1, "local1"},
      {local2, "local2"},
      {local3, "local3"},
      {local4, "local4"},
      {local5, "local5"},
      {local6, "local6"},
      {local7, "local7"},
  });
};

struct LogOptions {
  LogFormat format = LogFormat::logfmt;
  LogLevel level = LogLevel::info;
  LogPlace output = LogPlace::standard_error;
  LogFacility facility = LogFacility::mail;  ///< of `syslog`
  std::string socket = "/dev/log";           ///< where the syslog daemon listens
  friend bool operator==(const LogOptions&, const LogOptions&) = default;
};

/// Of syslog(3): 3 for an error, 7 for debug.
[[nodiscard]] constexpr int severity_of(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::error:
      break;
    case LogLevel::warning:
      return 4;
    case LogLevel::info:
      return 6;
    case LogLevel::debug:
      return 7;
  }
  return 3;
}

}  // namespace ccgate
