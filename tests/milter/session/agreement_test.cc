// Of every scenario: what is decided is the same wherever it is told, in the verdict and each of its ccTLDs,
// the reply, the log, the marks and the ledger.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "milter/decision/decision_line.h"
#include "milter/decision/explain.h"
#include "milter/decision/rule_edits.h"
#include "milter/decision/weigh.h"
#include "milter/ledger/decide_again.h"
#include "milter/ledger/ledger_entry.h"
#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/store/open_store.h"
#include "policy/verdict/judge_again.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

using Json = nlohmann::ordered_json;

const std::string kFolder = CCGATE_SOURCE_DIR "/tests/scenarios/";

std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& each : std::filesystem::directory_iterator(kFolder))
    if (each.path().extension() == ".yaml") files.push_back(each.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> labels(const Verdict& verdict) {
  std::vector<std::string> all;
  for (const CcTldVerdict& each : verdict.per_cctld)
    if (each.cctld) all.push_back(each.cctld->ascii());
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ",") + word;
  return all;
}

/// The ccTLD that decided says what the whole says, and no other is stricter.
void check_verdict(const Verdict& verdict) {
  if (verdict.per_cctld.empty()) return;
  bool decided = false;
  for (const CcTldVerdict& each : verdict.per_cctld) {
    CHECK(each.decision <= verdict.decision);
    if (each.cctld != verdict.cctld) continue;
    decided = true;
    CHECK(each.decision == verdict.decision);
    CHECK(each.ground == verdict.ground);
    CHECK(each.rule == verdict.rule);
    CHECK(each.reply == verdict.reply);
  }
  CHECK(decided);
}

void check_judgements(const TransactionResult& result) {
  for (const RecipientJudgement& judged : result.judgements) {
    check_verdict(judged.judgement.verdict);
    CHECK(judged.said.size() == judged.judgement.verdict.per_cctld.size());
  }
  if (result.judgements.empty()) return;
  CHECK(ruling_of(strictest_of(result.judgements).judgement.verdict) == ruling_of(result.verdict));
}

/// Each step goes on from where the one before ended.
void check_changes(const std::vector<DecisionChange>& changes, const Ruling& end) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CHECK_FALSE(changes[i].why.empty());
    CHECK(changes[i].from != changes[i].to);
    CHECK((i + 1 < changes.size() ? changes[i + 1].from : end) == changes[i].to);
  }
}

void check_answer(const TransactionResult& result) {
  const Decision decision = result.verdict.decision;
  if (result.observed || result.passes_untouched) {
    CHECK(result.answer.kind == Answer::Kind::accept);
    CHECK(result.observed.value_or(decision) == decision);
    CHECK_FALSE(result.edits.quarantine);
    return;
  }
  CHECK(result.answer.kind == answer_kind(decision, result.ask_style));
  const bool goes_on = result.answer.kind == Answer::Kind::accept;
  CHECK(result.edits.quarantine.has_value() == (goes_on && decision != Decision::accept));
  const Reply& reply = result.answer.reply;
  if (goes_on || result.answer.kind == Answer::Kind::discard) {
    CHECK(reply == Reply{});
    return;
  }
  CHECK(reply.code / 100 == (result.answer.kind == Answer::Kind::tempfail ? 4 : 5));
  CHECK(reply.code == result.verdict.reply.code);
  CHECK(reply.status == result.verdict.reply.status);
  CHECK_THAT(reply.text, Catch::Matchers::EndsWith(" [" + result.decision_id + "]"));
}

/// A message that goes on says of each list what its policy came to.
void check_marks(const TransactionResult& result) {
  if (result.passes_untouched || result.answer.kind != Answer::Kind::accept) return;
  std::vector<std::string> marks;
  for (const HeaderField& field : result.edits.insert_on_top)
    if (field.name == "X-CCgate") marks.push_back(field.value);
  const std::string before = result.observed ? " verdict=observe:" : " verdict=";
  if (result.judgements.empty()) {
    REQUIRE(marks.size() == 1);
    CHECK_THAT(marks[0], contains(before + std::string(to_string(result.verdict.decision)) + " "));
  }
  for (std::size_t i = 0; i < result.judgements.size(); ++i) {
    REQUIRE(marks.size() == result.judgements.size());
    const Decision decision = result.judgements[i].judgement.verdict.decision;
    CHECK_THAT(marks[i], contains(before + std::string(to_string(decision)) + " "));
  }
  for (const std::string& mark : marks) CHECK_THAT(mark, contains(" id=" + result.decision_id));
}

void check_log(const TransactionStart& start, const TransactionResult& result) {
  const Json line = Json::parse(decision_line(start, result).render(LogFormat::json, kNoon));
  CHECK(line["id"] == result.decision_id);
  const std::string_view word = result.passes_untouched ? "untouched" : to_string(result.verdict.decision);
  CHECK(line["verdict"] == word);
  CHECK(line["ground"] == to_string(result.verdict.ground));
  CHECK(line.value("rule", "") == result.verdict.rule);
  CHECK(line.value("tlds", "") == joined(labels(result.verdict)));
  CHECK(line.value("status", "") == result.verdict.reply.status);
  CHECK(line.value("mode", "") == (result.observed ? "observe" : ""));
}

