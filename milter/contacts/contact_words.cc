#include "milter/contacts/contact_words.h"

#include <fmt/core.h>

#include <algorithm>

#include "milter/system/timestamp.h"
#include "policy/text/durations.h"

namespace ccgate {

std::string cctld_name(const Domain& cctld) {
  const std::string unicode = cctld.unicode();
  return unicode == cctld.ascii() ? "." + unicode : fmt::format(".{} ({})", cctld.ascii(), unicode);
}

std::string cctld_names(const std::set<Domain>& cctlds) {
  constexpr std::size_t kMost = 40, kFirst = 3;
  const bool all = cctlds.size() <= kMost;
  std::string names;
  std::size_t named = 0;
  for (const Domain& cctld : cctlds) {
    if (!all && named++ == kFirst) break;
    names += (names.empty() ? "" : ", ") + cctld_name(cctld);
  }
  return all ? names : fmt::format("{} ccTLDs ({}, ...)", cctlds.size(), names);
}

std::string day_text(std::int64_t seconds) {
  return format_timestamp(seconds).substr(0, 10);
}

std::int64_t days(std::int64_t seconds) noexcept {
  return std::max<std::int64_t>(seconds, 0) / kDaySeconds;
}

std::string days_text(std::int64_t seconds) {
  const std::int64_t count = days(seconds);
  return fmt::format("{} day{}", count, count == 1 ? "" : "s");
}

}  // namespace ccgate
