// The contacts in the loop, from a message to what the store keeps: who may ask how much, what an answer
// does, and that nobody is let in behind a contact's back.
#include <atomic>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "milter/evidence/dns_zone.h"
#include "milter/notice/payload.h"
#include "milter/notice/smtputf8.h"
#include "milter/scenario/scenario.h"
#include "milter/session/own_mail.h"
#include "milter/store/token.h"
#include "milter/tool/explain_text.h"
#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr const char* kPolicy = R"(ccgate: 1
policy: loop
rules:
  - {id: own, for: [subscribe], when: [spf_aligned, same_registry, admin_contact_copied], then: accept}
  - {id: copied, for: [subscribe], when: [spf_aligned, admin_contact_copied], then: ask}
default: reject
)";

/// Before it records a decision, something else may happen.
class InterruptedStore : public FailingStore {
 public:
  std::function<void()> before_record;
  Recorded record(const DecisionRecord& record) override {
    if (before_record) std::exchange(before_record, {})();
    return FailingStore::record(record);
  }
};

struct Seen {
  Decision decision = Decision::reject;
  Ground ground = Ground::rule;
  Reply reply;
  std::string id, request_key;
};

/// nic.xa is the registry of xa, and asks about requests that its own people did not copy to it in time;
/// every domain says that 192.0.2.1 sends for it.
struct Loop {
  explicit Loop(FloodLimits flood = {}) {
    rules->config.store = "sqlite:/nowhere";
    rules->config.flood = flood;
    rules->directory = std::make_shared<const Directory>(
        std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "j\u00f6rg@nic.xb")},
        RegistryOverrides{}, std::vector<std::set<Address>>{});
    Issues issues;
    rules->lists.front().policy = *parse_policy(kPolicy, "loop.policy.yaml", issues);
    rules->index();
    services.store = &store;
  }

  /// `person@domain` subscribes for xa, or as said, with the contact in copy.
  Seen bring(const std::string& person, const std::string& domain, const std::string& cctld = "xa",
             const std::string& contact = "hostmaster@nic.xa") {
    const auto zone = std::make_shared<ZoneResolver>();
    zone->add(domain, RrType::txt, "v=spf1 ip4:192.0.2.1 -all");
    const std::string author = person + "@" + domain;
    const std::string text = "From: " + author + "\r\nTo: tld-ops-join@lists.example.org\r\nCc: " + contact +
                             "\r\nSubject: subscribe " + cctld +
                             "\r\nDate: Tue, 15 Jan 2030 11:00:00 +0000\r\nMessage-ID: <" +
                             std::to_string(++messages) + "@" + domain + ">\r\n\r\n";
    Seen seen;
    play_message(
        services, {rules, zone}, ClientAddress::parse("192.0.2.1"), "mx." + domain, author,
        {"tld-ops-join@lists.example.org"}, text,
        [&](const TransactionStart&, const std::vector<HeaderField>&, const TransactionResult& result) {
          seen = {result.verdict.decision, result.verdict.ground, result.verdict.reply, result.decision_id,
                  result.request_key};
        });
    return seen;
  }
  /// The only question about the request of `seen`, with a code of each kind, of letters `code`: as `confirm`
  /// and `refuse` are for the first.
  Question question(const Seen& seen, char code = 'c') {
    const auto all = store.questions_of(seen.request_key);
    REQUIRE(all.size() == 1);
    for (const auto& [text, purpose] :
         std::map<std::string, TokenPurpose>{{std::string(26, code), TokenPurpose::confirm},
                                             {std::string(25, code) + "r", TokenPurpose::refuse}})
      store.add_token({token_hash(text), purpose, all[0].decision_id, all[0].id, all[0].contact, all[0].list,
                       all[0].expires, 0},
                      now);
    return all[0];
  }
  /// A person's mail to an address of the list: 250, or the reply.
  std::string answer(const std::string& to, const std::string& text) {
    TransactionStart start;
    start.mail_from = "<ben@elsewhere.example>";
    start.recipients = {read_recipient(*rules, "<tld-ops-" + to + "@lists.example.org>", "")};
    OwnMail mail(services, {rules, std::make_shared<ZoneResolver>()}, start);
    mail.header("From", " ben@elsewhere.example");
    mail.header("Subject", " Re: a question");
    mail.body(text);
    const TransactionResult result = mail.finish();
    return result.answer.kind == Answer::Kind::discard
               ? "250"
               : std::to_string(result.answer.reply.code) + " " + result.answer.reply.text;
  }
  /// Kinds of the mails that wait, each with how many.
  std::map<std::string, int> waiting() {
    std::map<std::string, int> kinds;
    for (const Task& task : store.claim("w", now, 60, 1000)) {
      ++kinds[std::string(to_string(task.kind)) + (task.kind == TaskKind::tell_owner
                                                       ? ":" + task.payload.substr(0, task.payload.find(','))
                                                       : "")];
      CHECK(task.due == now);
      store.finish(task, "w", {}, now, {});
    }
    return kinds;
  }

  const std::string confirm = std::string(26, 'c'), refuse = std::string(25, 'c') + "r";
  InterruptedStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::int64_t now = kNoon;
  std::atomic<int> messages = 0;
  DkimVerifier dkim;
  Services services{dkim, [this] { return now; }};
};

