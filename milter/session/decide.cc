#include "milter/session/decide.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "milter/decision/actions.h"
#include "milter/decision/decision_id.h"
#include "milter/decision/rule_edits.h"
#include "milter/decision/weigh.h"
#include "milter/ledger/came_back.h"
#include "milter/ledger/first_receipt.h"
#include "milter/ledger/flood.h"
#include "milter/ledger/follow_up.h"
#include "milter/ledger/recorder.h"
#include "milter/ledger/repeat.h"
#include "milter/ledger/replay_keys.h"
#include "milter/ledger/settle.h"
#include "milter/mime/mime.h"
#include "milter/system/log.h"
#include "policy/verdict/reply.h"
#include "policy/verdict/requested_cctlds.h"

namespace ccgate {
namespace {

Judged unjudged(const Gathered& mail) {
  Judged judged{new_decision_id()};
  const auto& recipients = mail.start.recipients;
  const auto gated = std::find_if(recipients.begin(), recipients.end(),
                                  [](const Recipient& recipient) { return !recipient.gated.empty(); });
  if (gated != recipients.end()) judged.list = gated->gated.front().list->config.name;
  if (mail.message != nullptr) judged.author_domain = mail.message->author.domain().ascii();
  return judged;
}

Memory memory_of(const Gathered& mail) {
  Memory memory{mail.services.store, mail.rules, mail.now, mail.evidence};
  memory.smtputf8 = mail.services.smtputf8;
  memory.told = mail.services.history;
  if (mail.fault || mail.message == nullptr) return memory;
  const Domain& author_domain = mail.message->author.domain();
  memory.author_domain = author_domain.ascii();
  memory.author = mail.message->author;
  memory.dkim_aligned = dkim_aligned(mail.evidence, author_domain, mail.fields);
  memory.spf_aligned = spf_aligned(mail.evidence, author_domain);
  memory.authenticated = either(memory.dkim_aligned, memory.spf_aligned);
  if (memory.store != nullptr && memory.authenticated == Truth::yes) {
    memory.replay_keys = replay_keys(mail.fields, mail.evidence);
    if (!mail.truncated) memory.receipts = receipts_of(mail.fields, mail.body, mail.evidence, author_domain);
  }
  return memory;
}

History history(const Gathered& mail, const Memory& memory, const List& list) {
  if (mail.services.history == nullptr) return history_of(memory, list);
  const FixedHistory& fixed = *mail.services.history;
  return {fixed.seen_before, fixed.rate, fixed.roster ? &*fixed.roster : list.roster.get()};
}

/// By one policy. Whose members are counted is known only when the request was read.
Judgement judge_one(const Gathered& mail, const Memory& memory, const Recipient& recipient,
                    const Ruleset::Gated& gated, const Words& words) {
  const List& list = *gated.list;
  const ContactTimes times{mail.now, mail.rules.config.contacts.max_age.count(),
                           mail.rules.config.contacts.cool_down.count()};
  History known = history(mail, memory, list);
  const auto judged_by = [&](const History& past) {
    return judge(
        list.policy, *mail.rules.directory, {list.config.addresses, gated.command, recipient.addresses},
        {mail.envelope, mail.fields, *mail.message, words, mail.evidence, mail.truncated}, times, past);
  };
  Judgement judgement = judged_by(known);
  if (mail.services.history != nullptr) return judgement;
  std::set<Domain> cctlds = involved_cctlds(list.policy, *mail.rules.directory, *mail.message);
  cctlds.insert(judgement.request.cctlds.begin(), judgement.request.cctlds.end());
  known.members = members_of(memory, list, cctlds);
  return known.members ? judged_by(known) : judgement;
}

/// By the policy of each list that takes it for a command.
Judged judge_all(const Gathered& mail, const Memory& memory, Judged judged) {
  const Ruleset& rules = mail.rules;
  judged.decided = true;
  judged.evidence = mail.evidence;
  judged.dkim_aligned = memory.dkim_aligned;
  judged.spf_aligned = memory.spf_aligned;
  MimeLimits mime;
  mime.depth = rules.config.limits.mime_depth;
  const Words words = read_words(mail.fields, mail.body, mail.truncated, mime);
  for (const Recipient& recipient : mail.start.recipients) {
    for (const Ruleset::Gated& gated : recipient.gated) {
      RecipientJudgement one{&recipient, &gated, judge_one(mail, memory, recipient, gated, words)};
      for (const CcTldVerdict& each : one.judgement.verdict.per_cctld) one.said.push_back(ruling_of(each));
      judged.judgements.push_back(std::move(one));
    }
  }
  return judged;
}

Settled refuse_flood(Settled settled, std::string why) {
  settled = overrule(std::move(settled), {DecisionStep::bounds, Decision::tempfail, Ground::flood,
                                          default_reply(Ground::flood, Decision::tempfail), std::move(why)});
  settled.seen.reset();  // whoever else decided, this is for now only
  return settled;
}

/// What the record knows of the same message.
Settled recall_before(const Memory& memory, Settled settled) {
  const Recalled recalled = recall(memory, settled, strictest_of(settled.judgements));
  if (recalled.seen) settled.seen = recalled.seen;
  if (recalled.before) return repeat(std::move(settled), *recalled.before);
  return settled;
}

Settled bound(const Memory& memory, Settled settled) {
  if (settled.verdict.decision > Decision::hold || settled.request.kind != RequestKind::subscribe)
    return settled;
  std::string why = flood_because(memory, strictest_of(settled.judgements));
  if (why.empty()) return settled;
  return refuse_flood(std::move(settled), std::move(why));
}

Settled settle_whole(const Memory& memory, Settled settled) {
  if (settled.passes_untouched || !strictest_of(settled.judgements).enforced()) return settled;
  settled.own_notices = !memory.rules.config.store.empty() && memory.authenticated == Truth::yes;
  settled = recall_before(memory, std::move(settled));
  if (settled.repeated) return settled;
  return bound(memory, std::move(settled));
}

/// A message that went through before is neither refused now nor let in twice.
Settled put_off_what_came_back(const Gathered& mail, const Memory& memory, Settled settled) {
  if (settled.passes_untouched || observes(mail.start.recipients)) return settled;
  const auto before = came_back(memory, mail.start, mail.fields, settled);
  if (!before) return settled;
  write_log(LogLine(LogLevel::error, "judged_twice")
                .add("id", *before)
                .add("why",
                     "the message was let through before and came back from this machine; take smtpd_milters "
                     "off the service to which content_filter brings mail back"));
  settled = overrule(std::move(settled),
                     {DecisionStep::came_back,
                      Decision::tempfail,
                      Ground::internal_error,
                      {451, "4.3.5", "this message came back to the gate; its postmaster knows"},
                      "it was let through before, as " + *before + ", and came back from this machine"});
  settled.envelope_refused = true;
  return settled;
}

Judged settle_each(const Gathered& mail, const Memory& memory, Judged judged) {
  if (mail.rules.config.store.empty()) return judged;
  for (RecipientJudgement& each : judged.judgements)
    each = settle(memory, std::move(each), mail.message->author);
  return judged;
}

/// As the store stands now. Each step is by itself, for the sake of the stack.
Settled judge_and_settle(const Gathered& mail, const Memory& memory, Judged judged) {
  return settle_whole(memory, weigh(settle_each(mail, memory, judge_all(mail, memory, std::move(judged)))));
}

Settled settle_mail(const Gathered& mail, const Memory& memory, Judged judged) {
  return put_off_what_came_back(mail, memory,
                                mail.fault ? without_judgement(std::move(judged), refuse(*mail.fault))
                                           : judge_and_settle(mail, memory, std::move(judged)));
}

/// Which bounds `result` meets, as far as the store tells.
std::string over_budget_because(const TransactionResult& result) {
  std::vector<Address> mailed = result.told;
  if (result.verdict.decision == Decision::ask)
    for (const RecipientJudgement& judged : result.judgements)
      for (const auto& [contact, about] : judged.approval.unasked) mailed.push_back(contact);
  const std::string requests = "what flood allows in 24 hours is used up, of requests";
  return mailed.empty() ? requests : requests + " or of mails to " + some_of(mailed);
}

/// What `before`, which was not recorded as `result`, is now.
Settled decide_anew(const Gathered& mail, const Memory& memory, Settled before,
                    const TransactionResult& result, Recorded why) {
  switch (why) {
    case Recorded::yes:
      break;
    case Recorded::seen_meanwhile:  // whoever was first: that answer is the one
      return recall_before(memory, std::move(before));
    case Recorded::over_budget:
      return refuse_flood(std::move(before), over_budget_because(result));
    case Recorded::approval_withdrawn: {
      Judged judged = unjudged(mail);
      judged.decision_id = before.decision_id;
      return settle_mail(mail, memory, std::move(judged));
    }
  }
  return before;
}

/// What the client gets, and, before it gets it, what is kept of it.
TransactionResult answer_and_record(const Gathered& mail, const Memory& memory, Settled settled) {
  if (settled.passes_untouched) return {std::move(settled)};
  constexpr int kTries = 4;
  const bool records = mail.services.store != nullptr;
  for (int tries = 1;; ++tries) {
    TransactionResult result = answer(records ? Settled(settled) : std::move(settled), mail.rules, mail.start,
                                      mail.fields, mail.now);
    for (const auto& [address, what] : whom_to_tell(memory, result)) result.told.push_back(address);
    if (!records) return result;
    const Recorded recorded = record_decision(memory, mail.start, mail.fields, result);
    if (recorded == Recorded::yes) {
      if (mail.services.recorded) mail.services.recorded();
      return result;
    }
    if (tries == kTries) throw std::runtime_error("the same request is decided elsewhere at this moment");
    settled = decide_anew(mail, memory, std::move(settled), result, recorded);
  }
}

/// What no policy is asked about.
TransactionResult without_policy(const Gathered& mail, Decision decision, Ground ground) {
  Verdict verdict;
  verdict.decision = decision;
  verdict.ground = ground;
  TransactionResult result{without_judgement(unjudged(mail), std::move(verdict))};
  result.passes_untouched = mail.untouched;
  result.bounce_discarded = !mail.untouched;
  result.answer.kind = answer_kind(decision, {});
  return result;
}

/// By the evidence of its first receipt, when a contact was asked about this request then; nullopt: by what
/// holds now.
std::optional<TransactionResult> decide_as_at_first(const Gathered& mail) {
  DecisionStore* store = mail.services.store;
  if (store == nullptr || mail.fault || mail.message == nullptr || mail.truncated) return std::nullopt;
  const auto first = first_receipt(*store, mail.fields, mail.body, mail.evidence, mail.now);
  if (!first) return std::nullopt;
  Gathered as_then = mail;
  as_then.evidence = first->evidence;
  const Memory memory = memory_of(as_then);
  Settled settled = settle_mail(as_then, memory, unjudged(as_then));
  if (!is_asked_about(*store, settled, *first)) return std::nullopt;
  return answer_and_record(as_then, memory, std::move(settled));
}

}  // namespace

TransactionResult decide(const Gathered& mail) {
  if (mail.untouched) return without_policy(mail, Decision::accept, Ground::not_gated_request);
  if (mail.bounce_of_mta) return without_policy(mail, Decision::discard, Ground::automatic);
  if (auto result = decide_as_at_first(mail)) return std::move(*result);
  const Memory memory = memory_of(mail);
  return answer_and_record(mail, memory, settle_mail(mail, memory, unjudged(mail)));
}

}  // namespace ccgate
