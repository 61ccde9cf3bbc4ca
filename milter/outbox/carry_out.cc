#include "milter/outbox/carry_out.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "milter/members/member_export.h"
#include "milter/members/repository_text.h"
#include "milter/members/reviews.h"
#include "milter/notice/tasks.h"
#include "milter/notice/tried_lines.h"
#include "milter/store/token.h"
#include "milter/system/timestamp.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kMayComeBack = 14 * kDaySeconds;  // longer than any mail server keeps trying
constexpr std::int64_t kHookWaits = 60;                  // for the one before it

const ListConfig* find_list(const Ruleset& rules, const std::string& name) {
  const auto found = std::find_if(rules.lists.begin(), rules.lists.end(),
                                  [&](const List& list) { return list.config.name == name; });
  return found == rules.lists.end() ? nullptr : &found->config;
}

/// `line` with what tells the task.
LogLine about(LogLine line, const Task& task) {
  line.add("kind", to_string(task.kind)).add("id", task.decision_id).add("list", task.list);
  if (!task.to.empty()) line.add("to", task.to);
  return line.add("attempts", task.attempts);
}

}  // namespace

std::int64_t back_off(std::int64_t attempts) noexcept {
  constexpr std::array<std::int64_t, 5> kSeconds{60, 300, 900, 3600, 4 * 3600};
  const auto last = static_cast<std::int64_t>(kSeconds.size()) - 1;
  return kSeconds[static_cast<std::size_t>(std::clamp<std::int64_t>(attempts - 1, 0, last))];
}

/// A mail that is to be handed over, and the decisions it is about.
struct Carrier::Draft {
  Composed composed;
  EventKind when_taken = EventKind::informed;
  std::vector<std::string> decisions;
};

Carrier::Carrier(const WorkerParts& parts, std::shared_ptr<const Ruleset> rules, const NoticeTemplates& texts,
                 std::stop_token stop)
    : parts_(parts), rules_(std::move(rules)), texts_(texts), stop_(std::move(stop)) {}

TaskEnd Carrier::carry_out(const Task& task) {
  now_ = parts_.now();
  if (now_ > task.expires)
    return give_up(task, EventKind::expired, decisions_of(task),
                   task.last_error.empty() ? "its time was over" : task.last_error);
  const ListConfig* list = find_list(*rules_, task.list);
  if (list == nullptr)
    return give_up(task, EventKind::expired, decisions_of(task), "the list is no longer configured");
  return task.kind == TaskKind::hook ? hook(task, *list) : mail(task, *list);
}

TaskEnd Carrier::mail(const Task& task, const ListConfig& list) {
  if (!away_.empty()) {
    parts_.log(about(LogLine(LogLevel::warning, "mail_postponed"), task).add("why", away_));
    return again(task, away_);
  }
  const auto ready = draft(task, list);
  if (!ready) return {};
  if (!ready->composed.mail) return give_up(task, EventKind::bounced, ready->decisions, ready->composed.why);
  if (!submitter_) submitter_ = parts_.submitter(rules_->config.submit, stop_);
  Mail mail = *ready->composed.mail;
  mail.other = list.owner;
  const SubmitResult result = submitter_->submit(mail);
  if (parts_.smtputf8 != nullptr && result.smtputf8 != Truth::unknown)
    parts_.smtputf8->learn(result.smtputf8);
  return mail_ended(task, *ready, result);
}

