#include "milter/doctor/look_contacts.h"

#include <fmt/core.h>
#include <unistd.h>

#include <stop_token>

#include "milter/system/program.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr auto kTimer = "ccgate-contacts.timer";
constexpr std::int64_t kSecondsOfDay = 86400;

}  // namespace

ContactsTimer ask_contacts_timer() {
  constexpr auto kSystemctl = "/usr/bin/systemctl";
  if (access("/run/systemd/system", F_OK) != 0)
    return {
        "",
        "systemd does not run this machine: whether something fetches the contact data was not looked at"};
  const ProgramLimits limits{std::chrono::milliseconds(5000), std::chrono::milliseconds(500), 200};
  const ProgramResult result = run_program({kSystemctl, "is-active", kTimer}, "", limits, {});
  if (result.end != ProgramResult::End::exited)
    return {"", fmt::format("cannot ask {} about {}", kSystemctl, kTimer)};
  return {result.output.substr(0, result.output.find('\n')), ""};
}

LookResult look_at_contacts(const Ruleset& rules, const ContactsTimer& timer, std::int64_t now) {
  LookResult result{Look::contacts};
  const Directory& directory = *rules.directory;
  const std::int64_t max_age = rules.config.contacts.max_age.count();
  if (rules.config.contacts.file.empty()) {
    result.seen.emplace_back("none are named");
    return result;
  }
  const auto fetched = directory.fetched();
  if (directory.is_stale(nullptr, now, max_age))
    result.found.push_back(found(SiteFinding::contacts_stale, {format_timestamp(fetched.value_or(0))}));
  else if (fetched)
    result.seen.push_back(fmt::format("{} ccTLD(s), of {}, {} day(s) old", directory.size(),
                                      format_timestamp(*fetched),
                                      fetched > now ? 0 : (now - *fetched) / kSecondsOfDay));
  else
    result.untold.emplace_back("the file does not say of when it is: it never counts as too old");
  if (timer.state.empty())
    result.untold.push_back(timer.why);
  else if (timer.state != "active")
    result.found.push_back(found(SiteFinding::contacts_timer_off, {timer.state}));
  else
    result.seen.push_back(fmt::format("{} runs", kTimer));
  return result;
}

}  // namespace ccgate
