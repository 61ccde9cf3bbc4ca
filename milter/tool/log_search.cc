#include "milter/tool/log_search.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "milter/system/files.h"
#include "milter/system/program.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestLine = std::size_t{64} * 1024;
constexpr std::size_t kMostDecisions = 20;
constexpr std::size_t kMostOthers = 100;
constexpr std::size_t kMostValues = 100;

bool is_key(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// A value in quotes, `text` behind the first of them; what is behind the last stays in `text`.
std::optional<std::string> quoted_value(std::string_view& text) {
  std::string value;
  while (!text.empty() && text.front() != '"') {
    if (text.front() != '\\') {
      value += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (text.size() < 2) return std::nullopt;
    if (text[1] == '"' || text[1] == '\\') {
      value += text[1];
      text.remove_prefix(2);
      continue;
    }
    // As it was written: what is no text stays told as such.
    value += text.front();
    text.remove_prefix(1);
  }
  if (text.empty()) return std::nullopt;
  text.remove_prefix(1);
  return value;
}

std::optional<LogValues> parse_logfmt(std::string_view line) {
  LogValues values;
  while (!line.empty()) {
    const std::size_t equals = line.find('=');
    if (equals == line.npos || !is_key(line.substr(0, equals)) || values.size() == kMostValues)
      return std::nullopt;
    std::string key(line.substr(0, equals));
    line.remove_prefix(equals + 1);
    if (line.starts_with('"')) {
      line.remove_prefix(1);
      auto value = quoted_value(line);
      if (!value) return std::nullopt;
      values.emplace_back(std::move(key), std::move(*value));
    } else {
      const std::size_t end = std::min(line.find(' '), line.size());
      values.emplace_back(std::move(key), std::string(line.substr(0, end)));
      line.remove_prefix(end);
    }
    if (!line.empty() && line.front() != ' ') return std::nullopt;
    line.remove_prefix(std::min<std::size_t>(1, line.size()));
  }
  return values;
}

std::optional<LogValues> parse_json_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || json.size() > kMostValues) return std::nullopt;
  LogValues values;
  for (const auto& [key, value] : json.items())
    values.emplace_back(key, value.is_string() ? value.get<std::string>()
                                               : value.dump(-1, ' ', false, Json::error_handler_t::replace));
  return values;
}

std::string value_at(const LogValues& values, std::string_view key) {
  const auto found =
      std::find_if(values.begin(), values.end(), [key](const auto& each) { return each.first == key; });
  return found == values.end() ? "" : found->second;
}

std::string program_in_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/bin:/bin";
  while (!rest.empty()) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    std::string file(rest.substr(0, colon));
    rest.remove_prefix(std::min(colon + 1, rest.size()));
    if (!file.starts_with('/')) continue;
    file += "/" + name;
    if (unrunnable(file).empty()) return file;
  }
  return "";
}

Json json_values(const LogValues& values) {
  Json json = Json::object();
  for (const auto& [key, value] : values) json[key] = value;
  return json;
}

}  // namespace

std::optional<LogValues> parse_log_line(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  const std::size_t json = line.find("{\"time\": ");
  const std::size_t plain = line.find("time=");
  if (json < plain) return parse_json_line(line.substr(json));
  return plain != line.npos ? parse_logfmt(line.substr(plain)) : std::nullopt;
}

void LogSearch::add(std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t end = octets.find('\n');
    const std::string_view piece = octets.substr(0, end);
    if (line_.size() + piece.size() > kLongestLine)
      too_long_ = true;
    else
      line_ += piece;
    if (end == octets.npos) return;
    line();
    octets.remove_prefix(end + 1);
  }
}

void LogSearch::line() {
  const std::string text = std::exchange(line_, "");
  if (std::exchange(too_long_, false) || text.find(id_) == text.npos) return;
  auto values = parse_log_line(text);
  if (!values) return;
  const std::string id = value_at(*values, "id");
  if (!id.starts_with(id_)) return;
  auto& all = found_.decisions;
  auto at = std::find_if(all.begin(), all.end(), [&](const LoggedDecision& each) { return each.id == id; });
  if (at == all.end()) {
    if (all.size() == kMostDecisions) return;
    all.push_back({id, {}, {}});
    at = all.end() - 1;
  }
  if (value_at(*values, "event") == "decision" && at->decision.empty())
    at->decision = std::move(*values);
  else if (at->others.size() < kMostOthers)
    at->others.push_back(std::move(*values));
}

LoggedDecisions LogSearch::take() {
  line();
  return std::move(found_);
}

std::optional<LoggedDecisions> search_log(const std::string& file, const std::string& id, std::string& why) {
  struct Closer {
    void operator()(std::FILE* open) const noexcept {
      if (open != stdin) std::fclose(open);
    }
  };
  const std::unique_ptr<std::FILE, Closer> in(file == "-" ? stdin : std::fopen(file.c_str(), "re"));
  if (!in) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  LogSearch search(id);
  std::array<char, 64 * 1024> octets{};
  for (std::size_t got = 0; (got = std::fread(octets.data(), 1, octets.size(), in.get())) > 0;)
    search.add({octets.data(), got});
  if (std::ferror(in.get()) != 0) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  return search.take();
}

LoggedDecisions search_journal(const std::string& id) {
  const std::string program = program_in_path("journalctl");
  if (program.empty()) return {};
  ProgramLimits limits;
  limits.output = std::size_t{4} * 1024 * 1024;
  const ProgramResult result =
      run_program({program, "--unit=ccgate-milter", "--output=cat", "--no-pager", "--quiet", "--grep=" + id},
                  "", limits, std::stop_token{});
  LogSearch search(id);
  search.add(result.output);
  return search.take();
}

std::string logged_text(const LoggedDecision& logged) {
  std::string out = "decision " + shown(logged.id) + ", as the log tells it\n";
  for (const auto& [key, value] : logged.decision)
    if (key != "id" && key != "event" && key != "level")
      out += fmt::format("  {} {}\n", padded(shown(key), 14), shown(value));
  if (logged.others.empty()) return out;
  out += "log\n";
  for (const LogValues& values : logged.others) {
    std::string line = value_at(values, "time") + "  " + value_at(values, "event");
    for (const auto& [key, value] : values)
      if (key != "time" && key != "level" && key != "event" && key != "id") line += " " + key + "=" + value;
    out += "  " + shown(line) + "\n";
  }
  return out;
}

std::string logged_json(const LoggedDecision& logged) {
  Json others = Json::array();
  for (const LogValues& values : logged.others) others.push_back(json_values(values));
  return json_line({{"id", logged.id},
                    {"decision", logged.decision.empty() ? Json(nullptr) : json_values(logged.decision)},
                    {"log", std::move(others)}});
}

}  // namespace ccgate
