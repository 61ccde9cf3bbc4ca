// milter/session/transaction_decision.cc: evidence, judgements, what the store remembers, and the record.
#include <algorithm>
#include <stdexcept>
#include <utility>

#include "milter/evidence/dmarc.h"
#include "milter/ledger/came_back.h"
#include "milter/ledger/follow_up.h"
#include "milter/ledger/recorder.h"
#include "milter/ledger/repeat.h"
#include "milter/ledger/replay_keys.h"
#include "milter/ledger/settle.h"
#include "milter/log.h"
#include "milter/mime/mime.h"
#include "milter/session/actions.h"
#include "milter/session/decision_id.h"
#include "milter/session/transaction_state.h"
#include "policy/reply.h"

namespace ccgate {
namespace {

void refuse_flood(TransactionResult& result) {
  result.verdict.decision = Decision::tempfail;
  result.verdict.ground = Ground::flood;
  result.verdict.rule.clear();
  result.verdict.reply = default_reply(Ground::flood, Decision::tempfail);
  result.ask_style.reset();
  result.seen.reset();  // whoever else decided, this is for now only
}

/// The one whose answer weighs.
const RecipientJudgement& strictest_of(const std::vector<RecipientJudgement>& judgements) {
  return *std::max_element(judgements.begin(), judgements.end(),
                           [](const RecipientJudgement& a, const RecipientJudgement& b) {
                             return std::pair(a.enforced(), a.judgement.verdict.decision) <
                                    std::pair(b.enforced(), b.judgement.verdict.decision);
                           });
}

}  // namespace

Evidence Transaction::State::gather(const Message& message) {
  Evidence evidence;
  const Domain& author_domain = message.author.domain();
  // SPF asks one question after another; the keys arrive meanwhile.
  if (start.client && envelope.mail_from)
    evidence.spf = check_spf(*start.client, start.helo, *envelope.mail_from, dns);
  else
    evidence.spf.why = start.client ? "no envelope sender" : "no client address";
  evidence.signatures = dkim->finish();

  const auto is_parent = [&](const std::optional<Domain>& domain) {
    return domain && alignment(*domain, author_domain) == Alignment::parent;
  };
  const bool ask = is_parent(evidence.spf.domain) ||
                   std::any_of(evidence.signatures.begin(), evidence.signatures.end(),
                               [&](const Signature& signature) { return is_parent(signature.domain); });
  if (ask) {
    const AlignmentModes modes = alignment_modes(author_domain, dns);
    evidence.adkim = modes.adkim;
    evidence.aspf = modes.aspf;
  }
  return evidence;
}

Memory Transaction::State::memory(const TransactionResult& result) const {
  Memory memory{services.store, *running.rules, now, result.evidence};
  memory.smtputf8 = services.smtputf8;
  const auto* message = read ? std::get_if<Message>(&*read) : nullptr;
  if (message == nullptr || !result.decided) return memory;
  const Domain& author_domain = message->author.domain();
  memory.author_domain = author_domain.ascii();
  memory.author = message->author;
  memory.authenticated = either(dkim_aligned(result.evidence, author_domain, fields),
                                spf_aligned(result.evidence, author_domain));
  if (memory.authenticated == Truth::yes) memory.replay_keys = replay_keys(fields, result.evidence);
  return memory;
}

History Transaction::State::history(const Memory& remembered, const List& list) const {
  if (services.history == nullptr) return history_of(remembered, list);
  const FixedHistory& fixed = *services.history;
  return {fixed.seen_before, fixed.rate, fixed.roster ? &*fixed.roster : list.roster.get()};
}

void Transaction::State::judge_all(TransactionResult& result, const Message& message,
                                   const Memory& remembered) {
  const Ruleset& rules = *running.rules;
  MimeLimits mime;
  mime.depth = limits().mime_depth;
  const bool truncated = body_bytes > body.size();
  const Words words = read_words(fields, body, truncated, mime);
  const ContactTimes times{now, rules.config.contacts_max_age.count(),
                           rules.config.contacts_cool_down.count()};
  for (const Recipient& recipient : start.recipients) {
    for (const Ruleset::Gated& gated : recipient.gated) {
      const List& list = *gated.list;
      const CommandAddress& command = gated.command;
      RecipientJudgement judged{
          &recipient, &gated,
          judge(list.policy, *rules.directory, {list.config.addresses, command, recipient.addresses},
                {envelope, fields, message, words, result.evidence}, times, history(remembered, list))};
      const RequestKind kind = judged.judgement.request.kind;
      // A command beyond what was read here would still reach the list manager.
      if (truncated && command.reads_body && kind != RequestKind::subscribe && kind != RequestKind::post &&
          kind != RequestKind::owner)
        judged.judgement.verdict =
            refuse({Fault::Kind::over_limit,
                    "this message is too large for a command; send a short one in plain text"});
      if (!rules.config.store.empty()) settle(remembered, judged, message.author);
      result.judgements.push_back(std::move(judged));
    }
  }
}

void Transaction::State::decide(TransactionResult& result, const Message& message) {
  result.evidence = gather(message);
  result.decided = true;
  weigh(result, message);
}

void Transaction::State::weigh(TransactionResult& result, const Message& message) {
  const Memory remembered = memory(result);
  judge_all(result, message, remembered);
  const RecipientJudgement& strictest = strictest_of(result.judgements);
  result.verdict = strictest.judgement.verdict;
  result.ask_style = strictest.ask_style;
  const auto asks_otherwise = [&](const RecipientJudgement& judged) {
    return judged.ask_style && judged.ask_style != strictest.ask_style;
  };
  // Whoever lets a held message go for one list lets it in to the other too, whose contacts may not have
  // answered.
  if (strictest.ask_style &&
      std::any_of(result.judgements.begin(), result.judgements.end(), asks_otherwise)) {
    result.ask_style = AskStyle::tempfail;
    result.verdict.reply = asked_reply(AskStyle::tempfail, strictest.approval.waiting_for);
  }
  result.request = strictest.judgement.request;
  result.request_key = strictest.request_key;
  result.list = strictest.gated->list->config.name;
  result.passes_untouched =
      std::all_of(result.judgements.begin(), result.judgements.end(), [](const RecipientJudgement& judged) {
        const RequestKind kind = judged.judgement.request.kind;
        return kind == RequestKind::post || kind == RequestKind::owner;
      });
  if (result.passes_untouched || !strictest.enforced()) return;
  result.own_notices = !running.rules->config.store.empty() && remembered.authenticated == Truth::yes;
  if (const auto before = decision_to_repeat(remembered, result, strictest))
    repeat(result, *before);
  else if (result.verdict.decision <= Decision::hold && result.request.kind == RequestKind::subscribe &&
           is_flood(remembered, strictest))
    refuse_flood(result);
}

/// A message that went through before is neither refused now nor let in twice.
void Transaction::State::put_off_what_came_back(TransactionResult& result) const {
  if (observes(start.recipients)) return;
  const auto before = came_back(memory(result), start, fields, result);
  if (!before) return;
  write_log(LogLine(LogLevel::error, "judged_twice")
                .add("id", *before)
                .add("why",
                     "the message was let through before and came back from this machine; take smtpd_milters "
                     "off the "
                     "service to which content_filter brings mail back"));
  result.verdict.decision = Decision::tempfail;
  result.verdict.ground = Ground::internal_error;
  result.verdict.rule.clear();
  result.verdict.reply = {451, "4.3.5", "this message came back to the gate; its postmaster knows"};
  result.ask_style.reset();
  if (result.repeated) result.decision_id = new_decision_id();  // that of the recorded one until now
  result.repeated = false;
  result.envelope_refused = true;
}

TransactionResult Transaction::State::decide_anew(const TransactionResult& before, Recorded why) {
  TransactionResult result = before;
  switch (why) {
    case Recorded::yes:
      break;
    case Recorded::seen_meanwhile:  // whoever was first: that answer is the one
      if (const auto recorded = decision_to_repeat(memory(result), result, strictest_of(result.judgements)))
        repeat(result, *recorded);
      break;
    case Recorded::over_budget:
      refuse_flood(result);
      break;
    case Recorded::approval_withdrawn:
      result = {};
      result.decision_id = before.decision_id;
      result.author_domain = before.author_domain;
      result.evidence = before.evidence;
      result.decided = before.decided;
      weigh(result, std::get<Message>(*read));
      put_off_what_came_back(result);
      break;
  }
  return result;
}

/// What the client gets, and, before it gets it, what is kept of it.
void Transaction::State::conclude(TransactionResult& result) {
  constexpr int kTries = 4;
  put_off_what_came_back(result);
  TransactionResult judged = result;
  for (int tries = 1;; ++tries) {
    act(result, *running.rules, start, fields, now);
    const Memory remembered = memory(result);
    for (const auto& [address, what] : whom_to_tell(remembered, result)) result.told.push_back(address);
    if (services.store == nullptr) return;
    const Recorded recorded = record_decision(remembered, start, fields, result);
    if (recorded == Recorded::yes) break;
    if (tries == kTries) throw std::runtime_error("the same request is decided elsewhere at this moment");
    judged = decide_anew(judged, recorded);
    result = judged;
  }
  if (services.recorded) services.recorded();
}

}  // namespace ccgate