using Kinds = std::map<std::string, int>;

}  // namespace

TEST_CASE("strangers do not silence a contact") {
  Loop f({100, 100, 4, 1});
  // One domain has its share, with all that is below it; all together have half.
  CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  CHECK(f.bring("b", "evil.example").ground == Ground::flood);
  CHECK(f.bring("c", "sub.evil.example").ground == Ground::flood);
  CHECK(f.bring("d", "bad.example").decision == Decision::ask);
  const Seen over = f.bring("e", "worse.example");
  CHECK(over.ground == Ground::flood);
  CHECK(over.reply.code == 450);
  CHECK(over.reply.status == "4.7.28");
  CHECK(f.waiting() == Kinds{{"ask", 2}});
  // What the registry itself may do is as before, and its notices are told at once.
  for (int i = 0; i < 4; ++i)
    CHECK(f.bring("anne" + std::to_string(i), "nic.xa").decision == Decision::accept);
  CHECK(f.waiting() == Kinds{{"inform", 4}});
  // A notice that would have to wait lets nobody in.
  CHECK(f.bring("anne9", "nic.xa").ground == Ground::flood);
  CHECK(f.waiting().empty());
  f.now += 24 * 3600 + 1;
  CHECK(f.bring("b", "evil.example").decision == Decision::ask);
  CHECK(f.bring("anne9", "nic.xa").decision == Decision::accept);
}

TEST_CASE("the record tells what the policy said, and which step decided otherwise") {
  Loop f({100, 100, 4, 1});
  const auto told = [&](const Seen& seen) {
    const auto entry = f.store.find_entry(seen.id);
    REQUIRE(entry);
    return explain_text(nlohmann::ordered_json::parse(entry->explanation));
  };
  const Seen asked = f.bring("a", "evil.example");
  CHECK_THAT(told(asked),
             contains("  .xa            => ask, ground contact_in_copy, rule copied\n"
                      "afterwards\n"
                      "  contacts       ask => ask, ground contact_asked: it waits for the answer "
                      "of hostmaster@nic.xa\n"
                      "verdict\n"));
  CHECK_THAT(told(f.bring("b", "evil.example")),
             contains("  .xa            => ask, ground contact_in_copy, rule copied\n"
                      "afterwards\n"
                      "  contacts       ask => ask, ground contact_asked: it waits for the answer of "
                      "hostmaster@nic.xa\n"
                      "  bounds         ask => tempfail, ground flood: what flood allows in 24 hours is used "
                      "up, of requests or of mails to hostmaster@nic.xa\n"
                      "verdict\n"
                      "  decision       tempfail\n"));
  const std::string accepted = told(f.bring("anne", "nic.xa"));
  CHECK(accepted.find("afterwards") == std::string::npos);
}

