#include "milter/doctor/look_clock.h"

#include <fmt/core.h>
#include <sys/timex.h>

#include "milter/system/timestamp.h"

namespace ccgate {

std::optional<bool> clock_is_kept() noexcept {
  timex state{};
  const int result = adjtimex(&state);
  if (result < 0) return std::nullopt;
  return (state.status & STA_UNSYNC) == 0;
}

LookResult look_at_clock(std::int64_t now, std::optional<bool> kept, const std::vector<PastMoment>& past) {
  constexpr std::int64_t kSlack = 60;
  LookResult result{Look::clock};
  for (const PastMoment& each : past)
    if (each.at > now + kSlack)
      result.found.push_back(
          found(SiteFinding::clock_behind, {format_timestamp(now), each.what, format_timestamp(each.at)}));
  if (!kept)
    result.untold.emplace_back("the system does not tell whether a time service keeps the clock");
  else if (!*kept)
    result.found.push_back(found(SiteFinding::clock_unsynchronised));
  if (result.found.empty()) result.seen.push_back(fmt::format("it is {}", format_timestamp(now)));
  return result;
}

}  // namespace ccgate
