// tests/protocol/main_scenario_daemon.cc: plays scenario files through the milter protocol against the real
// daemon, with a real DNS server in between. Usage: ccgate-scenario-daemon SCENARIO.yaml...
#include <cstdio>
#include <exception>
#include <filesystem>

#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/system/timestamp.h"
#include "policy/text/issue.h"
#include "tests/protocol/daemon.h"
#include "tests/protocol/scenario_files.h"
#include "tests/support/dns_server.h"
#include "tests/support/milter_client.h"

namespace ccgate {
namespace {

constexpr const char* kSite = CCGATE_SOURCE_DIR "/tests/scenarios/site";

/// The value of `key` in the daemon's log line of the decision.
std::string logged(const std::string& log, const std::string& key) {
  const std::size_t line = log.find("event=decision");
  if (line == std::string::npos) return "";
  const std::size_t at = log.find(" " + key + "=", line);
  const std::size_t end_of_line = log.find('\n', line);
  if (at == std::string::npos || at > end_of_line) return "";
  const std::size_t begin = at + key.size() + 2;
  if (log[begin] == '"') return log.substr(begin + 1, log.find('"', begin + 1) - begin - 1);
  return log.substr(begin, log.find_first_of(" \n", begin) - begin);
}

ScenarioOutcome outcome_of(const MilterOutcome& seen, const std::string& log) {
  ScenarioOutcome outcome;
  outcome.decision = logged(log, "verdict");
  if (outcome.decision.empty()) outcome.decision = "untouched";
  outcome.ground = logged(log, "ground");
  outcome.rule = logged(log, "rule");
  outcome.request = logged(log, "request");
  const std::string cctlds = logged(log, "tlds");
  for (std::size_t at = 0; at < cctlds.size();) {
    const std::size_t comma = std::min(cctlds.find(',', at), cctlds.size());
    if (auto cctld = Domain::parse(cctlds.substr(at, comma - at))) outcome.cctlds.insert(*cctld);
    at = comma + 1;
  }
  if (seen.reply.kind == MilterReply::Kind::reply) {
    const std::string& text = seen.reply.text;
    outcome.reply.code = std::atoi(text.c_str());
    outcome.reply.status = text.substr(4, text.find(' ', 4) - 4);
    outcome.reply.text = text.substr(text.find(' ', 4) + 1);
  }
  for (const std::string& path : seen.of(MilterEdit::Kind::add_recipient))
    if (auto address = parse_path(path)) outcome.informed.push_back(*address);
  std::sort(outcome.informed.begin(), outcome.informed.end());
  return outcome;
}

/// What the SMTP client and the queue see has to agree with the verdict in the log.
std::vector<std::string> contradictions(const MilterOutcome& seen, const ScenarioOutcome& outcome,
                                        bool observed) {
  std::vector<std::string> found;
  const bool delivered = outcome.decision == "accept" || outcome.decision == "ask" ||
                         outcome.decision == "hold" || outcome.decision == "untouched" || observed;
  if (seen.delivered() != delivered && outcome.decision != "discard")
    found.push_back("the answer does not fit the verdict " + outcome.decision);
  const bool quarantined = !seen.of(MilterEdit::Kind::quarantine).empty();
  const bool held = (outcome.decision == "ask" || outcome.decision == "hold") && !observed;
  if (quarantined != held) found.push_back("the hold queue does not fit the verdict " + outcome.decision);
  const bool marked =
      !seen.added_fields("X-CCgate").empty() && !seen.added_fields("Authentication-Results").empty();
  if (marked != (delivered && outcome.decision != "untouched"))
    found.push_back("the marks do not fit the verdict");
  return found;
}

bool play(const std::string& file) {
  Issues issues;
  const auto scenario = load_scenario(file, nullptr, issues);
  for (const Issue& issue : issues) std::fputs(render(issue).c_str(), stderr);
  if (!scenario) return false;

  DnsServer dns;
  for (const ScenarioRecord& record : scenario->dns) dns.add(record.name, record.type, record.data);
  for (const ScenarioFailure& failure : scenario->failures)
    failure.silent ? dns.silence(failure.name) : dns.fail(failure.name);

  Daemon daemon(dns.server(), kSite);
  daemon.edit("ccgate.yaml", "unix:/run/ccgate/ccgate.sock", "unix:" + daemon.socket());
  daemon.write("ccgate.yaml",
               daemon.read("ccgate.yaml") + "dns: {servers: [\"" + dns.server() + "\"], timeout: 1s}\n");
  // A scenario may play under another policy of the site.
  const std::string policy = std::filesystem::path(scenario->rules->lists.front().policy.file).filename();
  if (policy != "tld-ops.policy.yaml") daemon.edit("ccgate.yaml", "tld-ops.policy.yaml", policy);
  daemon.write("contacts.json", contacts_json(*scenario));
  daemon.write("registries.yaml", registries_yaml(scenario->overrides));
  daemon.start({"--now", format_timestamp(scenario->now)});

  MilterMail mail;
  mail.client = scenario->client ? scenario->client->text() : "";
  mail.helo = scenario->helo;
  mail.mail_from =
      scenario->mail_from.starts_with('<') ? scenario->mail_from : "<" + scenario->mail_from + ">";
  for (const std::string& path : scenario->rcpt_to)
    mail.recipients.push_back(path.starts_with('<') ? path : "<" + path + ">");
  read_message_text(scenario->message, mail);
  MilterClient client(daemon.socket());
  client.negotiate();
  client.macros = {{"j", "mx.lists.example"}, {"i", "4X0000000001"}};
  const MilterOutcome seen = client.deliver(mail);
  const std::string log = daemon.log();
  const ScenarioOutcome outcome = outcome_of(seen, log);

  // An untouched mail has no line in the log, hence no ground to compare.
  auto differences = compare(scenario->expect, outcome);
  for (std::string& each : contradictions(seen, outcome, log.find(" mode=observe ") != std::string::npos))
    differences.push_back(std::move(each));
  std::printf("%s %s: %s\n", differences.empty() ? "ok     " : "FAILED ", file.c_str(),
              scenario->story.c_str());
  for (const std::string& difference : differences) std::printf("        %s\n", difference.c_str());
  if (!differences.empty()) std::fputs(log.c_str(), stderr);
  return differences.empty();
}

}  // namespace
}  // namespace ccgate

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a story that ends this program is the one behind the last line
  bool good = argc > 1;
  for (int i = 1; i < argc; ++i) {
    try {
      good = ccgate::play(argv[i]) && good;
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s: %s\n", argv[i], error.what());
      good = false;
    }
  }
  return good ? 0 : 1;
}
