#include "milter/ledger/memory.h"

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

Policy policy_with(const std::string& when) {
  Issues issues;
  const auto policy = parse_policy(
      "ccgate: 1\npolicy: p\nrules: [{id: full, when: [" + when + "], then: reject}]\n", "p", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(policy);
  return *policy;
}

}  // namespace

TEST_CASE("the store's members are counted where a policy asks for them") {
  FailingStore store;
  Member anne;
  anne.list = "tld-ops";
  anne.cctld = "xa";
  anne.address = anne.email = "anne@nic.xa";
  Member ben = anne;
  ben.address = ben.email = "ben@nic.xa";
  store.change_members({{}, {anne, ben}, {}});
  const auto rules = notice_rules();
  const Evidence evidence;
  Memory memory{&store, *rules, kNoon, evidence, Truth::yes, "nic.xa"};
  List list{tld_ops(), policy_with("{members_of_tld: {more_than: 2}}"), ""};
  const std::set<Domain> asked{domain("xa"), domain("xb")};
  CHECK_FALSE(members_of(memory, list, asked));
  list.config.roster_store = true;
  const auto counts = members_of(memory, list, asked);
  REQUIRE(counts);
  CHECK(*counts == std::map<Domain, std::int64_t>{{domain("xa"), 2}, {domain("xb"), 0}});
  memory.store = nullptr;
  CHECK_FALSE(members_of(memory, list, asked));
  memory.store = &store;
  list.policy = policy_with("dkim_aligned");
  CHECK_FALSE(members_of(memory, list, asked));
}

}  // namespace ccgate
