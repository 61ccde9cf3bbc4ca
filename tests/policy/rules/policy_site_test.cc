#include "policy/rules/policy_site.h"

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr const char* kText =
    "{ccgate: 1, policy: demo, define: {again: seen_before},\n"
    " guards: [{id: g, require: [{rate: {less_than: 9}}], else: reject}], rules: [\n"
    " {id: a, when: [again, {any: [dkim_aligned, {not: again}]}], then: reject},\n"
    " {id: b, when: [{any: [dkim_aligned, {not: {members_of_tld: {more_than: 2}}}]}], then: hold}]}\n";

std::string told(const PolicySite& site) {
  Issues issues;
  auto policy = parse_policy(kText, "p", issues);
  REQUIRE(policy);
  policy->file = "p";
  check_policy_site(*policy, site, kText, issues);
  std::string text;
  for (const Issue& issue : issues) text += render(issue);
  return text;
}

}  // namespace

TEST_CASE("conditions that nothing at the site can answer are errors, told once each") {
  CHECK(told({true, true}) == "");
  const std::string members =
      "p:4:45: error: `members_of_tld more_than 2` asks who is a member, and this list has no roster\n"
      " {id: b, when: [{any: [dkim_aligned, {not: {members_of_tld: {more_than: 2}}}]}], then: hold}]}\n"
      "                                            ^\n"
      "help: name one in ccgate.yaml, as in `roster: members`, or `roster: store`\n";
  CHECK(told({true, false}) == members);
  const std::string store = "help: add `store: sqlite:/var/lib/ccgate/ccgate.db` to ccgate.yaml\n";
  CHECK(told({false, true}) ==
        "p:1:43: error: `seen_before` asks what was before, and nothing is remembered\n"
        "{ccgate: 1, policy: demo, define: {again: seen_before},\n"
        "                                          ^\n" +
            store +
            "p:2:30: error: `rate less_than 9` asks what was before, and nothing is remembered\n"
            " guards: [{id: g, require: [{rate: {less_than: 9}}], else: reject}], rules: [\n"
            "                             ^\n" +
            store);
}
