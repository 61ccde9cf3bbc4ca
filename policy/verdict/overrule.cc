#include "policy/verdict/overrule.h"

#include <utility>

namespace ccgate {

Verdict overruled(Verdict verdict, Decision decision, Ground ground, const Reply& reply) {
  for (CcTldVerdict& each : verdict.per_cctld) {
    each.decision = verdict.decision;
    each.ground = ground;
    each.rule.clear();
  }
  verdict.ground = ground;
  verdict.rule.clear();
  return redecided(std::move(verdict), decision, reply);
}

Verdict redecided(Verdict verdict, Decision decision, const Reply& reply) {
  for (CcTldVerdict& each : verdict.per_cctld) {
    if (each.decision != verdict.decision && each.decision <= decision) continue;
    each.decision = decision;
    each.reply = reply;
    each.ask_style.reset();
    each.quorum.reset();
    each.actions.clear();
  }
  verdict.decision = decision;
  verdict.reply = reply;
  return verdict;
}

Verdict replied(Verdict verdict, const Reply& reply) {
  for (CcTldVerdict& each : verdict.per_cctld)
    if (each.decision == verdict.decision) each.reply = reply;
  verdict.reply = reply;
  return verdict;
}

}  // namespace ccgate
