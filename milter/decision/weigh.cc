#include "milter/decision/weigh.h"

#include <algorithm>
#include <utility>

#include "milter/decision/decision_id.h"
#include "policy/verdict/overrule.h"
#include "policy/verdict/reply.h"

namespace ccgate {
namespace {

bool is_command(const RecipientJudgement& judged) {
  const RequestKind kind = judged.judgement.request.kind;
  return kind != RequestKind::post && kind != RequestKind::owner;
}

}  // namespace

const RecipientJudgement& strictest_of(const std::vector<RecipientJudgement>& judgements) {
  return *std::max_element(judgements.begin(), judgements.end(),
                           [](const RecipientJudgement& a, const RecipientJudgement& b) {
                             return std::pair(a.enforced(), a.judgement.verdict.decision) <
                                    std::pair(b.enforced(), b.judgement.verdict.decision);
                           });
}

Settled weigh(Judged judged) {
  Settled settled{std::move(judged)};
  const RecipientJudgement& strictest = strictest_of(settled.judgements);
  settled.verdict = strictest.judgement.verdict;
  settled.request = strictest.judgement.request;
  settled.request_key = strictest.request_key;
  settled.list = strictest.gated->list->config.name;
  settled.passes_untouched = std::none_of(settled.judgements.begin(), settled.judgements.end(), is_command);
  settled.ask_style = strictest.ask_style;
  const auto asks_otherwise = [&](const RecipientJudgement& other) {
    return other.ask_style && other.ask_style != strictest.ask_style;
  };
  // Whoever lets a held message go for one list lets it in to the other too, whose contacts may not have
  // answered.
  if (strictest.ask_style &&
      std::any_of(settled.judgements.begin(), settled.judgements.end(), asks_otherwise)) {
    settled.ask_style = AskStyle::tempfail;
    const Ruling ruling = ruling_of(settled.verdict);
    settled.changes.push_back(
        {DecisionStep::contacts, ruling, ruling, "its lists ask in different ways: it is put off"});
    settled.verdict =
        replied(std::move(settled.verdict),
                asked_reply(AskStyle::tempfail, strictest.approval.named,
                            strictest.approval.named.size() < strictest.approval.waiting_for.size()));
  }
  return settled;
}

Settled without_judgement(Judged judged, Verdict verdict) {
  Settled settled{std::move(judged)};
  settled.verdict = std::move(verdict);
  return settled;
}

Settled overrule(Settled settled, const Overruling& by) {
  // The decision recorded before was another one.
  if (settled.repeated) settled.decision_id = new_decision_id();
  settled.repeated = false;
  settled.ask_style.reset();
  const Ruling before = ruling_of(settled.verdict);
  settled.verdict = overruled(std::move(settled.verdict), by.decision, by.ground, by.reply);
  settled.changes = noted(std::move(settled.changes), by.step, before, ruling_of(settled.verdict), by.why);
  for (RecipientJudgement& judged : settled.judgements) {
    Verdict& each = judged.judgement.verdict;
    if (judged.enforced() || each.decision <= by.decision)
      each = overruled(std::move(each), by.decision, by.ground, by.reply);
  }
  return settled;
}

}  // namespace ccgate