TEST_CASE("no author domain uses up what all others may cause for a ccTLD") {
  Loop f({100, 10, 20, 3});
  // The same request in new messages: its contact is asked once, and each counts.
  for (int i = 0; i < 3; ++i) CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  CHECK(f.bring("a", "evil.example").ground == Ground::flood);
  CHECK(f.bring("a", "sub.evil.example").ground == Ground::flood);
  CHECK(f.bring("d", "bad.example").decision == Decision::ask);
  CHECK(f.waiting() == Kinds{{"ask", 2}});
}

TEST_CASE("the author domains of one organizational domain share what strangers may ask") {
  Loop f({2, 100, 20, 20});
  CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  CHECK(f.bring("b", "x.evil.example").decision == Decision::ask);
  CHECK(f.bring("c", "y.evil.example").ground == Ground::flood);
}

TEST_CASE("questions and notices are counted apart") {
  Loop f({100, 100, 1, 1});
  const Seen asked = f.bring("a", "evil.example");
  CHECK(asked.decision == Decision::ask);
  f.question(asked);
  CHECK(f.answer("vouch+" + f.confirm, "yes\r\n") == "250");
  CHECK(f.bring("a", "evil.example").ground == Ground::contact_confirmed);
  CHECK(f.bring("a", "evil.example").ground == Ground::flood);  // its second notice
  CHECK(f.bring("anne", "nic.xa").decision == Decision::accept);
}

TEST_CASE("what a contact confirmed is not kept out by other strangers") {
  Loop f({100, 100, 4, 1});
  const std::vector<std::string> domains{"a.example", "b.example", "c.example", "d.example"};
  for (const std::string& domain : domains) {
    if (domain == "c.example") f.now += 24 * 3600 + 1;  // two may ask in a day
    const Seen asked = f.bring("eve", domain);
    CHECK(asked.decision == Decision::ask);
    f.question(asked, domain.front());
    CHECK(f.answer("vouch+" + std::string(26, domain.front()), "yes\r\n") == "250");
  }
  for (const std::string& domain : domains) CHECK(f.bring("eve", domain).decision == Decision::accept);
  CHECK(f.bring("eve", "d.example").ground == Ground::flood);
}

TEST_CASE("of many requests at once a contact is asked about as many as may be") {
  Loop f({1000, 1000, 20, 100});
  std::atomic<int> asked = 0, deferred = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 5; ++i) {
        const Seen seen = f.bring("p" + std::to_string(thread) + "-" + std::to_string(i), "evil.example");
        ++(seen.decision == Decision::ask ? asked : deferred);
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(asked == 10);
  CHECK(deferred == 30);
  CHECK(f.waiting() == Kinds{{"ask", 10}});
}

TEST_CASE("each code serves its purpose") {
  Loop f;
  const Seen asked = f.bring("a", "evil.example");
  f.question(asked);
  CHECK_THAT(f.answer("vouch+" + f.refuse, "yes\r\n"), contains("550 the code of this address only refuses"));
  CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  SECTION("no at the address of a yes") {
    CHECK(f.answer("vouch+" + f.confirm, "no\r\n") == "250");
  }
  SECTION("anything at the address of a no") {
    CHECK(f.answer("reject+" + f.refuse, "yes\r\n") == "250");
  }
  CHECK(f.bring("a", "evil.example").ground == Ground::contact_refused);
  CHECK_THAT(f.answer("vouch+" + f.confirm, "yes\r\n"),
             contains("550 this question has been answered before"));
  CHECK(f.bring("a", "evil.example").ground == Ground::contact_refused);
}

