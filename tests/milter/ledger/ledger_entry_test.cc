#include "milter/ledger/ledger_entry.h"
#include "milter/decision/actions.h"
#include "milter/evidence/dns_zone.h"

#include <functional>
#include <nlohmann/json.hpp>

#include "milter/ledger/stored_text.h"
#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/tool/explain_text.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr std::int64_t kNow = 1'894'708'800;  // 2030-01-15T12:00:00Z

using Change = std::function<void(TransactionStart&, std::vector<HeaderField>&, TransactionResult&)>;

/// What the ledger keeps of a scenario; `change` is made before.
LedgerEntry entry_of(const std::string& name, const Change& change = {}) {
  static const DkimVerifier dkim;
  const std::string folder = std::string(CCGATE_SOURCE_DIR) + "/tests/scenarios/";
  Issues issues;
  const auto base = load_ruleset(folder + "site/ccgate.yaml", issues);
  const auto scenario = load_scenario(folder + name, base, issues);
  REQUIRE(scenario);
  auto zone = std::make_shared<ZoneResolver>();
  for (const ScenarioRecord& record : scenario->dns) zone->add(record.name, record.type, record.data);
  const Services services{dkim, [now = scenario->now] { return now; }};
  LedgerEntry entry;
  play_message(services, {scenario->rules, zone}, scenario->client, scenario->helo, scenario->mail_from,
               scenario->rcpt_to, scenario->message,
               [&](TransactionStart start, std::vector<HeaderField> fields, TransactionResult result) {
                 result.decision_id = "7k2m9qx40c1d";
                 if (change) change(start, fields, result);
                 entry = ledger_entry(start, fields, result, kNow);
               });
  return entry;
}

}  // namespace

TEST_CASE("a decision is kept whole") {
  const LedgerEntry entry = entry_of("contact-writes.yaml");
  CHECK(entry.id == "7k2m9qx40c1d");
  CHECK(entry.decided == kNow);
  CHECK(entry.keep_until == kNow + 400 * 24 * 3600);
  CHECK(entry.list == "tld-ops");
  CHECK(entry.request == "subscribe");
  CHECK(entry.cctlds == std::vector<std::string>{"xa"});
  CHECK(entry.author_domain == "nic.xa");
  CHECK(entry.verdict == "accept");
  CHECK(entry.ground == "author_is_contact");
  CHECK(entry.reply.empty());
  CHECK(entry.policy_hash.size() == 64);
  CHECK(entry.evidence_digest.size() == 64);
  CHECK(entry.request_key.size() == 64);
  CHECK_FALSE(entry.observed);
  const auto json = nlohmann::ordered_json::parse(entry.explanation);
  CHECK(json["verdict"]["decision"] == "accept");
  CHECK_THAT(explain_text(json), contains("decided by     .xa\n"));
  LedgerEntry again = entry_of("contact-writes.yaml");
  again.explanation = entry.explanation;  // the mark in it has the id of the run
  CHECK(again == entry);
}

TEST_CASE("a refusal is kept with the reply that its author got") {
  const LedgerEntry entry = entry_of("no-copy.yaml");
  CHECK(entry.verdict == "reject");
  CHECK_THAT(entry.reply, Catch::Matchers::StartsWith("550 5.7.2 "));
}

TEST_CASE("a list that only observes is told from one that enforces") {
  const LedgerEntry entry = entry_of("observed-list.yaml");
  CHECK(entry.observed);
  CHECK(entry.verdict == "reject");
  CHECK(entry.reply.empty());
}

TEST_CASE("what could not be read is kept as far as it was") {
  const LedgerEntry two = entry_of("two-authors.yaml");
  CHECK(two.ground == "malformed");
  CHECK(two.author.empty());
  CHECK(two.people == "[]");
  CHECK(two.request.empty());
  CHECK(two.request_key.empty());
  CHECK(two.list == "tld-ops");
  const LedgerEntry error = entry_of("contact-writes.yaml", [](auto&, auto&, TransactionResult& result) {
    result = internal_error_result(OnTrouble::tempfail);
  });
  CHECK(error.ground == "internal_error");
  CHECK(error.verdict == "tempfail");
  CHECK(error.list == "tld-ops");
  CHECK(error.keep_until == kNow + 400 * 24 * 3600);
}

TEST_CASE("the people of the form, or the author") {
  CHECK(entry_of("contact-writes.yaml").people == R"([{"email":"hostmaster@nic.xa"}])");
  const LedgerEntry entry = entry_of("contact-writes.yaml", [](auto&, auto&, TransactionResult& result) {
    result.request.people = {{"Ben \xff", Address::parse("Ben@nic.xa"), "+1 555 0100"},
                             {std::string(300, 'x'), std::nullopt, ""}};
  });
  CHECK(entry.people == R"([{"email":"hostmaster@nic.xa"},{"name":"Ben )"
                        "\xef\xbf\xbd"
                        R"(","email":"Ben@nic.xa","phone":"+1 555 0100"},)"
                        R"({"name":")" +
                            std::string(200, 'x') + R"("}])");
  const LedgerEntry many = entry_of("contact-writes.yaml", [](auto&, auto&, TransactionResult& result) {
    result.request.people.assign(1000, {"Ben", Address::parse("ben@nic.xa"), ""});
  });
  const auto kept = nlohmann::json::parse(many.people);
  CHECK(kept.size() == kKeptPeople + 1);
  CHECK(kept.back() == nlohmann::json{{"name", "and 951 more"}});
}

