// What people, answering machines, ticket systems and mail systems write to our own addresses, from the
// octets to the outcome in the log.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "milter/evidence/dns_zone.h"
#include "milter/session/own_mail.h"
#include "milter/store/token.h"
#include "policy/yaml/yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

const std::string kCode = std::string(26, 'c');

/// A question and a notice of an acceptance went out, and come back.
struct AnsweredSite {
  AnsweredSite() {
    LedgerEntry asked = notice_entry();
    asked.reply = "450 4.7.1 the contact is asked";
    store.record({asked, {}, {}, {question}, {}});
    rules->config.store = "sqlite:/nowhere";
    rules->index();
    services.store = &store;
  }

  OwnMail mail(const std::string& kind, const std::string& mail_from) {
    static const std::map<std::string, TokenPurpose> kPurposes{{"vouch", TokenPurpose::confirm},
                                                               {"reject", TokenPurpose::refuse},
                                                               {"object", TokenPurpose::object},
                                                               {"notice", TokenPurpose::bounce}};
    store.add_token({token_hash(kCode), kPurposes.at(kind), question.decision_id, question.id,
                     question.contact, question.list, question.expires, 0},
                    kNoon);
    TransactionStart start;
    start.mail_from = "<" + mail_from + ">";
    start.recipients = {read_recipient(*rules, "<" + address(kind) + ">", "")};
    return {services, {rules, std::make_shared<ZoneResolver>()}, start};
  }
  static std::string address(const std::string& kind) {
    return "tld-ops-" + kind + "+" + kCode + "@lists.example.org";
  }

  FailingStore store;
  Question question = notice_question();
  std::shared_ptr<Ruleset> rules = notice_rules();
  DkimVerifier dkim;
  Services services{dkim, [] { return kNoon; }};
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::string scalar(const YamlNode& item, const char* key) {
  const YamlNode* node = item.find(key);
  return node == nullptr ? "" : node->scalar;
}

YamlNode cases() {
  std::ifstream file(std::string(CCGATE_SOURCE_DIR) + "/tests/milter/session/answer_cases.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  Issues issues;
  auto tree = parse_yaml(text.str(), "answer_cases.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(issue.at.line << ": " << issue.what);
  REQUIRE(tree);
  return *tree;
}

}  // namespace

TEST_CASE("what comes to our own addresses is taken for what it is") {
  const YamlNode all = cases();
  REQUIRE(all.items.size() > 50);
  for (const YamlNode& item : all.items) {
    AnsweredSite site;
    const std::string kind = scalar(item, "to");
    const YamlNode* from = item.find("mail_from");
    OwnMail mail = site.mail(kind, from == nullptr ? "ben@nic.xa" : from->scalar);
    for (const YamlNode& line : item.find("header")->items) {
      const std::string whole = replaced(replaced(line.scalar, "@@TO@@", AnsweredSite::address(kind)),
                                         "@@DATE@@", "Tue, 15 Jan 2030 12:00:00 +0000");
      const std::size_t colon = whole.find(':');
      mail.header(whole.substr(0, colon), whole.substr(colon + 1));
    }
    mail.body(replaced(replaced(scalar(item, "body"), "@@TO@@", AnsweredSite::address(kind)), "\n", "\r\n"));
    const TransactionResult result = mail.finish();
    REQUIRE(mail.taken().size() == 1);
    const Taken& taken = mail.taken().front();
    INFO(scalar(item, "id") << ": " << scalar(item, "note") << ": " << taken.outcome << " " << taken.detail);
    const auto& want = item.find("want")->items;
    CHECK(std::any_of(want.begin(), want.end(),
                      [&](const YamlNode& outcome) { return outcome.scalar == taken.outcome; }));
    // An answer that does not count is told to a person, and a program that sent nothing but an answer hears
    // nothing.
    CHECK((result.answer.kind == Answer::Kind::reject) == (taken.outcome == "unclear"));
    CHECK(result.answer.reply.text.starts_with("nothing was ") == (taken.outcome == "unclear"));
    const auto events = site.store.events_of(site.question.decision_id);
    CHECK(std::any_of(events.begin(), events.end(), [&](const LedgerEvent& event) {
            return to_string(event.kind) == taken.outcome && event.who == site.question.contact;
          }) == (taken.outcome != "ignored"));
  }
}
