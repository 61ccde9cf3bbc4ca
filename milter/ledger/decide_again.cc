#include "milter/ledger/decide_again.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "milter/decision/basis_json.h"
#include "policy/verdict/judge_again.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

/// The member, or null.
const Json& part(const Json& json, const char* name) {
  static const Json kNothing;
  if (!json.is_object()) return kNothing;
  const auto found = json.find(name);
  return found == json.end() ? kNothing : *found;
}

std::string word_at(const Json& json, const char* name) {
  const Json& found = part(json, name);
  return found.is_string() ? found.get<std::string>() : "";
}

std::optional<Ruling> kept_ruling(const Json& json) {
  const auto decision = parse_word<Decision>(word_at(json, "decision"));
  const auto ground = parse_word<Ground>(word_at(json, "ground"));
  if (!decision || !ground) return std::nullopt;
  return Ruling{*decision, *ground, word_at(json, "rule")};
}

/// The strictest that the policy said, of equal ones the first.
std::optional<Ruling> said_then(const Json& judgement) {
  std::optional<Ruling> worst;
  for (const Json& each : part(judgement, "per_cctld")) {
    const Json& said = part(each, "by_policy");
    const auto ruling = kept_ruling(said.is_object() ? said : each);
    if (!ruling) return std::nullopt;
    if (!worst || worst->decision < ruling->decision) worst = ruling;
  }
  return worst;
}

DecidedAgain untold(std::vector<std::string> missing) {
  return {Again::untold, {}, std::move(missing)};
}

DecidedAgain with_judgement(DecidedAgain again, Redecided one) {
  const Again what = one.before.decision != one.now.decision ? Again::changes
                     : one.before != one.now                 ? Again::other_rule
                                                             : Again::stays;
  again.what = again.all.empty() ? what : std::max(again.what, what);
  again.all.push_back(std::move(one));
  return again;
}

}  // namespace

DecidedAgain decide_again(const LedgerEntry& entry, const PolicyOf& policy_of, const std::string& list) {
  const Json told = Json::parse(entry.explanation, nullptr, false);
  const Json& judgements = part(told, "judgements");
  const Json& decided = part(told, "decided");
  // What no mail asked for (a review, a note) has no verdict.
  const bool by_policy = !entry.verdict.empty() && !(decided.is_boolean() && !decided.get<bool>());
  if (!by_policy || !judgements.is_array() || judgements.empty()) {
    if (!list.empty() && entry.list != list) return {Again::elsewhere};
    return by_policy && !judgements.is_array() ? untold({"facts"}) : DecidedAgain{};
  }
  DecidedAgain again{Again::elsewhere};
  std::set<std::string> missing;
  for (const Json& judgement : judgements) {
    const std::string name = part(judgement, "list").is_string() ? word_at(judgement, "list") : entry.list;
    if (!list.empty() && name != list) continue;
    const auto before = said_then(judgement);
    const auto basis = parse_basis(part(judgement, "basis"));
    const Policy* policy = policy_of(name);
    if (!before || !basis) {
      missing.insert("facts");
    } else if (policy == nullptr) {
      missing.insert("list " + name);
    } else {
      const Rejudgement rejudged = judge_again(*policy, *basis);
      for (const Fact fact : rejudged.missing) missing.insert(std::string(info_of(fact).name));
      again = with_judgement(std::move(again),
                             {word_at(judgement, "recipient"), name, *before, ruling_of(rejudged.verdict),
                              rejudged.verdict.cctld ? rejudged.verdict.cctld->ascii() : ""});
    }
  }
  return missing.empty() ? again : untold({missing.begin(), missing.end()});
}

}  // namespace ccgate