TEST_CASE("whatever a message holds, the store can take it") {
  const LedgerEntry entry =
      entry_of("contact-writes.yaml",
               [](TransactionStart& start, std::vector<HeaderField>& fields, TransactionResult& result) {
                 const std::string octets = std::string("a\0b\xff\xc3", 5) + std::string(5000, '\xe9');
                 start.helo = start.mail_from = start.queue_id = octets;
                 start.recipients[0].raw = octets;
                 start.recipients[0].addresses.clear();
                 fields.push_back({"X-CCgate", octets});
                 for (HeaderField& field : fields)
                   if (field.name == "Message-ID") field.value = octets;
                 result.evidence.spf.why = octets;
                 result.answer.reply = {550, "5.7.2", octets};
               });
  CHECK(entry.explanation.size() <= kKeptExplanation);
  for (const std::string& text : {entry.helo, entry.mail_from, entry.queue_id, entry.message_id, entry.reply,
                                  entry.recipients.at(0), entry.explanation}) {
    CHECK(is_utf8(text));
    CHECK(text.find('\0') == std::string::npos);
    CHECK((text == entry.explanation || text.size() <= kKeptMessageId));
  }
}

TEST_CASE("an explanation that is too long is kept without details, and says so") {
  const auto traces = [](std::size_t count) {
    return [count](auto&, auto&, TransactionResult& result) {
      result.judgements.at(0).judgement.verdict.per_cctld.at(0).trace.assign(
          count, {"rule", Truth::no, std::string(100, 'x')});
    };
  };
  CHECK(entry_of("contact-writes.yaml", traces(100)).explanation.find("left_out") == std::string::npos);
  const LedgerEntry shorter = entry_of("contact-writes.yaml", traces(5000));
  CHECK(shorter.explanation.size() < 10000);
  const std::string text = explain_text(nlohmann::ordered_json::parse(shorter.explanation));
  CHECK_THAT(text, contains("not kept, since it was too long: the rules that were tried\n"));
  CHECK_THAT(text, contains("=> accept"));

  const LedgerEntry least = entry_of("contact-writes.yaml", [](auto&, auto&, TransactionResult& result) {
    result.edits.insert_on_top.assign(10000, {"X-Note", std::string(100, 'x')});
  });
  CHECK(least.explanation.size() < 2000);
  CHECK_THAT(explain_text(nlohmann::ordered_json::parse(least.explanation)),
             contains("decision       accept"));
}

TEST_CASE("the digest of the evidence depends on the results alone") {
  Evidence evidence;
  Signature signature;
  signature.result = AuthResult::pass;
  signature.domain = Domain::parse("nic.xa");
  signature.selector = "s1";
  signature.algorithm = "rsa-sha256";
  evidence.signatures = {signature};
  evidence.spf = {AuthResult::pass, Domain::parse("nic.xa"), ""};
  const std::string digest = evidence_digest(evidence);
  // The ledger keeps it: it must never be another in another version.
  CHECK(digest == "cce6cf147e09f26d084c7bb7e6adc71f091f80bc0dbe4b7697a1ce366c69e57f");
  evidence.signatures[0].why = "told otherwise";
  evidence.signatures[0].covered = {1};
  CHECK(evidence_digest(evidence) == digest);
  evidence.signatures[0].result = AuthResult::fail;
  CHECK(evidence_digest(evidence) != digest);
}

TEST_CASE("a reply is read as it was written") {
  const auto reply = read_reply_line("550 5.7.2 write to [us] [abc123]");
  REQUIRE(reply);
  CHECK(*reply == Reply{550, "5.7.2", "write to [us]"});
  CHECK(reply_line({reply->code, reply->status, reply->text + " [abc123]"}) ==
        "550 5.7.2 write to [us] [abc123]");
  for (const char* line : {"", "250", "550 5.7.2", "550 5.7.2 [x]", "550 [x]", "550 5.7.2 no id"}) {
    INFO(line);
    CHECK_FALSE(read_reply_line(line));
  }
}

TEST_CASE("text for the store is cut between two characters") {
  CHECK(stored_text("\xc3\xa4\xc3\xb6", 3) == "\xc3\xa4");
  CHECK(stored_text("ab", 0).empty());
  CHECK(stored_text(std::string("a\0b", 3), 10) == "ab");
  CHECK(stored_text("\xe0\x80\x80x\xed\xa0\x80", 10) == "x\xef\xbf\xbd");
}
