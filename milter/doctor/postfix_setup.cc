#include "milter/doctor/postfix_setup.h"

#include <algorithm>

namespace ccgate {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// Calls `take` with each line.
template <typename Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    take(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

/// `name = value`; false for any other line.
bool split_setting(std::string_view line, std::string& name, std::string& value) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return false;
  name = trimmed(line.substr(0, equals));
  value = trimmed(line.substr(equals + 1));
  return !name.empty() && name.find_first_of(kBlank) == std::string::npos;
}

std::vector<std::string_view> words_of_line(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = trimmed(line)).empty()) {
    words.push_back(line.substr(0, line.find_first_of(kBlank)));
    line.remove_prefix(words.back().size());
  }
  return words;
}

bool is_number_or_dash(std::string_view word) {
  return word == "-" || (!word.empty() && word.find_first_not_of("0123456789?") == std::string_view::npos);
}

bool is_yes_no_or_dash(std::string_view word) {
  return word == "-" || word == "y" || word == "n";
}

}  // namespace

bool PostfixService::is_public() const {
  if (type == "unix" || type == "fifo") return false;
  if (type != "inet") return true;
  const std::size_t colon = name.rfind(':');
  const std::string host = colon == std::string::npos ? "" : name.substr(0, colon);
  return !host.starts_with("127.") && host != "localhost" && host != "[::1]" && host != "::1";
}

std::string PostfixSetup::of_main(const std::string& parameter) const {
  const auto value = main.find(parameter);
  return value == main.end() ? "" : value->second;
}

std::string PostfixSetup::of(const PostfixService& service, const std::string& parameter) const {
  const auto own = service.overrides.find(parameter);
  return own == service.overrides.end() ? of_main(parameter) : own->second;
}

PostfixSetup read_postfix_setup(std::string_view main, std::string_view services,
                                std::string_view overrides) {
  PostfixSetup setup;
  std::string name, value;
  each_line(main, [&](std::string_view line) {
    if (split_setting(line, name, value)) setup.main[name] = value;
  });
  // Without a compatibility level, a service that says nothing is in a chroot (COMPATIBILITY_README).
  const std::string level = setup.of_main("compatibility_level");
  const bool usual_chroot = level.empty() || level.starts_with("0");
  each_line(services, [&](std::string_view line) {
    // name type private unprivileged chroot wakeup most command arguments
    const auto words = words_of_line(line);
    constexpr std::size_t kFewest = 8;
    if (words.size() < kFewest || !is_yes_no_or_dash(words[2]) || !is_yes_no_or_dash(words[4]) ||
        !is_number_or_dash(words[5]) || !is_number_or_dash(words[6]))
      return;
    PostfixService service;
    service.name = words[0];
    service.type = words[1];
    service.chroot = words[4] == "y" || (words[4] == "-" && usual_chroot);
    service.command = words[7];
    setup.services.push_back(std::move(service));
  });
  each_line(overrides, [&](std::string_view line) {
    // name/type/parameter = value
    if (!split_setting(line, name, value)) return;
    const std::size_t last = name.rfind('/');
    if (last == std::string::npos) return;
    for (PostfixService& each : setup.services)
      if (each.label() == name.substr(0, last)) each.overrides[name.substr(last + 1)] = value;
  });
  return setup;
}

std::vector<std::string> postfix_list(std::string_view text) {
  std::vector<std::string> all;
  constexpr std::string_view kApart = " \t\r\n,";
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kApart), text.size()));
    if (text.empty()) return all;
    std::size_t end = 0, depth = 0;
    for (; end < text.size(); ++end) {
      if (text[end] == '{') ++depth;
      if (depth == 0 && kApart.find(text[end]) != std::string_view::npos) break;
      if (text[end] == '}' && depth > 0) --depth;
    }
    std::string_view element = text.substr(0, end);
    text.remove_prefix(end);
    if (element.size() > 1 && element.front() == '{' && element.back() == '}')
      element = trimmed(element.substr(1, element.size() - 2));
    all.emplace_back(element);
  }
}

std::vector<PostfixMilter> postfix_milters(std::string_view text) {
  std::vector<PostfixMilter> all;
  for (const std::string& element : postfix_list(text)) {
    PostfixMilter milter;
    for (const std::string& part : postfix_list(element)) {
      std::string name, value;
      if (milter.where.empty())
        milter.where = part;
      else if (split_setting(part, name, value))
        milter.settings[name] = value;
    }
    all.push_back(std::move(milter));
  }
  return all;
}

}  // namespace ccgate