/// nullopt: it is no longer wanted.
std::optional<Carrier::Draft> Carrier::draft(const Task& task, const ListConfig& list) {
  const Config& config = rules_->config;
  const auto failed = [&](const char* why) {
    return Draft{{std::nullopt, why}, EventKind::informed, {task.decision_id}};
  };
  std::optional<Question> question;
  if (task.kind == TaskKind::ask) {
    question = parts_.store.find_question(task.question);
    if (!question || question->state != QuestionState::open || now_ > question->expires) return std::nullopt;
  }
  const auto entry = parts_.store.find_entry(task.decision_id);
  if (!entry) return failed("the decision is no longer known");
  NoticeFrame frame{list, texts_, config.notices.languages, task.key, "", now_};
  frame.bounce_token = make_token(task, TokenPurpose::bounce, task.decision_id, now_ + kMayComeBack);
  const std::int64_t object_until = now_ + config.object.window.count();
  switch (task.kind) {
    case TaskKind::ask:
      return entry->request == "review" ? draft_review(task, *entry, *question, frame)
                                        : draft_question(task, *entry, *question, frame);
    case TaskKind::inform: {
      const auto payload = read_inform_payload(task.payload);
      if (!payload) return failed("the task has no such payload");
      const std::string token = make_token(task, TokenPurpose::object, task.decision_id, object_until);
      return Draft{compose_inform(frame, *entry, task.to, *payload, token, object_until),
                   EventKind::informed,
                   {task.decision_id}};
    }
    case TaskKind::digest:
      return draft_digest(task, frame);
    case TaskKind::tell_owner: {
      const auto payload = read_owner_payload(task.payload);
      if (!payload) return failed("the task has no such payload");
      if (!list.owner) return failed("the list has no owner");
      if (payload->what == NoticeKind::held) return draft_held(task, *list.owner, frame);
      return Draft{compose_for_owner(frame, *entry, list.owner->text(), *payload), EventKind::informed, {}};
    }
    case TaskKind::repository:
      if (!list.owner) return failed("the list has no owner");
      return draft_repository(task, frame);
    case TaskKind::invite:
      return draft_invite(task, *entry, frame);
    case TaskKind::follow_up: {
      const auto payload = read_follow_up_payload(task.payload);
      if (!payload) return failed("the task has no such payload");
      return Draft{compose_follow_up(frame, task.to, *payload), EventKind::informed, {task.decision_id}};
    }
    case TaskKind::hook:
      break;
  }
  return std::nullopt;
}

std::optional<Carrier::Draft> Carrier::draft_question(const Task& task, const LedgerEntry& entry,
                                                      const Question& question, NoticeFrame& frame) {
  const AskTokens tokens{make_token(task, TokenPurpose::confirm, task.decision_id, question.expires),
                         make_token(task, TokenPurpose::refuse, task.decision_id, question.expires)};
  const std::int64_t fresh = rules_->config.ask.fresh.count();
  const auto payload = read_ask_payload(task.payload);
  if (question.asked_as && !payload)
    return Draft{{std::nullopt, "the task has no such payload"}, EventKind::informed, {task.decision_id}};
  return Draft{payload ? compose_vouch(frame, entry, question, *payload, tokens, fresh)
                       : compose_ask(frame, entry, question, tokens, fresh),
               EventKind::asked,
               {task.decision_id}};
}

/// About the ccTLDs whose contact it still is: to nobody else go names and addresses. nullopt: nobody is left
/// to ask about, or a contact stood for all of them meanwhile.
std::optional<Carrier::Draft> Carrier::draft_review(const Task& task, const LedgerEntry& entry,
                                                    const Question& question, NoticeFrame& frame) {
  std::vector<Member> members;
  Question asked = question;
  const auto contact = Address::parse(question.contact);
  std::erase_if(asked.cctlds, [&](const std::string& cctld) {
    return !contact || !is_still_contact(*rules_->directory, cctld, *contact);
  });
  for (const std::string& cctld : asked.cctlds) {
    MemberFilter filter;
    filter.list = task.list;
    filter.cctld = cctld;
    for (Member& member : parts_.store.members(filter))
      if (is_named_in(member, question, entry)) members.push_back(std::move(member));
  }
  if (std::all_of(members.begin(), members.end(),
                  [&](const Member& member) { return member.checked > question.asked; }))
    return std::nullopt;
  const std::string token = make_token(task, TokenPurpose::confirm, task.decision_id, question.expires);
  return Draft{
      compose_review(frame, asked, members, token, is_reminder(task)), EventKind::asked, {task.decision_id}};
}

std::optional<Carrier::Draft> Carrier::draft_repository(const Task& task, NoticeFrame& frame) {
  const auto payload = read_repository_payload(task.payload);
  if (!payload)
    return Draft{{std::nullopt, "the task has no such payload"}, EventKind::informed, {task.decision_id}};
  MemberFilter filter;
  filter.list = task.list;
  filter.ended = true;
  const std::vector<Member> rows = parts_.store.members(filter);
  RepositoryLines lines = repository_lines(rows, payload->since);
  RepositoryWords words{std::move(lines.changes), std::move(lines.members), lines.count, payload->since};
  if (frame.list.repository.attach == MailAttachment::vcf) {
    std::vector<Member> members;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(members),
                 [](const Member& row) { return row.ended == 0; });
    words.attached = {frame.list.name + ".vcf", "text/vcard; charset=utf-8", members_vcards(members)};
  }
  return Draft{compose_repository(frame, words), EventKind::informed, {task.decision_id}};
}

