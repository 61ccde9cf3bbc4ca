// A message that waits for a contact's answer, and what has expired or gone when it comes again.
#include "milter/ledger/first_receipt.h"

#include <map>

#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_sign.h"
#include "milter/session/own_mail.h"
#include "milter/store/token.h"
#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr const char* kWaitingPolicy = R"(ccgate: 1
policy: waiting
rules:
  - {id: copied, for: [subscribe], when: [dkim_aligned, copy_signed, admin_contact_copied], then: ask}
  - {id: weaker, for: [subscribe], when: [spf_aligned, dkim_aligned], then: hold}
default: reject
)";

struct WaitingMessage {
  std::string author = "anne@people.example";
  std::string cctld = "xa";
  std::string body = "subscribe xa\r\n";
  std::string on_top = {};     ///< behind the signature's back
  std::string signature = {};  ///< one that was made for another; empty: of this one
  std::int64_t expires = kNoon + 3600;
};

struct Waiting {
  Waiting() {
    rules->config.store = "sqlite:/nowhere";
    rules->directory = std::make_shared<const Directory>(
        std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "hostmaster@nic.xa")},
        RegistryOverrides{}, std::vector<std::set<Address>>{});
    Issues issues;
    rules->lists.front().policy = *parse_policy(kWaitingPolicy, "waiting.policy.yaml", issues);
    rules->index();
    services.store = &store;
    publish();
  }

  void publish() {
    zone = std::make_shared<ZoneResolver>();
    zone->add("s1._domainkey.people.example", RrType::txt, public_key_record(SigningKey::rsa2048));
  }

  static std::vector<HeaderField> fields_of(const WaitingMessage& message) {
    return {{"From", " " + message.author},
            {"To", " tld-ops-join@lists.example.org"},
            {"Cc", " hostmaster@nic.xa"},
            {"Subject", " subscribe " + message.cctld},
            {"Date", " Tue, 15 Jan 2030 11:00:00 +0000"},
            {"Message-ID", " <1@people.example>"}};
  }

  static std::string signature_of(const WaitingMessage& message) {
    SigningRequest request;
    request.domain = "people.example";
    request.selector = "s1";
    request.expires = message.expires;
    request.header_names = {"From", "To", "Cc", "Subject", "Date", "Message-ID"};
    return sign(fields_of(message), message.body, request);
  }

  TransactionResult bring(const WaitingMessage& message = {}) {
    std::string text = message.on_top + "DKIM-Signature:";
    const std::string signature = message.signature.empty() ? signature_of(message) : message.signature;
    for (const char c : signature) text += c == '\n' ? "\r\n" : std::string(1, c);
    text += "\r\n";
    for (const HeaderField& field : fields_of(message)) text += field.name + ":" + field.value + "\r\n";
    text += "\r\n" + message.body;
    TransactionResult seen;
    play_message(services, {rules, zone}, ClientAddress::parse("192.0.2.1"), "mx.people.example",
                 message.author, {"tld-ops-join@lists.example.org"}, text,
                 [&](const TransactionStart&, const std::vector<HeaderField>&,
                     const TransactionResult& result) { seen = result; });
    return seen;
  }

  void confirm(const TransactionResult& asked, const std::string& word = "yes") {
    const auto all = store.questions_of(asked.request_key);
    REQUIRE(all.size() == 1);
    const std::string code(26, 'w');
    store.add_token({token_hash(code), TokenPurpose::confirm, all[0].decision_id, all[0].id, all[0].contact,
                     all[0].list, all[0].expires, 0},
                    now);
    TransactionStart start;
    start.mail_from = "<hostmaster@nic.xa>";
    start.recipients = {read_recipient(*rules, "<tld-ops-vouch+" + code + "@lists.example.org>", "")};
    OwnMail mail(services, {rules, std::make_shared<ZoneResolver>()}, start);
    mail.header("From", " hostmaster@nic.xa");
    mail.header("Subject", " Re: a question");
    mail.body(word + "\r\n");
    REQUIRE(mail.finish().answer.kind == Answer::Kind::discard);
  }

  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::shared_ptr<ZoneResolver> zone;
  std::int64_t now = kNoon;
  DkimVerifier dkim;
  Services services{dkim, [this] { return now; }};
};

}  // namespace

TEST_CASE("a message that waits keeps the evidence of its first receipt") {
  Waiting f;
  const TransactionResult asked = f.bring();
  REQUIRE(asked.verdict.decision == Decision::ask);
  SECTION("its signature expires") {
    f.now += 2 * 3600;
  }
  SECTION("its key is gone") {
    f.zone = std::make_shared<ZoneResolver>();
  }
  SECTION("DNS is down") {
    f.zone = std::make_shared<ZoneResolver>();
    f.zone->fail("s1._domainkey.people.example");
  }
  const TransactionResult again = f.bring();
  CHECK(again.verdict.decision == Decision::ask);
  CHECK(again.repeated);
  CHECK(again.decision_id == asked.decision_id);
  CHECK(f.store.questions_of(asked.request_key).size() == 1);
  f.confirm(asked);
  const TransactionResult at_last = f.bring({.on_top = "Received: from another way\r\n"});
  CHECK(at_last.verdict.decision == Decision::accept);
  CHECK(at_last.verdict.ground == Ground::contact_confirmed);
  CHECK(at_last.evidence.signatures.front().why == "as at the first receipt");
}

TEST_CASE("a no is heard too") {
  Waiting f;
  const TransactionResult asked = f.bring();
  f.confirm(asked, "no");
  f.now += 2 * 3600;
  CHECK(f.bring().verdict.ground == Ground::contact_refused);
}

