#include "policy/policy_site.h"

#include <map>
#include <utility>

#include "policy/issue_sink.h"

namespace ccgate {
namespace {

/// Conditions by their places: a definition stands in every rule that uses it, and is told once.
using ByPlace = std::map<std::pair<std::size_t, std::size_t>, const Condition*>;

void collect(const Condition& condition, const PolicySite& site, ByPlace& found) {
  for (const Condition& child : condition.children) collect(child, site, found);
  if (condition.kind != Condition::Kind::fact) return;
  const bool remembered = condition.fact == Fact::seen_before || condition.fact == Fact::rate;
  if ((remembered && !site.store) || (condition.fact == Fact::members_of_tld && !site.roster))
    found.emplace(std::pair(condition.at.line, condition.at.column), &condition);
}

void collect(const std::vector<Condition>& conditions, const PolicySite& site, ByPlace& found) {
  for (const Condition& condition : conditions) collect(condition, site, found);
}

}  // namespace

void check_policy_site(const Policy& policy, const PolicySite& site, std::string_view text, Issues& issues) {
  ByPlace found;
  for (const auto& [name, condition] : policy.definitions) collect(condition, site, found);
  for (const Guard& guard : policy.guards) collect(guard.require, site, found);
  for (const Rule& rule : policy.rules) collect(rule.when, site, found);
  IssueSink sink(policy.file, text, issues);
  for (const auto& [place, condition] : found) {
    if (condition->fact == Fact::members_of_tld)
      sink.error(condition->at, "`" + condition->text + "` asks who is a member, and this list has no roster",
                 "name one in ccgate.yaml, as in `roster: members`");
    else
      sink.error(condition->at, "`" + condition->text + "` asks what was before, and nothing is remembered",
                 "add `store: sqlite:/var/lib/ccgate/ccgate.db` to ccgate.yaml");
  }
}

}  // namespace ccgate
