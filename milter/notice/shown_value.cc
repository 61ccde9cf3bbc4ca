#include "milter/notice/shown_value.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "policy/lines.h"
#include "policy/terminal_text.h"
#include "policy/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestAddress = 320;
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kLongestPhone = 40;

bool is_joiner(char32_t code) {
  return code == 0x200C || code == 0x200D;
}

bool is_hidden(char32_t code) {
  const bool tag = code >= 0xE0000 && code <= 0xE0FFF;  // tags and further variation selectors
  return !is_joiner(code) && (tag || is_invisible(code) || harmless(code) != code);
}

std::string shortened(const std::u32string& points, std::size_t longest) {
  std::string out;
  const bool cut = points.size() > longest;
  const std::size_t kept = cut ? longest - std::min<std::size_t>(longest, 3) : points.size();
  for (std::size_t i = 0; i < kept; ++i) append_utf8(out, points[i]);
  return cut ? out + "..." : out;
}

std::u32string cleaned(std::string_view text) {
  std::u32string points;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    char32_t code = next_code_point(text, at);
    if (!is_utf8(text.substr(start, at - start))) code = U'?';
    const bool line_end = (code >= 0x0A && code <= 0x0D) || code == 0x85 || code == 0x2028 || code == 0x2029;
    if (line_end || code == '\t' || is_blank(code)) {
      blank = true;
      continue;
    }
    if (is_hidden(code)) continue;
    if (blank && !points.empty()) points.push_back(U' ');
    blank = false;
    points.push_back(code);
  }
  return points;
}

}  // namespace

std::string clean_value(std::string_view text, std::size_t longest) {
  return shortened(cleaned(text), longest);
}

std::string plain_words(std::string_view text, std::size_t longest) {
  const std::u32string points = cleaned(text);
  const auto at = [&](std::size_t i) { return i < points.size() ? points[i] : U' '; };
  const auto one_of = [](std::u32string_view set, char32_t code) {
    return set.find(code) != std::u32string_view::npos;
  };
  const auto is_digit = [](char32_t code) { return code >= U'0' && code <= U'9'; };
  std::string apart;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool colon = one_of(U":\uff1a", points[i]) && at(i + 1) != U' ';
    if (colon || one_of(U"<>@/\\\uff20\uff0f", points[i])) {
      apart += ' ';
      continue;
    }
    append_utf8(apart, points[i]);
    const bool number = i > 0 && is_digit(points[i - 1]) && is_digit(at(i + 1));
    if (one_of(U".\u3002\uff0e\uff61", points[i]) && !number) apart += ' ';
  }
  return clean_value(apart, longest);
}

std::string plain_sentence(std::string_view text, std::size_t longest) {
  std::string out;
  for (const std::string_view word : split_words(text)) {
    const std::string_view end = ",;.)";
    const std::size_t size = word.find_last_not_of(end) + 1;
    const auto address = parse_path(word.substr(0, size));
    if (!out.empty()) out += ' ';
    out += address ? clean_value(address->text(), kLongestAddress) + std::string(word.substr(size))
                   : plain_words(word, longest);
  }
  return clean_value(out, longest);
}

std::string shown_cctld(std::string_view a_label) {
  const auto domain = Domain::parse(a_label);
  if (!domain) return "." + plain_words(a_label, 63);
  const std::string unicode = domain->unicode();
  return unicode == domain->ascii() ? "." + unicode : "." + unicode + " (" + domain->ascii() + ")";
}

std::string shown_cctlds(const std::vector<std::string>& a_labels, bool ascii) {
  std::string out;
  for (const std::string& label : a_labels)
    out += (out.empty() ? "" : ", ") + (ascii ? "." + clean_value(label, 63) : shown_cctld(label));
  return out;
}

std::string shown_address(const Address& address) {
  const std::string local = clean_value(address.local(), kLongestAddress);
  const std::string ascii = local + "@" + address.domain().ascii();
  const std::string unicode = address.domain().unicode();
  return unicode == address.domain().ascii() ? ascii : local + "@" + unicode + " (" + ascii + ")";
}

std::string shown_address(std::string_view text) {
  const auto address = parse_path(text);
  return address ? shown_address(*address) : plain_words(text, kLongestAddress);
}

std::string shown_person(std::string_view name, std::string_view email, std::string_view phone) {
  std::string out = plain_words(name, kLongestName);
  if (!email.empty()) {
    const std::string address = shown_address(email);
    out += out.empty() ? address : " <" + address + ">";
  }
  const std::string number = plain_words(phone, kLongestPhone);
  if (!number.empty()) out += (out.empty() ? "" : ", ") + number;
  return out;
}

std::string shown_time(std::int64_t seconds) {
  static constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
  namespace chrono = std::chrono;
  const auto date = chrono::year_month_day(chrono::sys_days(chrono::days(seconds / 86400)));
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(kMonths[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year())) + ", " + two(seconds / 3600 % 24) + ":" +
         two(seconds / 60 % 60) + " UTC";
}

std::string shown_duration(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    const char* name;
  };
  for (const Unit& unit : {Unit{86400, "day"}, Unit{3600, "hour"}, Unit{60, "minute"}, Unit{1, "second"}}) {
    if (seconds % unit.seconds != 0 || seconds < unit.seconds) continue;
    const std::int64_t count = seconds / unit.seconds;
    return std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s");
  }
  return "0 seconds";
}

NoticeValue value_of(std::string text) {
  std::string ascii;
  for (const char32_t code : code_points(text)) ascii += code < 0x80 ? static_cast<char>(code) : '?';
  return {{std::move(text)}, std::move(ascii)};
}

}  // namespace ccgate
