#include "milter/decision/decision.h"

#include <utility>

namespace ccgate {

Ruling ruling_of(const Verdict& verdict) {
  return {verdict.decision, verdict.ground, verdict.rule};
}

Ruling ruling_of(const CcTldVerdict& verdict) {
  return {verdict.decision, verdict.ground, verdict.rule};
}

std::vector<DecisionChange> noted(std::vector<DecisionChange> changes, DecisionStep step, Ruling from,
                                  Ruling to, std::string why) {
  if (from != to) changes.push_back({step, std::move(from), std::move(to), std::move(why)});
  return changes;
}

std::string some_of(const std::vector<Address>& addresses) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < addresses.size() && i < kShown; ++i)
    text += (i == 0 ? "" : ", ") + addresses[i].text();
  if (addresses.size() <= kShown) return text;
  return text + " and " + std::to_string(addresses.size() - kShown) + " more";
}

}  // namespace ccgate
