#include "milter/ledger/budgets.h"

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

const Address kHostmaster = address("Hostmaster@NIC.xa");

/// nic.xa has xa, and nic.xb has xb.
struct Bounds {
  Bounds() {
    rules->config.flood = {100, 50, 20, 3};
    rules->directory = std::make_shared<const Directory>(
        std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "admin@nic.xb", "tech@out.example")},
        RegistryOverrides{}, std::vector<std::set<Address>>{});
    list.policy.authority = {Role::admin};
  }
  [[nodiscard]] Memory memory(const char* author) const {
    Memory memory{nullptr, *rules, kNoon, evidence, Truth::yes, address(author).domain().ascii()};
    memory.author = address(author);
    return memory;
  }
  /// `key most`, of a request by `author` that is decided on `ground` for each of `labels`.
  [[nodiscard]] std::vector<std::string> of_request(const char* author,
                                                    const std::vector<const char*>& labels,
                                                    Ground ground = Ground::contact_in_copy) const {
    RecipientJudgement judged{nullptr, &gated, {}};
    for (const char* label : labels) {
      CcTldVerdict each;
      each.cctld = domain(label);
      each.ground = ground;
      judged.judgement.verdict.per_cctld.push_back(each);
    }
    return texts(budgets_of_request(memory(author), judged));
  }
  [[nodiscard]] std::vector<std::string> of_mail(const char* author, MailKind kind, Cause cause) const {
    return texts(budgets_for(memory(author), kind, kHostmaster, cause));
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  List& list = rules->lists.front();
  Ruleset::Gated gated{&list, {}};
  Evidence evidence;

 private:
  static std::vector<std::string> texts(const std::vector<Budget>& budgets) {
    std::vector<std::string> all;
    for (const Budget& budget : budgets) {
      CHECK(budget.question.empty());
      all.push_back(budget.key + " " + std::to_string(budget.most));
    }
    return all;
  }
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("what counts as a registry's own") {
  struct Row {
    const char* author;
    std::set<Domain> cctlds;
    bool own;
  };
  const Row row = GENERATE(values<Row>({
      {"hostmaster@nic.xa", {domain("xa")}, true},
      {"anne@nic.xa", {domain("xa")}, true},
      {"anne@sub.nic.xa", {domain("xa")}, false},
      {"anne@nic.xa", {domain("xa"), domain("xb")}, false},
      {"anne@nic.xa", {domain("xc")}, false},
      {"tech@out.example", {domain("xb")}, false},  // of no role that has authority here
  }));
  INFO(row.author);
  Bounds bounds;
  CHECK(is_of_registry(bounds.memory(row.author), bounds.list, row.cctlds) == row.own);
}

TEST_CASE("a registry's request counts as one of its domain alone") {
  CHECK(Bounds().of_request("anne@nic.xa", {"xa"}) == Keys{"author tld-ops nic.xa 100"});
}

TEST_CASE("a stranger's counts for each ccTLD, and as one of all names of its organizational domain") {
  CHECK(Bounds().of_request("anne@a.evil.example", {"xa", "xb"}) ==
        Keys{"cctld tld-ops xa 50", "cctld tld-ops xa evil.example 5", "cctld tld-ops xb 50",
             "cctld tld-ops xb evil.example 5", "author tld-ops evil.example 100"});
  CHECK(Bounds().of_request("anne@nic.xa", {"xa", "xb"}) ==
        Keys{"cctld tld-ops xb 50", "cctld tld-ops xb nic.xa 5", "author tld-ops nic.xa 100"});
}

TEST_CASE("one author domain has flood.foreign of a ccTLD where a tenth is less") {
  Bounds bounds;
  bounds.rules->config.flood.cctld = 20;
  CHECK(bounds.of_request("anne@evil.example", {"xa"})[1] == "cctld tld-ops xa evil.example 3");
}

TEST_CASE("what its contact confirmed keeps nobody else out of a ccTLD") {
  CHECK(Bounds().of_request("anne@evil.example", {"xa"}, Ground::contact_confirmed) ==
        Keys{"author tld-ops evil.example 100"});
}

TEST_CASE("a request that names no ccTLD counts as one of its domain") {
  Bounds bounds;
  RecipientJudgement judged{nullptr, &bounds.gated, {}};
  judged.judgement.verdict.per_cctld.emplace_back();
  CHECK(budgets_of_request(bounds.memory("anne@evil.example"), judged) ==
        std::vector<Budget>{{"author tld-ops evil.example", 100}});
}

TEST_CASE("mails to a contact are counted apart by kind and by whom they are because of") {
  struct Row {
    MailKind kind;
    Cause cause;
    Keys keys;
  };
  const Row row = GENERATE(values<Row>({
      {MailKind::question, Cause::registry, {"question registry hostmaster@nic.xa 20"}},
      {MailKind::notice, Cause::registry, {"notice registry hostmaster@nic.xa 20"}},
      {MailKind::question,
       Cause::stranger,
       {"question stranger hostmaster@nic.xa evil.example 3", "question strangers hostmaster@nic.xa 10"}},
      {MailKind::notice,
       Cause::stranger,
       {"notice stranger hostmaster@nic.xa evil.example 3", "notice strangers hostmaster@nic.xa 10"}},
      {MailKind::notice, Cause::confirmed, {"notice stranger hostmaster@nic.xa evil.example 3"}},
  }));
  CHECK(Bounds().of_mail("anne@a.evil.example", row.kind, row.cause) == row.keys);
}

TEST_CASE("half of one mail is one") {
  Bounds bounds;
  bounds.rules->config.flood.contact = 1;
  CHECK(bounds.of_mail("anne@evil.example", MailKind::question, Cause::stranger).back() ==
        "question strangers hostmaster@nic.xa 1");
}

}  // namespace ccgate