/// nullopt: all of its ccTLDs are on the list meanwhile, have another contact, or declined.
std::optional<Carrier::Draft> Carrier::draft_invite(const Task& task, const LedgerEntry& entry,
                                                    NoticeFrame& frame) {
  const auto payload = read_invite_payload(task.payload);
  if (!payload)
    return Draft{{std::nullopt, "the task has no such payload"}, EventKind::informed, {task.decision_id}};
  const auto contact = Address::parse(task.to);
  std::vector<std::string> absent;
  for (const std::string& cctld : entry.cctlds)
    if (contact && is_still_contact(*rules_->directory, cctld, *contact) &&
        parts_.store.count_members(task.list, cctld, 1) == 0 && !parts_.store.declined_after(entry.id, cctld))
      absent.push_back(cctld);
  if (absent.empty()) return std::nullopt;
  std::stable_partition(absent.begin(), absent.end(),
                        [](const std::string& cctld) { return !cctld.starts_with("xn--"); });
  std::vector<std::string> tried;
  if (payload->tried)
    if (const auto request = parts_.store.find_entry(payload->tried->id))
      tried = tried_lines(*request, *payload->tried, task.to);
  return Draft{compose_invite(frame, entry, task.to, absent, *payload, std::move(tried)),
               EventKind::informed,
               {task.decision_id}};
}

/// nullopt: all were told of, or let go, meanwhile.
std::optional<Carrier::Draft> Carrier::draft_held(const Task& task, const Address& owner,
                                                  const NoticeFrame& frame) {
  // Of what came before, an earlier notice was given up, as the log told.
  constexpr std::size_t kMostHeld = 1000;
  const std::vector<HeldMail> held =
      parts_.store.held_untold(task.list, now_ - 2 * kLongestDelivery, kMostHeld);
  if (held.empty()) return std::nullopt;
  Draft draft{compose_held(frame, owner.text(), held), EventKind::informed, {}};
  for (const HeldMail& mail : held) draft.decisions.push_back(mail.entry.id);
  return draft;
}

std::optional<Carrier::Draft> Carrier::draft_digest(const Task& task, NoticeFrame& frame) {
  const std::int64_t object_until = now_ + rules_->config.object.window.count();
  Draft result;
  std::vector<DigestItem> items;
  for (LedgerEntry& entry : parts_.store.digest(task.key)) {
    result.decisions.push_back(entry.id);
    std::string token = make_token(task, TokenPurpose::object, entry.id, object_until);
    items.push_back({std::move(entry), std::move(token)});
  }
  if (items.empty()) return std::nullopt;
  result.composed = compose_digest(frame, task.to, items, object_until);
  return result;
}

std::vector<std::string> Carrier::decisions_of(const Task& task) {
  if (task.kind == TaskKind::hook && task.decision_id.empty()) {
    const auto removal = read_removal(task.payload);
    return removal ? std::vector<std::string>{removal->id} : std::vector<std::string>{};
  }
  if (task.kind != TaskKind::digest) return {task.decision_id};
  std::vector<std::string> ids;
  for (const LedgerEntry& entry : parts_.store.digest(task.key)) ids.push_back(entry.id);
  return ids;
}

std::string Carrier::make_token(const Task& task, TokenPurpose purpose, const std::string& decision_id,
                                std::int64_t expires) {
  std::string token = new_token();
  parts_.store.add_token(
      {token_hash(token), purpose, decision_id, task.question, task.to, task.list, expires, 0}, now_);
  return token;
}

TaskEnd Carrier::mail_ended(const Task& task, const Draft& draft, const SubmitResult& result) {
  switch (result.outcome) {
    case SubmitResult::Outcome::taken:
      break;
    case SubmitResult::Outcome::never:
      return give_up(task, EventKind::bounced, draft.decisions, result.why);
    case SubmitResult::Outcome::trouble:
      return troubled(task, result);
    case SubmitResult::Outcome::later: {
      if (result.unreachable) away_ = result.why;
      TaskEnd end = again(task, result.why);
      parts_.log(about(LogLine(LogLevel::warning, "mail_postponed"), task)
                     .add("due", format_timestamp(end.due))
                     .add("why", result.why));
      return end;
    }
  }
  TaskEnd end;
  for (const std::string& id : draft.decisions)
    end.events.push_back({0, id, now_, draft.when_taken, draft.composed.mail->to.text(), result.why});
  parts_.log(about(LogLine(LogLevel::info, "mail_sent"), task).add("reply", result.why));
  return end;
}

/// The owner's mail goes the same way, and waits too; the log tells at once.
TaskEnd Carrier::troubled(const Task& task, const SubmitResult& result) {
  if (result.unreachable) away_ = result.why;
  TaskEnd end = again(task, result.why);
  const bool known = task.last_error == result.why;
  parts_.log(about(LogLine(known ? LogLevel::warning : LogLevel::error, "mail_trouble"), task)
                 .add("due", format_timestamp(end.due))
                 .add("why", result.why));
  if (task.kind == TaskKind::tell_owner) return end;
  try {
    parts_.store.add({}, {delayed_task(task.decision_id, task.list, task.to, result.why, now_)});
  } catch (const StoreError&) {
    // The next try adds it.
  }
  return end;
}

