#include "milter/notice/shown_value.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "policy/text/durations.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestAddress = 320;
constexpr std::size_t kLongestForeignAddress = 2 * kLongestAddress + 3;  // in two spellings
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kLongestPhone = 40;

}  // namespace

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

std::string shown_foreign_address(std::string_view text) {
  const auto address = parse_path(text);
  return plain_words(address ? shown_address(*address) : text, kLongestForeignAddress);
}

std::string shown_person(std::string_view name, std::string_view email, std::string_view phone,
                         std::string_view other_email) {
  std::string out = plain_words(name, kLongestName);
  if (!email.empty()) {
    const std::string address = shown_foreign_address(email);
    out += out.empty() ? address : " <" + address + ">";
  }
  const std::string number = plain_words(phone, kLongestPhone);
  if (!number.empty()) out += (out.empty() ? "" : ", ") + number;
  if (!other_email.empty())
    out += (out.empty() ? "" : ", ") + ("other e-mail " + shown_foreign_address(other_email));
  return out;
}

std::string shown_time(std::int64_t seconds) {
  static constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{} {} {}, {:02}:{:02} UTC", static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     clock.hours().count(), clock.minutes().count());
}

std::string shown_duration(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    const char* name;
  };
  for (const Unit& unit :
       {Unit{kDaySeconds, "day"}, Unit{3600, "hour"}, Unit{60, "minute"}, Unit{1, "second"}}) {
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