TEST_CASE("what was kept is for the same message, and nothing else") {
  Waiting f;
  const WaitingMessage message;
  const TransactionResult asked = f.bring(message);
  REQUIRE(asked.verdict.decision == Decision::ask);
  f.confirm(asked);
  f.now += 2 * 3600;
  WaitingMessage forged = message;
  forged.signature = Waiting::signature_of(message);
  SECTION("another author") {
    forged.author = "eve@people.example";
  }
  SECTION("another ccTLD") {
    forged.cctld = "xb";
  }
  SECTION("another text") {
    forged.body = "subscribe xa\r\nand eve@evil.example\r\n";
  }
  SECTION("a line more at the end, which the signature does not see") {
    forged.body += "\r\n";
  }
  SECTION("one more field") {
    forged.on_top = "Content-Type: text/html\r\n";
  }
  SECTION("another signature of the same message") {
    forged.signature = {};
    forged.expires = kNoon + 3601;
  }
  SECTION("another tag") {
    forged.signature += "; n=x";
  }
  CHECK(f.bring(forged).verdict.decision == Decision::reject);
  CHECK(f.bring(message).verdict.decision == Decision::accept);
}

TEST_CASE("what was kept is for what was asked, while it is asked") {
  Waiting f;
  SECTION("nobody was asked about a message that came with nothing") {
    f.zone = std::make_shared<ZoneResolver>();
    CHECK(f.bring().verdict.decision == Decision::reject);
    CHECK(f.bring().verdict.decision == Decision::reject);
  }
  SECTION("the question came back") {
    const TransactionResult asked = f.bring();
    const auto question = f.store.questions_of(asked.request_key).at(0);
    const std::string code(26, 'b');
    f.store.add_token({token_hash(code), TokenPurpose::bounce, asked.decision_id, question.id,
                       question.contact, question.list, f.now + 1000, 0},
                      f.now);
    (void)f.store.bounce(token_hash(code), question.list, "5.1.1", f.now, {});
    REQUIRE(f.store.find_question(question.id)->state == QuestionState::undelivered);
    f.now += 2 * 3600;
    CHECK(f.bring().verdict.decision == Decision::reject);
    CHECK(f.store.questions_of(asked.request_key).size() == 1);
  }
  SECTION("the question expired") {
    const TransactionResult asked = f.bring();
    f.now += f.rules->config.ask.expires.count() + 1;
    (void)f.store.expire_questions(f.now);
    CHECK(f.bring().verdict.decision == Decision::reject);
    CHECK(f.store.questions_of(asked.request_key).size() == 1);
  }
  SECTION("a yes is no longer fresh") {
    const TransactionResult asked = f.bring();
    f.confirm(asked);
    f.now += f.rules->config.ask.fresh.count() + 1;
    CHECK(f.bring().verdict.decision == Decision::reject);
  }
}

TEST_CASE("what was verified is written down whole, and read back for the same message") {
  const std::vector<HeaderField> fields{{"Received", " a"},
                                        {"DKIM-Signature", " one\r\n\tfold"},
                                        {"From", " anne@mail.nic.xa"},
                                        {"Subject", " x"}};
  Evidence evidence;
  Signature signature;
  signature.result = AuthResult::pass;
  signature.domain = Domain::parse("nic.xa");
  signature.selector = "s1";
  signature.algorithm = "rsa-sha256";
  signature.key_bits = 2048;
  signature.header_names = {"from", "subject"};
  signature.covered = {3, 2};
  evidence.signatures = {signature};
  evidence.spf = {AuthResult::pass, Domain::parse("mail.nic.xa"), ""};
  evidence.organizational = Domain::parse("nic.xa");
  const Domain author_domain = *Domain::parse("mail.nic.xa");
  const auto receipts = receipts_of(fields, "text", evidence, author_domain);
  REQUIRE(receipts.size() == 1);

  FailingStore store;
  DecisionRecord record;
  record.entry.id = "a1";
  record.entry.keep_until = 5000;
  record.evidence = receipts;
  record.evidence[0].request_key = "r";
  record.evidence[0].until = 2000;
  REQUIRE(store.record(record) == Recorded::yes);

  const std::vector<HeaderField> later{{"Received", " b"},
                                       {"Received", " a"},
                                       {"DKIM-Signature", " one\n\tfold"},
                                       {"From", " anne@mail.nic.xa"},
                                       {"Subject", " x"}};
  Evidence now;
  now.signatures = {Signature{}};
  now.signatures.front().result = AuthResult::permerror;
  now.spf = {AuthResult::fail, Domain::parse("mail.nic.xa"), "no"};
  const auto first = first_receipt(store, later, "text", now, 1999);
  REQUIRE(first);
  CHECK(first->request_keys == std::set<std::string>{"r"});
  const Signature& then = first->evidence.signatures.front();
  CHECK(then.result == AuthResult::pass);
  CHECK(then.domain == signature.domain);
  CHECK(then.header_names == signature.header_names);
  CHECK(then.covered == std::vector<std::size_t>{3, 4});
  CHECK(then.key_bits == 2048);
  CHECK(first->evidence.spf.result == AuthResult::pass);
  CHECK(first->evidence.organizational == evidence.organizational);
  CHECK(dkim_aligned(first->evidence, author_domain, later) == Truth::yes);

  CHECK_FALSE(first_receipt(store, later, "text", now, 2000));
  CHECK_FALSE(first_receipt(store, later, "texT", now, 1999));
  CHECK_FALSE(first_receipt(store, later, "text", evidence, 1999));  // all holds still
  (void)store.purge(2000, 10);
  CHECK_FALSE(first_receipt(store, later, "text", now, 1999));

  signature.header_names = {"from", "subject", "received"};
  signature.covered = {0, 2, 3};
  evidence.signatures = {signature};
  CHECK(receipts_of(fields, "text", evidence, author_domain).empty());
}
