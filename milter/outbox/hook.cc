#include "milter/outbox/hook.h"

#include <sysexits.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "milter/notice/payload.h"
#include "milter/notice/shown_value.h"
#include "milter/system/timestamp.h"

namespace ccgate {

std::string hook_input(std::string_view event, const LedgerEntry& entry, const ListConfig& list) {
  using Json = nlohmann::ordered_json;
  Json people = Json::array();
  for (const PersonText& person : read_people(entry.people))
    people.push_back({{"name", person.name}, {"email", person.email}, {"phone", person.phone}});
  const Json input{{"ccgate_hook", 1},
                   {"event", event},
                   {"id", entry.id},
                   {"list", list.name},
                   {"list_address", list.addresses.address.text()},
                   {"request", entry.request},
                   {"cctlds", entry.cctlds},
                   {"author", entry.author},
                   {"people", std::move(people)},
                   {"decided", format_timestamp(entry.decided)}};
  return input.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string removal_input(const Removal& removal, const ListConfig& list, std::int64_t now) {
  using Json = nlohmann::ordered_json;
  const Json input{
      {"ccgate_hook", 1},
      {"event", "removed"},
      {"id", removal.id},
      {"list", list.name},
      {"list_address", list.addresses.address.text()},
      {"request", ""},
      {"cctlds", removal.cctlds},
      {"author", ""},
      {"people", Json::array({{{"name", removal.name}, {"email", removal.email}, {"phone", ""}}})},
      {"decided", format_timestamp(now)}};
  return input.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

HookResult run_hook(const std::vector<std::string>& argv, std::string_view input, const ProgramLimits& limits,
                    std::stop_token stop, const RunProgram& run) {
  using End = ProgramResult::End;
  using Ended = HookResult::Outcome;
  constexpr std::size_t kLongest = 500;
  const ProgramResult ran = run(argv, input, limits, std::move(stop));
  const std::string said = clean_value(ran.output, kLongest);
  const auto with_output = [&said](std::string what) { return said.empty() ? what : what + ": " + said; };
  switch (ran.end) {
    case End::not_started:
      return {Ended::failed, "cannot be run: " + ran.why};
    case End::timed_out:
      return {Ended::failed, with_output("timed out")};
    case End::stopped:
      return {Ended::stopped, with_output("stopped")};
    case End::killed:
      return {Ended::failed, with_output("ended by signal " + std::to_string(ran.status))};
    case End::exited:
      break;
  }
  if (ran.status == 0) return {Ended::done, said};
  const char* meaning = ran.status == EX_TEMPFAIL ? " (try again)"
                        : ran.status == EX_CONFIG ? " (never)"
                                                  : "";
  return {ran.status == EX_CONFIG ? Ended::never : Ended::failed,
          with_output("exit status " + std::to_string(ran.status) + meaning)};
}

}  // namespace ccgate
