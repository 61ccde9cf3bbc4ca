// tests/support/main_scenario_export.cc: a scenario file as one JSON object, its message signed: for tests
// that play it in another language. Usage: ccgate_scenario_export SCENARIO.yaml
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/system/timestamp.h"
#include "policy/text/issue.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  ccgate::Issues issues;
  const auto scenario = ccgate::load_scenario(argv[1], nullptr, issues);
  for (const ccgate::Issue& issue : issues) std::fputs(ccgate::render(issue).c_str(), stderr);
  if (!scenario) return 1;
  nlohmann::json zone = nlohmann::json::array();
  for (const ccgate::ScenarioRecord& record : scenario->dns)
    zone.push_back(record.name + " " + std::string(ccgate::to_string(record.type)) + " " + record.data);
  for (const ccgate::ScenarioFailure& failure : scenario->failures)
    zone.push_back(failure.name + (failure.silent ? " SILENT" : " SERVFAIL"));
  nlohmann::json expect;
  const ccgate::Expectation& want = scenario->expect;
  if (want.decision) expect["decision"] = *want.decision;
  if (want.ground) expect["ground"] = *want.ground;
  if (want.rule) expect["rule"] = *want.rule;
  if (want.code) expect["code"] = *want.code;
  if (want.status) expect["status"] = *want.status;
  if (want.text) expect["text"] = *want.text;
  const nlohmann::json json = {{"story", scenario->story},
                               {"now", ccgate::format_timestamp(scenario->now)},
                               {"zone", zone},
                               {"client", scenario->client ? scenario->client->text() : ""},
                               {"helo", scenario->helo},
                               {"mail_from", scenario->mail_from},
                               {"rcpt_to", scenario->rcpt_to},
                               {"message", scenario->message},
                               {"expect", expect}};
  std::cout << json.dump() << '\n';
  return 0;
}