TaskEnd Carrier::hook(const Task& task, const ListConfig& list) {
  if (task.to == "removed") return removal_hook(task, list);
  const bool objected = task.to == "objected";
  const auto& argv = objected ? list.hooks.objected : list.hooks.accepted;
  if (argv.empty()) return give_up(task, EventKind::expired, {task.decision_id}, "no hook is configured");
  if (objected && parts_.store.is_open(hook_key(task.decision_id, "accepted")))
    return {false, {}, {}, now_ + kHookWaits, "waits for the hook of the acceptance"};
  const auto entry = parts_.store.find_entry(task.decision_id);
  if (!entry) return give_up(task, EventKind::expired, {task.decision_id}, "the decision is no longer known");
  return hook_ended(task, task.decision_id,
                    run_hook(argv, hook_input(task.to, *entry, list), parts_.hook_limits, stop_, parts_.run));
}

/// Each end of a membership adds such a task, whether or not there is a hook.
TaskEnd Carrier::removal_hook(const Task& task, const ListConfig& list) {
  const auto& argv = list.hooks.removed;
  const auto removal = read_removal(task.payload);
  if (argv.empty() || !removal) return {};
  MemberFilter filter;
  filter.list = task.list;
  filter.address = removal->address;
  if (!parts_.store.members(filter).empty()) return {};  // somebody stands for this person again
  for (const std::string& id : removal->begun_by)
    if (parts_.store.is_open(hook_key(id, "accepted")))
      return {false, {}, {}, now_ + kHookWaits, "waits for the hook of the acceptance"};
  return hook_ended(
      task, removal->id,
      run_hook(argv, removal_input(*removal, list, now_), parts_.hook_limits, stop_, parts_.run));
}

TaskEnd Carrier::hook_ended(const Task& task, const std::string& decision_id, const HookResult& result) {
  if (result.outcome == HookResult::Outcome::never)
    return give_up(task, EventKind::expired, {decision_id}, result.why);
  if (result.outcome != HookResult::Outcome::done) {
    TaskEnd end = again(task, result.why);
    parts_.log(about(LogLine(LogLevel::warning, "hook_failed"), task)
                   .add("due", format_timestamp(end.due))
                   .add("why", result.why));
    return end;
  }
  parts_.log(about(LogLine(LogLevel::info, "hook_done"), task).add("said", result.why));
  TaskEnd end;
  end.events.push_back({0, decision_id, now_, EventKind::provisioned, "", task.to});
  return end;
}

/// `kind`: expired or bounced. Of what the owner cannot be told, only the log tells.
TaskEnd Carrier::give_up(const Task& task, EventKind kind, const std::vector<std::string>& decisions,
                         const std::string& why) {
  LogLine line = task.kind == TaskKind::hook ? LogLine(LogLevel::error, "hook_failed")
                                             : LogLine(LogLevel::error, "mail_failed");
  parts_.log(about(std::move(line), task).add("why", why));
  TaskEnd end;
  if (task.kind == TaskKind::tell_owner) return end;
  const std::string who = task.kind == TaskKind::hook ? "" : task.to;
  const std::string detail = task.kind == TaskKind::hook ? "hook " + task.to + ": " + why : why;
  for (const std::string& id : decisions) end.events.push_back({0, id, now_, kind, who, detail});
  if (find_list(*rules_, task.list) == nullptr) return end;
  const OwnerPayload payload{kind == EventKind::bounced ? NoticeKind::bounced : NoticeKind::expired,
                             task.kind == TaskKind::hook ? "hook " + task.to : task.to, why};
  // What no decision ended has none to tell of.
  if (task.decision_id.empty() && (decisions.empty() || !parts_.store.find_entry(decisions.front())))
    return end;
  const std::string& id = task.decision_id.empty() ? decisions.front() : task.decision_id;
  end.follow_up.push_back(owner_task(id, task.list, payload, now_));
  return end;
}

TaskEnd Carrier::again(const Task& task, const std::string& why) const {
  // What was broken off by a stop, any worker may try at once; what is over by then is given up on time.
  const std::int64_t pause = stop_.stop_requested() ? 0 : back_off(task.attempts);
  return {false, {}, {}, std::min(now_ + pause, task.expires + 1), why};
}

}  // namespace ccgate