void check_row(Store& store, const TransactionResult& result) {
  const auto entry = store.find_entry(result.decision_id);
  REQUIRE(entry.has_value() == (!result.passes_untouched && !result.bounce_discarded));
  if (!entry) return;
  CHECK(entry->list == result.list);
  CHECK(entry->verdict == to_string(result.verdict.decision));
  CHECK(entry->ground == to_string(result.verdict.ground));
  CHECK(entry->rule == result.verdict.rule);
  CHECK(entry->observed == result.observed.has_value());
  CHECK(entry->reply == reply_line(result.answer.reply));
  const auto cctlds = labels(result.verdict);
  if (!cctlds.empty()) CHECK(entry->cctlds == cctlds);
  const Json told = Json::parse(entry->explanation);
  CHECK(told["verdict"]["decision"] == entry->verdict);
  CHECK(told["verdict"]["ground"] == entry->ground);
  CHECK(told["verdict"]["rule"] == entry->rule);
}

/// By the same rules, from what is kept of it, the same is decided.
int check_decided_again(const TransactionStart& start, const std::vector<HeaderField>& fields,
                        const TransactionResult& result) {
  for (const RecipientJudgement& judged : result.judgements) {
    const Rejudgement again = judge_again(judged.gated->list->policy, judged.judgement.basis);
    CHECK(again.missing.empty());
    std::vector<Ruling> rulings;
    for (const CcTldVerdict& each : again.verdict.per_cctld) rulings.push_back(ruling_of(each));
    CHECK(rulings == judged.said);
  }
  const auto policy_of = [&](const std::string& name) -> const Policy* {
    for (const Recipient& recipient : start.recipients)
      for (const Ruleset::Gated& gated : recipient.gated)
        if (gated.list->config.name == name) return &gated.list->policy;
    return nullptr;
  };
  const LedgerEntry entry = ledger_entry(start, fields, result, kNoon);
  const DecidedAgain again = decide_again(entry, policy_of);
  if (result.judgements.empty()) {
    CHECK(again.what == Again::no_policy);
    return 0;
  }
  // What was too long to be kept is said to be missing.
  if (Json::parse(entry.explanation).value("left_out", "").starts_with("facts")) {
    CHECK(again.what == Again::untold);
    return 0;
  }
  CHECK(again.what == Again::stays);
  CHECK(again.all.size() == result.judgements.size());
  return 1;
}

}  // namespace

TEST_CASE("what is decided is the same wherever it is told") {
  static const DkimVerifier dkim;
  Issues issues;
  const auto base = load_ruleset(kFolder + "site/ccgate.yaml", issues);
  REQUIRE(base);
  const auto files = scenario_files();
  REQUIRE(files.size() > 200);
  int repeated = 0, changed = 0, again = 0;
  for (const std::string& file : files) {
    const auto scenario = load_scenario(file, base, issues);
    REQUIRE(scenario);
    auto zone = std::make_shared<ZoneResolver>();
    for (const ScenarioRecord& record : scenario->dns) zone->add(record.name, record.type, record.data);
    for (const ScenarioFailure& failure : scenario->failures) zone->fail(failure.name);
    const TempFolder folder;
    const auto store = open_store("sqlite:" + folder.path() + "/ledger.db", StoreAccess::own);
    Services services{dkim, [now = scenario->now] { return now; }, store.get()};
    if (scenario->history) services.history = &*scenario->history;
    // Answers that a story tells are in no store, and a store lets nobody in by an answer that it does not
    // have.
    const bool recorded = !scenario->history || scenario->history->answers.empty();
    if (!recorded) services.store = nullptr;
    // The same message comes again.
    for (const char* time : {"first", "second"}) {
      INFO(file << ", the " << time << " time");
      play_message(services, {scenario->rules, zone}, scenario->client, scenario->helo, scenario->mail_from,
                   scenario->rcpt_to, scenario->message,
                   [&](const TransactionStart& start, const std::vector<HeaderField>& fields,
                       const TransactionResult& result) {
                     check_verdict(result.verdict);
                     check_judgements(result);
                     check_changes(result.changes, ruling_of(result.verdict));
                     check_answer(result);
                     check_marks(result);
                     check_log(start, result);
                     if (recorded) check_row(*store, result);
                     again += check_decided_again(start, fields, result);
                     repeated += result.repeated ? 1 : 0;
                     changed += result.changes.empty() ? 0 : 1;
                     for (const RecipientJudgement& judged : result.judgements)
                       changed += judged.changes.empty() ? 0 : 1;
                   });
    }
  }
  CHECK(again > 200);
  CHECK(repeated > 5);
  CHECK(changed > 10);
}