TEST_CASE("a yes is taken back until it is used") {
  Loop f;
  const Seen asked = f.bring("a", "evil.example");
  f.question(asked);
  CHECK(f.answer("vouch+" + f.confirm, "yes\r\n") == "250");
  const bool by_reject = GENERATE(true, false);
  const std::string to = by_reject ? "reject+" + f.refuse : "vouch+" + f.confirm;
  const std::string text = by_reject ? "oh\r\n" : "no\r\n";
  SECTION("before") {
    CHECK(f.answer(to, text) == "250");
    CHECK(f.bring("a", "evil.example").ground == Ground::contact_refused);
    CHECK(f.answer(to, text) == "250");
    CHECK(f.waiting().count("tell_owner:{\"detail\":\"ben@elsewhere.example\"") == 1);
  }
  SECTION("at the moment that it is used") {
    f.store.before_record = [&] { CHECK(f.answer(to, text) == "250"); };
    const Seen now = f.bring("a", "evil.example");
    CHECK(now.ground == Ground::contact_refused);
    CHECK(now.decision == Decision::reject);
    CHECK(f.store.find_entry(now.id)->verdict == "reject");
    CHECK(f.waiting().count("inform") == 0);
  }
  SECTION("not after") {
    CHECK(f.bring("a", "evil.example").decision == Decision::accept);
    (void)f.waiting();
    CHECK_THAT(f.answer(to, text),
               contains("550 this request was let in before; to object, reply to the mail"));
    const auto tasks = f.store.claim("w", f.now, 60, 10);
    REQUIRE(tasks.size() == 1);
    CHECK(read_owner_payload(tasks[0].payload)->what == NoticeKind::too_late);
    CHECK_THAT(f.answer("vouch+" + f.confirm, "yes\r\n"), contains("250"));
  }
}

TEST_CASE("a question that came back is asked anew") {
  Loop f;
  const Seen asked = f.bring("a", "evil.example");
  const Question question = f.question(asked);
  CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  CHECK(f.store.questions_of(asked.request_key).size() == 1);
  const std::string code(26, 'b');
  f.store.add_token({token_hash(code), TokenPurpose::bounce, asked.id, question.id, question.contact,
                     "tld-ops", f.now + 1000, 0},
                    f.now);
  TransactionStart start;
  start.mail_from = "<>";
  start.recipients = {read_recipient(*f.rules, "<tld-ops-notice+" + code + "@lists.example.org>", "")};
  OwnMail report(f.services, {f.rules, std::make_shared<ZoneResolver>()}, start);
  report.header("Content-Type", " multipart/report; report-type=delivery-status; boundary=b");
  report.body(
      "--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n");
  (void)report.finish();
  CHECK(f.store.find_question(question.id)->state == QuestionState::undelivered);
  CHECK(f.bring("a", "evil.example").decision == Decision::ask);
  CHECK(f.store.questions_of(asked.request_key).size() == 2);
  CHECK(f.answer("vouch+" + f.confirm, "yes\r\n") == "250");
  CHECK(f.bring("a", "evil.example").ground == Ground::contact_confirmed);
}

TEST_CASE("nobody is let in by a contact that cannot be written to") {
  Loop f;
  Smtputf8Offer offer;
  const std::string contact = "j\u00f6rg@nic.xb";
  const auto seen = [&](const std::string& domain) { return f.bring("a", domain, "xb", contact); };
  CHECK(seen("nic.xb").decision == Decision::accept);
  f.services.smtputf8 = &offer;
  const std::string domain = GENERATE("nic.xb", "evil.example");
  (void)f.waiting();
  const Seen unknown = seen(domain);
  CHECK(unknown.decision == Decision::tempfail);
  CHECK(unknown.ground == Ground::contact_unreachable);
  CHECK(unknown.reply.code == 451);
  offer.learn(Truth::no);
  const Seen held = seen(domain);
  CHECK(held.decision == Decision::hold);
  CHECK(held.ground == Ground::contact_unreachable);
  CHECK(f.store.questions_of(held.request_key).empty());
  CHECK(f.waiting() == Kinds{{"tell_owner:{\"detail\":\"\"", 1}});  // nobody else
  CHECK(f.bring("b", "nic.xa").decision == Decision::accept);
  offer.learn(Truth::yes);
  CHECK(seen(domain).decision == (domain == "nic.xb" ? Decision::accept : Decision::ask));
}
