#include "milter/tool/doctor_text.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "milter/tool/output.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

std::string doctor_line(std::string_view state, const LookResult& result, const std::string& text) {
  return fmt::format("{:<8} {:<10} {}\n", state, to_string(result.look), shown(text));
}

}  // namespace

std::string look_text(const LookResult& result, bool quiet) {
  std::string text;
  if (!quiet)
    for (const std::string& each : result.seen) text += doctor_line("ok", result, each);
  for (const Found& each : result.found) {
    text += doctor_line(to_string(weight_of(each.finding)), result,
                        fmt::format("{} [{}]", each.what, to_string(each.finding)));
    text += fmt::format("{:<19} help: {}\n", "", shown(each.help));
  }
  for (const std::string& each : result.untold) text += doctor_line("untold", result, each);
  return text;
}

std::string look_json(const LookResult& result) {
  nlohmann::ordered_json found = nlohmann::ordered_json::array();
  for (const Found& each : result.found)
    found.push_back({{"finding", to_string(each.finding)},
                     {"severity", to_string(weight_of(each.finding))},
                     {"what", each.what},
                     {"help", each.help}});
  return json_line({{"look", to_string(result.look)},
                    {"state", to_string(state_of(result))},
                    {"seen", result.seen},
                    {"found", std::move(found)},
                    {"untold", result.untold}});
}

void DoctorCount::add(const LookResult& result) {
  for (const Found& each : result.found) ++(weight_of(each.finding) == Weight::problem ? problems : hints);
  untold += result.untold.size();
}

std::string count_text(const std::string& config_file, const DoctorCount& count) {
  return fmt::format("{}: {}, {} problem(s), {} hint(s), {} not to be told\n", shown(config_file),
                     count.problems > 0 ? "bad" : "ok", count.problems, count.hints, count.untold);
}

}  // namespace ccgate
