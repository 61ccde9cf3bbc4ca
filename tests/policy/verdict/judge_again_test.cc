#include "policy/verdict/judge_again.h"

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

Policy policy_again(const std::string& text) {
  Issues issues;
  auto policy = parse_policy(text, "test.policy.yaml", issues);
  REQUIRE(policy);
  return *policy;
}

Domain label_again(const char* text) {
  return *Domain::parse(text);
}

const TruthValue kYes{Truth::yes, Ground::dns_trouble}, kNo{Truth::no, Ground::dns_trouble};

/// A request for .xa and .xb of an authenticated author; only the contact of .xa is copied.
JudgementBasis basis_again() {
  Basis basis;
  basis.kind = RequestKind::subscribe;
  basis.named = true;
  basis.authority = {Role::admin};
  basis.facts = {{Fact::dkim_aligned, kYes}, {Fact::spf_aligned, kNo}, {Fact::contacts, std::int64_t{2}}};
  const auto contact = [](const TruthValue& copied) {
    return FactList{{Fact::from_is_admin_contact, kNo},
                    {Fact::admin_contact_copied, copied},
                    {Fact::same_registry, kYes}};
  };
  basis.cctlds[label_again("xa")] = contact(kYes);
  basis.cctlds[label_again("xb")] = contact(kNo);
  return {std::nullopt, false, {basis}};
}

constexpr auto kCopied = R"(
ccgate: 1
policy: test
rules:
  - {id: copied, when: [dkim_aligned, admin_contact_copied], then: accept}
)";

TEST_CASE("a policy decides about what was kept as about a message") {
  const Rejudgement again = judge_again(policy_again(kCopied), basis_again());
  CHECK(again.missing.empty());
  REQUIRE(again.verdict.per_cctld.size() == 2);
  CHECK(again.verdict.per_cctld[0].decision == Decision::accept);
  CHECK(again.verdict.per_cctld[0].ground == Ground::contact_in_copy);
  CHECK(again.verdict.decision == Decision::reject);
  CHECK(again.verdict.ground == Ground::contact_not_in_copy);
  CHECK(again.verdict.cctld == label_again("xb"));
}

TEST_CASE("a fact that was not kept is missed only where it decides") {
  const auto with = [](const char* condition) {
    return policy_again(std::string("ccgate: 1\npolicy: test\nrules:\n  - {id: r, when: [") + condition +
                        "], then: accept}\n");
  };
  CHECK(judge_again(with("{rate: {less_than: 3}}"), basis_again()).missing == std::set<Fact>{Fact::rate});
  CHECK(judge_again(with("spf_aligned, {rate: {less_than: 3}}"), basis_again()).missing.empty());
  CHECK(judge_again(with("{any: [dkim_aligned, {rate: {less_than: 3}}]}"), basis_again()).missing.empty());
  CHECK(judge_again(with("{not: {rate: {less_than: 3}}}"), basis_again()).missing ==
        std::set<Fact>{Fact::rate});
}

TEST_CASE("of other roles, facts about contacts are not known") {
  Policy policy = policy_again(kCopied);
  policy.authority = {Role::tech};
  CHECK(judge_again(policy, basis_again()).missing.contains(Fact::from_is_admin_contact));
}

TEST_CASE("what was refused for the message itself stays so") {
  JudgementBasis basis = basis_again();
  basis.fault = Ground::over_limit;
  const Rejudgement again = judge_again(policy_again(kCopied), basis);
  CHECK(again.verdict.decision == Decision::reject);
  CHECK(again.verdict.ground == Ground::over_limit);
}

TEST_CASE("an odd sender is refused by whoever compares its domain") {
  JudgementBasis basis = basis_again();
  basis.odd_sender = true;
  basis.cases[0].cctlds.erase(label_again("xb"));
  CHECK(judge_again(policy_again(kCopied), basis).verdict.decision == Decision::accept);
  const Policy compares = policy_again(
      "ccgate: 1\npolicy: test\nrules:\n  - {id: r, when: [{mail_from_domain: nic.xa}], then: accept}\n");
  CHECK(judge_again(compares, basis).verdict.ground == Ground::malformed);
}

TEST_CASE("ccTLDs that nobody named are there for a policy that asks the contacts, and for no other") {
  JudgementBasis basis = basis_again();
  basis.cases[0].named = false;
  basis.cases[0].cctlds.erase(label_again("xb"));
  basis.cases[0].without_cctld = *basis.cases[0].cctlds.at(label_again("xa"));
  Policy policy = policy_again(kCopied);
  CHECK(judge_again(policy, basis).verdict.decision == Decision::accept);
  policy.missing_cctlds = MissingCcTlds::hold;
  CHECK(judge_again(policy, basis).verdict.decision == Decision::hold);
  policy.missing_cctlds = MissingCcTlds::reject;
  CHECK(judge_again(policy, basis).verdict.ground == Ground::no_cctld);
}

TEST_CASE("while the text may be authentic, only what holds with and without it stands") {
  JudgementBasis basis = basis_again();
  basis.cases[0].cctlds.erase(label_again("xb"));
  basis.cases.push_back(basis.cases[0]);
  CHECK(judge_again(policy_again(kCopied), basis).verdict.decision == Decision::accept);
  basis.cases[1].cctlds[label_again("xb")] = *basis_again().cases[0].cctlds.at(label_again("xb"));
  const Rejudgement again = judge_again(policy_again(kCopied), basis);
  CHECK(again.verdict.decision == Decision::tempfail);
  CHECK(again.verdict.ground == Ground::dns_trouble);
}

}  // namespace
}  // namespace ccgate
