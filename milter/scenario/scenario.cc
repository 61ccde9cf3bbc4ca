#include "milter/scenario/scenario.h"

#include <fmt/format.h>

#include <algorithm>

#include "milter/evidence/dns_zone.h"
#include "milter/notice/smtputf8.h"
#include "milter/scenario/message_file.h"

namespace ccgate {
namespace {

std::string shown(const std::set<Domain>& cctlds) {
  std::string text;
  for (const Domain& cctld : cctlds) text += (text.empty() ? "" : " ") + cctld.ascii();
  return text.empty() ? "none" : text;
}

std::string shown(const std::vector<Address>& addresses) {
  std::string text;
  for (const Address& address : addresses) text += (text.empty() ? "" : " ") + address.text();
  return text.empty() ? "nobody" : text;
}

std::string plain_path(std::string_view path) {
  return path.starts_with('<') ? std::string(path) : fmt::format("<{}>", path);
}

/// The text without the decision id, which is another one in every run.
Reply without_id(Reply reply) {
  if (const auto at = reply.text.rfind(" ["); at != std::string::npos) reply.text.resize(at);
  return reply;
}

ScenarioOutcome outcome_of(const TransactionResult& result) {
  ScenarioOutcome outcome;
  outcome.decision = result.passes_untouched ? "untouched" : std::string(to_string(result.verdict.decision));
  outcome.ground = to_string(result.verdict.ground);
  outcome.rule = result.verdict.rule;
  outcome.request = result.decided ? std::string(to_string(result.request.kind)) : "";
  for (const CcTldVerdict& each : result.verdict.per_cctld)
    if (each.cctld) outcome.cctlds.insert(*each.cctld);
  outcome.reply = without_id(result.answer.reply);
  outcome.informed = result.edits.add_recipients;
  if (result.own_notices)
    outcome.informed.insert(outcome.informed.end(), result.told.begin(), result.told.end());
  std::sort(outcome.informed.begin(), outcome.informed.end());
  for (const RecipientJudgement& judged : result.judgements)
    for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld)
      outcome.rules_hit.emplace_back(judged.gated->list->policy.file, each.rule);
  return outcome;
}

}  // namespace

void play_message(const Services& services, const Running& running,
                  const std::optional<ClientAddress>& client, std::string_view helo,
                  std::string_view mail_from, const std::vector<std::string>& rcpt_to, std::string_view text,
                  const std::function<void(const TransactionStart&, const std::vector<HeaderField>&,
                                           const TransactionResult&)>& use) {
  TransactionStart start;
  start.client = client;
  start.helo = helo;
  start.mail_from = plain_path(mail_from);
  start.authserv_id = "localhost";
  bool gated = false;
  for (const std::string& path : rcpt_to) {
    const std::string argument = plain_path(path);
    // As an MTA that rewrites nothing would name it.
    std::string_view named = argument;
    named.remove_prefix(1);
    if (named.ends_with('>')) named.remove_suffix(1);
    Recipient recipient = read_recipient(*running.rules, argument, named);
    gated = gated || !recipient.gated.empty();
    start.recipients.push_back(std::move(recipient));
  }
  const MessageText message = split_message(text);
  if (!gated) {
    TransactionResult untouched;
    untouched.passes_untouched = true;
    use(start, message.fields, untouched);
    return;
  }
  Transaction transaction(services, running, start);
  for (const HeaderField& field : message.fields) transaction.header(field.name, field.value);
  transaction.end_of_headers();
  transaction.body(message.body);
  const TransactionResult result = transaction.finish();
  use(transaction.start(), transaction.fields(), result);
}

ScenarioOutcome play_scenario(const Scenario& scenario, const DkimVerifier& dkim) {
  auto zone = std::make_shared<ZoneResolver>();
  for (const ScenarioRecord& record : scenario.dns) zone->add(record.name, record.type, record.data);
  for (const ScenarioFailure& failure : scenario.failures) zone->fail(failure.name);
  Services services{dkim, [now = scenario.now] { return now; }};
  if (scenario.history) services.history = &*scenario.history;
  Smtputf8Offer offer;
  if (scenario.history && scenario.history->smtputf8) {
    offer.learn(*scenario.history->smtputf8 ? Truth::yes : Truth::no);
    services.smtputf8 = &offer;
  }
  ScenarioOutcome outcome;
  play_message(services, {scenario.rules, zone}, scenario.client, scenario.helo, scenario.mail_from,
               scenario.rcpt_to, scenario.message,
               [&](const TransactionStart&, const std::vector<HeaderField>&,
                   const TransactionResult& result) { outcome = outcome_of(result); });
  return outcome;
}

std::vector<std::string> compare(const Expectation& expect, const ScenarioOutcome& outcome) {
  std::vector<std::string> differences;
  const auto check = [&](std::string_view what, const auto& want, const auto& got) {
    if (want && *want != got) differences.push_back(fmt::format("{}: want {}, got {}", what, *want, got));
  };
  check("decision", expect.decision, outcome.decision);
  check("ground", expect.ground, outcome.ground);
  check("rule", expect.rule, outcome.rule);
  check("request", expect.request, outcome.request);
  check("reply code", expect.code, outcome.reply.code);
  check("reply status", expect.status, outcome.reply.status);
  if (expect.cctlds && *expect.cctlds != outcome.cctlds)
    differences.push_back(fmt::format("tlds: want {}, got {}", shown(*expect.cctlds), shown(outcome.cctlds)));
  if (expect.text && outcome.reply.text.find(*expect.text) == std::string::npos)
    differences.push_back(
        fmt::format("reply text: want `{}` in it, got `{}`", *expect.text, outcome.reply.text));
  if (expect.informed && *expect.informed != outcome.informed)
    differences.push_back(
        fmt::format("informed: want {}, got {}", shown(*expect.informed), shown(outcome.informed)));
  return differences;
}

}  // namespace ccgate
