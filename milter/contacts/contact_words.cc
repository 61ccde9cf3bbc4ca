#include "milter/contacts/contact_words.h"

#include <algorithm>

#include "milter/system/timestamp.h"

namespace ccgate {
#include "policy/text/durations.h"

std::string cctld_name(const Domain& label) {
  const std::string unicode = label.unicode();
  return "." + label.ascii() + (unicode == label.ascii() ? "" : " (" + unicode + ")");
}

std::string cctld_names(const std::set<Domain>& labels) {
  constexpr std::size_t kMost = 40, kFirst = 3;
  const bool all = labels.size() <= kMost;
  std::string names;
  std::size_t named = 0;
  for (const Domain& label : labels) {
    if (!all && named++ == kFirst) break;
    names += (names.empty() ? "" : ", ") + cctld_name(label);
  }
  return all ? names : std::to_string(labels.size()) + " ccTLDs (" + names + ", ...)";
}

std::string day_text(std::int64_t seconds) {
  return format_timestamp(seconds).substr(0, 10);
}

std::int64_t days(std::int64_t seconds) noexcept {
  return std::max<std::int64_t>(seconds, 0) / kDaySeconds;
}

std::string days_text(std::int64_t seconds) {
  const std::int64_t count = days(seconds);
  return std::to_string(count) + (count == 1 ? " day" : " days");
}

}  // namespace ccgate
