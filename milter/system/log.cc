#include "milter/system/log.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "milter/system/log_output.h"
#include "milter/system/log_syslog.h"
#include "milter/system/timestamp.h"
#include "policy/text/control_escapes.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

std::atomic<LogFormat> wanted_format{LogFormat::logfmt};
std::atomic<LogLevel> wanted_level{LogLevel::info};
std::atomic<LogPlace> wanted_output{LogPlace::standard_error};

constexpr std::size_t kValueBytes = 1000;
constexpr std::size_t kShortestCut = 4;

std::atomic<long> lost_lines{0};

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  const bool utf8 = is_utf8(text);
  std::string quoted;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (octet < 0x20 || octet == 0x7f || (octet >= 0x80 && !utf8)) {
      quoted += "\\u00";
      quoted += kHex[octet >> 4];
      quoted += kHex[octet & 15];
    } else {
      quoted += c;
    }
  }
  out += with_escaped_controls(quoted);  // those of two octets and more
}

bool is_bare(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '"' ||
        c == '=' || c == '\\')
      return false;
  return true;
}

}  // namespace

LogLine& LogLine::add(std::string_view key, std::string_view value) {
  values_.push_back({std::string(key), std::string(value.substr(0, kValueBytes)), false});
  return *this;
}

LogLine& LogLine::add(std::string_view key, std::int64_t value) {
  values_.push_back({std::string(key), std::to_string(value), true});
  return *this;
}

std::string LogLine::render(LogFormat format, std::int64_t now) const {
  constexpr std::size_t kRoom = kLongestLogLine - std::string_view("<3>\n").size();
  std::string out = render(format, now, kValueBytes);
  for (std::size_t most = kValueBytes / 2; out.size() > kRoom && most >= kShortestCut; most /= 2)
    out = render(format, now, most);
  return out;
}

std::string LogLine::render(LogFormat format, std::int64_t now, std::size_t most) const {
  const bool json = format == LogFormat::json;
  std::string out;
  out.reserve(512);
  const auto value = [&](std::string_view key, std::string_view text, bool number) {
    if (!out.empty()) out += json ? ", " : " ";
    if (json) {
      out += out.empty() ? "{\"" : "\"";
      out += key;
      out += "\": ";
    } else {
      out += key;
      out += '=';
    }
    if (number || (!json && is_bare(text))) {
      out += text;
      return;
    }
    out += '"';
    append_escaped(out, text);
    out += '"';
  };
  value("time", format_timestamp(now), false);
  value("level", to_string(level_), false);
  value("event", event_, false);
  for (const Value& each : values_)
    value(each.key, each.number ? each.text : std::string_view(each.text).substr(0, most), each.number);
  if (json) out += '}';
  return out;
}

std::string with_priority(LogLevel level, std::string_view text) {
  const std::string priority = "<" + std::to_string(severity_of(level)) + ">";
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out += priority;
    out += text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

bool is_journal(int fd, const char* journal_stream) noexcept {
  struct stat status {};
  if (journal_stream == nullptr || fstat(fd, &status) != 0) return false;
  std::array<char, 48> own{};
  std::snprintf(own.data(), own.size(), "%ju:%ju", static_cast<std::uintmax_t>(status.st_dev),
                static_cast<std::uintmax_t>(status.st_ino));
  return std::strcmp(own.data(), journal_stream) == 0;
}

namespace {

LogOutput& standard_error() {
  static LogOutput output(STDERR_FILENO);
  return output;
}

SyslogOutput& syslog_output() {
  static SyslogOutput output;
  return output;
}

std::string for_standard_error(LogLevel level, std::string text) {
  static const bool journal = is_journal(STDERR_FILENO, std::getenv("JOURNAL_STREAM"));
  return journal ? with_priority(level, text) : text;
}

/// `line` has no end.
bool put_line(LogLevel level, const std::string& line) {
  if (wanted_output.load() == LogPlace::syslog && syslog_output().put(level, line)) return true;
  return standard_error().put(for_standard_error(level, line + "\n"));
}

void put_counted(const LogLine& line) {
  if (!put_line(line.level(), line.render(wanted_format.load(), std::time(nullptr)))) ++lost_lines;
}

/// Says how many lines are missing here, as soon as there is room again.
void tell_lost_lines() {
  const long lost = lost_lines.exchange(0);
  if (lost == 0) return;
  const LogLine line =
      LogLine(LogLevel::warning, "log_lines_lost").add("lines", static_cast<std::int64_t>(lost));
  if (!put_line(line.level(), line.render(wanted_format.load(), std::time(nullptr)))) lost_lines += lost;
}

void put_text(LogLevel level, std::string_view text) {
  const std::string whole = for_standard_error(level, std::string(text));
  for (std::string_view rest = whole; !rest.empty();) {
    const std::string_view part = rest.substr(0, kLongestLogLine);
    if (!standard_error().put(part)) ++lost_lines;
    rest.remove_prefix(part.size());
  }
}

/// A message of syslog is one line.
void put_lines(LogLevel level, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, std::min(end, kLongestLogLine - 1)));
    if (!line.empty() && !put_line(level, line)) ++lost_lines;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

void set_log(const LogOptions& options) noexcept {
  wanted_format = options.format;
  wanted_level = options.level;
  tzset();  // syslog has local times; later the file with the zone may be out of reach
  try {
    if (options.output == LogPlace::syslog) syslog_output().use(options.socket, options.facility);
    wanted_output = options.output;
  } catch (...) {
  }
}

void write_log(const LogLine& line) noexcept {
  if (line.level() > wanted_level.load()) return;
  try {
    // A log that cannot be written is no reason to stop serving mail.
    tell_lost_lines();
    put_counted(line);
  } catch (...) {
  }
}

void write_log_text(LogLevel level, std::string_view text) noexcept {
  try {
    if (wanted_output.load() == LogPlace::syslog)
      put_lines(level, text);
    else
      put_text(level, text);
  } catch (...) {
  }
}

}  // namespace ccgate
