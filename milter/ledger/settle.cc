#include "milter/ledger/settle.h"

#include <algorithm>
#include <utility>

#include "milter/ledger/follow_up.h"
#include "milter/ledger/ledger_entry.h"
#include "milter/ledger/request_key.h"
#include "milter/ledger/vouchers.h"
#include "policy/verdict/evaluate.h"
#include "policy/verdict/overrule.h"
#include "policy/verdict/reply.h"

namespace ccgate {
namespace {

/// What is decided `from` is decided `to`.
struct Turn {
  Decision from, to;
  Ground ground;
  std::string why;  ///< as in DecisionChange
};

/// Every such ccTLD decided so; what its rule does beside it stays.
RecipientJudgement turned(RecipientJudgement judged, const Directory& directory, const Turn& turn) {
  const auto& [from, to, ground, why] = turn;
  const Ruling before = ruling_of(judged.judgement.verdict);
  Verdict& verdict = judged.judgement.verdict;
  const bool several = verdict.per_cctld.size() > 1;
  for (CcTldVerdict& each : verdict.per_cctld) {
    if (each.decision != from) continue;
    each.decision = to;
    each.ground = ground;
    const bool says = to == Decision::tempfail || to == Decision::reject;
    const CcTld* cctld = each.cctld ? directory.find(*each.cctld) : nullptr;
    each.reply = says ? fill_reply({}, default_reply(ground, to), cctld, several) : Reply{};
  }
  verdict = strictest(std::move(verdict.per_cctld));
  const DecisionStep step =
      ground == Ground::contact_unreachable ? DecisionStep::notices : DecisionStep::contacts;
  judged.changes = noted(std::move(judged.changes), step, before, ruling_of(verdict), why);
  return judged;
}

RecipientJudgement with_reply(RecipientJudgement judged, const Reply& reply) {
  judged.judgement.verdict = replied(std::move(judged.judgement.verdict), reply);
  return judged;
}

AskStyle style_of(const Verdict& verdict, const Config& config) {
  for (const CcTldVerdict& each : verdict.per_cctld)
    if (each.decision == Decision::ask && each.ask_style) return *each.ask_style;
  return config.ask.style;
}

/// Nobody is asked for an author who is not authenticated.
RecipientJudgement without_question(const Memory& memory, RecipientJudgement judged, const Address& author) {
  const Directory& directory = *memory.rules.directory;
  if (memory.authenticated == Truth::unknown)
    return turned(
        std::move(judged), directory,
        {Decision::ask, Decision::tempfail, Ground::dns_trouble,
         "it is not known yet whether the author is authenticated, and no contact is asked for another"});
  return with_reply(turned(std::move(judged), directory,
                           {Decision::ask, Decision::reject, Ground::not_authenticated,
                            "no contact is asked for an author who is not authenticated"}),
                    authentication_reply(memory.evidence, author.domain()));
}

/// Reply to whoever waits for those who are asked: members are nobody's to know.
Reply waiting_reply(AskStyle style, const Approval& approval) {
  return asked_reply(style, approval.named, approval.named.size() < approval.waiting_for.size());
}

/// `why`, and how many have said yes where several are asked.
std::string with_count(std::string why, const std::string& count) {
  return count.empty() ? why : why + "; said yes: " + count;
}

/// For `why`: who said yes.
std::string those_of(const std::vector<Question>& answered) {
  std::vector<Address> all;
  for (const Question& question : answered)
    if (auto who = Address::parse(question.contact)) all.push_back(std::move(*who));
  return some_of(all);
}

/// How many there are to ask where they are too few.
std::string too_few_because(const Memory& memory, const RecipientJudgement& judged,
                            const std::vector<Poll>& polls) {
  std::string why;
  for (const Poll& poll : polls) {
    if (poll.of.size() >= poll.need) continue;
    why += (why.empty() ? "" : ", ") + std::string("for .") + poll.cctld.ascii() +
           " the policy needs the word of " + std::to_string(poll.need) + ", and " +
           std::to_string(poll.of.size()) + " can be asked";
  }
  if (!knows_members(memory) && asks_members(judged.judgement.verdict))
    why += "; who is a member is not known without the store";
  return why;
}

/// What the contacts said makes of `judged`, whose request has its key.
RecipientJudgement heard(const Memory& memory, RecipientJudgement judged, const Address& author) {
  const Verdict& verdict = judged.judgement.verdict;
  if (!judged.enforces_subscription() || verdict.decision > Decision::hold) return judged;
  const Directory& directory = *memory.rules.directory;
  const std::int64_t fresh = memory.rules.config.ask.fresh.count();
  const bool known = !judged.request_key.empty();
  if (known && memory.store != nullptr && memory.store->objected(judged.request_key, memory.now - fresh)) {
    const Decision before = verdict.decision;
    return turned(
        std::move(judged), directory,
        {before, Decision::reject, Ground::contact_refused, "a contact objected to the same request before"});
  }
  if (verdict.decision != Decision::ask) return judged;
  if (memory.authenticated != Truth::yes) return without_question(memory, std::move(judged), author);
  // Where it is not known whom to ask, or about whom, it is held; so is what a question would not show whole.
  const std::vector<Person> people = people_of(judged.judgement.request, author);
  const std::vector<Poll> polls = known && people.size() <= kKeptPeople
                                      ? polls_about(memory, judged, author, people)
                                      : std::vector<Poll>{};
  if (polls.empty()) return judged;
  const std::vector<Question> questions = questions_about(memory, judged);
  const AskTimes times{memory.now, fresh};
  Approval approval = approval_of(polls, questions, times);
  const std::string count = counted_yes(polls, questions, times);
  switch (approval.state) {
    case Approval::State::refused:
      return turned(
          std::move(judged), directory,
          {Decision::ask, Decision::reject, Ground::contact_refused, "a contact that was asked said no"});
    case Approval::State::outvoted:
      return with_reply(
          turned(std::move(judged), directory,
                 {Decision::ask, Decision::reject, Ground::contact_refused,
                  with_count("so many of those who were asked said no that the others are too few", count)}),
          outvoted_reply());
    case Approval::State::too_few: {
      std::string why = too_few_because(memory, judged, polls);
      return turned(std::move(judged), directory,
                    {Decision::ask, Decision::hold, Ground::too_few_to_ask, std::move(why)});
    }
    case Approval::State::given: {
      std::string why = count.empty() ? "every contact that was asked said yes"
                                      : "enough of those who were asked said yes: " + count + "; " +
                                            those_of(approval.given_by);
      judged.approval = std::move(approval);
      return turned(std::move(judged), directory,
                    {Decision::ask, Decision::accept, Ground::contact_confirmed, std::move(why)});
    }
    case Approval::State::waiting:
      break;
  }
  judged.approval = std::move(approval);
  judged.ask_style = style_of(judged.judgement.verdict, memory.rules.config);
  const Reply reply = waiting_reply(*judged.ask_style, judged.approval);
  const std::string why =
      with_count("it waits for the answer of " + some_of(judged.approval.waiting_for), count);
  return with_reply(
      turned(std::move(judged), directory, {Decision::ask, Decision::ask, Ground::contact_asked, why}),
      reply);
}

/// Whether all can be written to who are asked about `judged`, or told when it is let in.
Truth all_can_be_told(const Memory& memory, const RecipientJudgement& judged) {
  Truth all = Truth::yes;
  for (const Address& contact : judged.approval.waiting_for)
    all = both(all, can_be_told(contact, memory.smtputf8));
  for (const auto& [contact, what] : told_of(memory, judged))
    all = both(all, can_be_told(contact, memory.smtputf8));
  return all;
}

}  // namespace

RecipientJudgement settle(const Memory& memory, RecipientJudgement judged, const Address& author) {
  judged.request_key = request_key(judged.gated->list->config.name, judged.judgement.request,
                                   judged.judgement.verdict, author);
  RecipientJudgement settled = heard(memory, std::move(judged), author);
  const Decision decision = settled.judgement.verdict.decision;
  const bool mails =
      decision == Decision::accept || (decision == Decision::ask && settled.ask_style.has_value());
  if (!mails || !settled.enforces_subscription() || memory.authenticated != Truth::yes) return settled;
  const Truth reached = all_can_be_told(memory, settled);
  if (reached == Truth::yes) return settled;
  settled.ask_style.reset();
  settled.approval = {};
  if (reached == Truth::no)
    return turned(std::move(settled), *memory.rules.directory,
                  {decision, Decision::hold, Ground::contact_unreachable,
                   "a contact that has to be asked or told cannot be written to"});
  return turned(std::move(settled), *memory.rules.directory,
                {decision, Decision::tempfail, Ground::contact_unreachable,
                 "it is not known yet whether a contact that has to be asked or told can be written to"});
}

}  // namespace ccgate
