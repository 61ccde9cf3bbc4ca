#include "milter/ledger/decide_again.h"

#include <memory>

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

const Policy& rules_named(const char* rule, const char* then) {
  static std::vector<std::unique_ptr<Policy>> kept;
  Issues issues;
  auto policy = parse_policy(std::string("ccgate: 1\npolicy: test\nrules:\n  - {id: ") + rule +
                                 ", when: [dkim_aligned, admin_contact_copied], then: " + then + "}\n",
                             "test.policy.yaml", issues);
  REQUIRE(policy);
  kept.push_back(std::make_unique<Policy>(std::move(*policy)));
  return *kept.back();
}

constexpr auto kBasis =
    R"("basis": {"cases": [{"request": "subscribe", "authority": "admin", "named": true,
       "facts": "dkim_aligned=yes spf_aligned=no", "cctlds": {"xa":
       "from_is_admin_contact=no admin_contact_copied=yes same_registry=yes"}}]})";

std::string judgement(const std::string& list, const std::string& said, const std::string& basis = kBasis) {
  return R"({"recipient": "<tld-ops-join@lists.example>", "list": ")" + list +
         R"(", "per_cctld": [{"cctld": "xa", )" + said + "}]" + (basis.empty() ? "" : ", " + basis) + "}";
}

LedgerEntry entry_with(const std::string& judgements) {
  LedgerEntry entry;
  entry.id = "7k2m9qx40c1d";
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.verdict = "accept";
  entry.explanation = R"({"decided": true, "judgements": [)" + judgements + "]}";
  return entry;
}

constexpr auto kAccepted = R"("decision": "accept", "ground": "contact_in_copy", "rule": "copied")";

DecidedAgain decided_by(const LedgerEntry& entry, const Policy& policy, const std::string& list = "") {
  return decide_again(
      entry, [&](const std::string& name) { return name == "tld-ops" ? &policy : nullptr; }, list);
}

TEST_CASE("by the same rules the same, by others something else") {
  const LedgerEntry entry = entry_with(judgement("tld-ops", kAccepted));
  CHECK(decided_by(entry, rules_named("copied", "accept")).what == Again::stays);
  CHECK(decided_by(entry, rules_named("other", "accept")).what == Again::other_rule);
  const DecidedAgain again = decided_by(entry, rules_named("copied", "ask"));
  CHECK(again.what == Again::changes);
  REQUIRE(again.all.size() == 1);
  CHECK(again.all[0].before == Ruling{Decision::accept, Ground::contact_in_copy, "copied"});
  CHECK(again.all[0].now == Ruling{Decision::ask, Ground::contact_in_copy, "copied"});
  CHECK(again.all[0].cctld == "xa");
}

TEST_CASE("what contacts and bounds made of it then does not count") {
  const LedgerEntry entry = entry_with(judgement("tld-ops",
                                                 R"("decision": "tempfail", "ground": "flood", "rule": "",
                   "by_policy": {"decision": "accept", "ground": "contact_in_copy", "rule": "copied"})"));
  CHECK(decided_by(entry, rules_named("copied", "accept")).what == Again::stays);
}

TEST_CASE("what the record does not tell is not guessed") {
  const Policy& policy = rules_named("copied", "accept");
  using Missing = std::vector<std::string>;
  CHECK(decided_by(entry_with(judgement("tld-ops", kAccepted, "")), policy).missing == Missing{"facts"});
  CHECK(decided_by(entry_with(judgement("gone", kAccepted)), policy).missing == Missing{"list gone"});
  LedgerEntry short_one = entry_with("");
  short_one.explanation = R"({"decided": true, "left_out": "facts, evidence, rules and header changes"})";
  CHECK(decided_by(short_one, policy).missing == Missing{"facts"});
  const LedgerEntry entry = entry_with(judgement("tld-ops", kAccepted));
  Policy others = policy;
  others.authority = {Role::tech};
  const DecidedAgain again = decided_by(entry, others);
  CHECK(again.what == Again::untold);
  CHECK_THAT(again.missing, Catch::Matchers::VectorContains(std::string("from_is_admin_contact")));
}

TEST_CASE("an older row names no list: it is the entry's") {
  std::string text = judgement("tld-ops", kAccepted);
  text.replace(text.find(R"("list": "tld-ops", )"), 19, "");
  CHECK(decided_by(entry_with(text), rules_named("copied", "accept")).what == Again::stays);
}

TEST_CASE("what no policy was asked about") {
  const Policy& policy = rules_named("copied", "accept");
  LedgerEntry entry = entry_with("");
  CHECK(decided_by(entry, policy).what == Again::no_policy);
  for (const char* explanation : {R"({"decided": false, "judgements": []})", R"({"decided": false})"}) {
    entry.explanation = explanation;
    CHECK(decided_by(entry, policy).what == Again::no_policy);
  }
  CHECK(decided_by(entry, policy, "other").what == Again::elsewhere);
  CHECK(decided_by(entry_with(judgement("gone", kAccepted)), policy, "tld-ops").what == Again::elsewhere);
  for (const char* explanation : {"", "{", "7", "{}"}) {
    entry.explanation = explanation;
    entry.verdict = "accept";
    CHECK(decided_by(entry, policy).what == Again::untold);
    entry.verdict = "";
    CHECK(decided_by(entry, policy).what == Again::no_policy);
  }
}

TEST_CASE("of several lists the gravest change is told") {
  const LedgerEntry entry =
      entry_with(judgement("tld-ops", kAccepted) + "," +
                 judgement("tld-ops", R"("decision": "reject", "ground": "outsider", "rule": "default")"));
  const DecidedAgain again = decided_by(entry, rules_named("copied", "accept"));
  CHECK(again.what == Again::changes);
  CHECK(again.all.size() == 2);
}

}  // namespace
}  // namespace ccgate
