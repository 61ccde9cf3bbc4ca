#include "policy/rules/policy_site.h"

#include <fmt/core.h>

#include <map>
#include <utility>

#include "policy/text/issue_sink.h"

namespace ccgate {
namespace {

/// Conditions by their places: a definition stands in every rule that uses it, and is told once.
using ByPlace = std::map<std::pair<std::size_t, std::size_t>, const Condition*>;

}  // namespace

void check_policy_site(const Policy& policy, const PolicySite& site, std::string_view text, Issues& issues) {
  ByPlace found;
  const auto collect = [&](const Condition& each) {
    if (each.kind != Condition::Kind::fact) return;
    const bool remembered = each.fact == Fact::seen_before || each.fact == Fact::rate;
    if ((remembered && !site.store) || (each.fact == Fact::members_of_tld && !site.roster))
      found.emplace(std::pair(each.at.line, each.at.column), &each);
  };
  for (const auto& definition : policy.definitions) visit(definition.second, collect);
  each_condition(policy, collect);
  IssueSink sink(policy.file, text, issues);
  for (const auto& [place, condition] : found) {
    if (condition->fact == Fact::members_of_tld)
      sink.error(condition->at,
                 fmt::format("`{}` asks who is a member, and this list has no roster", condition->text),
                 "name one in ccgate.yaml, as in `roster: members`, or `roster: store`");
    else
      sink.error(condition->at,
                 fmt::format("`{}` asks what was before, and nothing is remembered", condition->text),
                 "add `store: sqlite:/var/lib/ccgate/ccgate.db` to ccgate.yaml");
  }
}

}  // namespace ccgate
