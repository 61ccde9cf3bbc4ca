#include "milter/answers/own_mail.h"

#include <algorithm>
#include <utility>

#include "milter/log.h"
#include "milter/mime/mime.h"
#include "milter/notice/tasks.h"
#include "milter/session/decision_id.h"
#include "milter/store/token.h"
#include "policy/contact_answer.h"
#include "policy/reply.h"

namespace ccgate {
namespace {

constexpr std::size_t kKeptBodyBytes = 256 * 1024;

/// False when the MTA may not find one of our addresses, and says nothing of it.
bool can_be_taken_out(const std::vector<Recipient>& recipients) {
  return std::all_of(recipients.begin(), recipients.end(),
                     [](const Recipient& recipient) { return !recipient.own || recipient.certain; });
}

}  // namespace

/// What became of one own address.
struct OwnMail::Taken {
  std::string_view outcome;  ///< word for the log
  std::string decision;      ///< id
  std::string contact;
  std::string_view refusal = {};  ///< for a person whose answer does not count
  std::string detail = {};
};

OwnMail::OwnMail(const Services& services, Running running, TransactionStart start)
    : services_(services), running_(std::move(running)), start_(std::move(start)), now_(services.now()) {}

void OwnMail::header(std::string_view name, std::string_view value) {
  long_line_ = long_line_ || has_long_line(name, value);
  header_bytes_ += name.size() + value.size() + 3;
  if (header_bytes_ <= running_.rules->config.limits.header_bytes)
    fields_.push_back({std::string(name), std::string(value)});
  else
    truncated_ = true;
}

void OwnMail::body(std::string_view octets) {
  body_lines_.add(octets);
  const std::size_t room = kKeptBodyBytes - body_.size();
  truncated_ = truncated_ || octets.size() > room;
  body_.append(octets.substr(0, room));
}

std::string OwnMail::from() const {
  const auto mail_from = parse_path(start_.mail_from);
  std::string text = mail_from ? mail_from->text() : "an unreadable address";
  if (start_.client) text += " at " + start_.client->text();
  return text;
}

OwnMail::Taken OwnMail::take_answer(const Ruleset::Own& own, bool says_no) {
  Store& store = *services_.store;
  const std::string& list = own.list->config.name;
  const std::string hash = token_hash(own.address.token);
  const Taken unknown{"unknown", "", "",
                      "no question was asked from this address; reply to the mail that asks"};
  const auto token = store.find_token(hash);
  if (!token || !same_in_constant_time(token->hash, hash) || token->list != list ||
      (token->purpose != TokenPurpose::confirm && token->purpose != TokenPurpose::refuse))
    return unknown;
  Taken taken{"unclear", token->decision_id, token->contact};
  if (!says_no && token->purpose == TokenPurpose::refuse) {
    taken.refusal =
        "the code of this address only refuses; to confirm, reply to the newest mail that asks you and leave "
        "its address as it is";
    return taken;
  }
  const QuestionState state = says_no ? QuestionState::refused : QuestionState::confirmed;
  const auto to_owner = [&](NoticeKind what) {
    return owner_task(token->decision_id, list, {what, token->contact, from()}, now_);
  };
  std::vector<Task> tasks;
  const auto asked_by = store.find_entry(token->decision_id);
  // A held message does not come again by itself: somebody has to let it go.
  const bool held = asked_by && asked_by->reply.empty();
  if (says_no || held) tasks.push_back(to_owner(says_no ? NoticeKind::refused : NoticeKind::confirmed));
  const TokenUse use = store.answer(hash, list, state, from(), now_, tasks);
  taken.outcome = to_string(state);
  const auto is = [&](QuestionState one) { return use.question && use.question->state == one; };
  switch (use.outcome) {
    case TokenUse::Outcome::done:
      return taken;
    case TokenUse::Outcome::let_in:
      store.add({}, {to_owner(NoticeKind::too_late)});
      taken.outcome = "too_late";
      taken.refusal =
          "this request was let in before; to object, reply to the mail that told you so; the list's owner "
          "knows of this no";
      return taken;
    case TokenUse::Outcome::used:
    case TokenUse::Outcome::expired:
      if (is(state)) {
        taken.outcome = "repeated";
      } else if (is(QuestionState::confirmed) || is(QuestionState::refused)) {
        taken.outcome = "answered_before";
        taken.refusal = "this question has been answered before; write to the list's owner to change that";
      } else {
        taken.outcome = "expired";
        taken.refusal = "this question is no longer open; the author may send the request again";
      }
      return taken;
    case TokenUse::Outcome::unknown:
      break;
  }
  return unknown;
}

OwnMail::Taken OwnMail::take_objection(const Ruleset::Own& own) {
  Store& store = *services_.store;
  const std::string& list = own.list->config.name;
  const std::string hash = token_hash(own.address.token);
  const auto token = store.find_token(hash);
  if (!token || !same_in_constant_time(token->hash, hash) || token->purpose != TokenPurpose::object ||
      token->list != list)
    return {"unknown", "", "", "no notice came from this address; reply to the mail that told you"};
  std::vector<Task> tasks{
      owner_task(token->decision_id, list, {NoticeKind::objected, token->contact, from()}, now_)};
  if (!running_.rules->config.hook_objected.empty())
    tasks.push_back(hook_task(token->decision_id, list, "objected", now_));
  const TokenUse use = store.object(hash, list, from(), now_, tasks);
  Taken taken{"objected", token->decision_id, token->contact};
  if (use.outcome == TokenUse::Outcome::used) taken.outcome = "repeated";
  if (use.outcome == TokenUse::Outcome::expired) {
    taken.outcome = "expired";
    taken.refusal = "the time to object is over; write to the list's owner";
  }
  return taken;
}

OwnMail::Taken OwnMail::take_report(const Ruleset::Own& own) {
  Store& store = *services_.store;
  const std::string& list = own.list->config.name;
  const std::string hash = token_hash(own.address.token);
  const auto token = store.find_token(hash);
  if (!token || !same_in_constant_time(token->hash, hash) || token->purpose != TokenPurpose::bounce ||
      token->list != list)
    return {"unknown", "", ""};
  const DeliveryReport report = read_delivery_report(fields_, is_null_sender(start_.mail_from), body_);
  if (!report.failed) return {"ignored", token->decision_id, token->contact, {}, "no failure"};
  const std::string detail = report.status.empty() ? "came back" : "came back: " + report.status;
  const TokenUse use = store.bounce(
      hash, list, detail, now_,
      {owner_task(token->decision_id, list, {NoticeKind::bounced, token->contact, detail}, now_)});
  Taken taken{"bounced", token->decision_id, token->contact, {}, report.status};
  if (use.outcome == TokenUse::Outcome::used) taken.outcome = "repeated";
  if (use.outcome == TokenUse::Outcome::expired) taken.outcome = "expired";
  return taken;
}

OwnMail::Taken OwnMail::take(const Ruleset::Own& own, const std::string& automatic, const Words& words) {
  if (own.address.kind == OwnAddressKind::notice) {
    Taken taken = take_report(own);
    // A program wants no answer; a person has to know that nobody reads it.
    if ((taken.outcome == "unknown" || taken.outcome == "ignored") && automatic.empty())
      taken.refusal = "nobody reads mail at this address; write to the list's owner";
    return taken;
  }
  // Whatever it says, it is not the contact who says it.
  if (!automatic.empty()) return {"ignored", "", "", {}, "automatic: " + automatic};
  if (own.address.token.empty())
    return {"unknown", "", "", "this address lacks its code; reply to the mail that you got"};
  switch (own.address.kind) {
    case OwnAddressKind::reject:
      return take_answer(own, true);
    case OwnAddressKind::object:
      return take_objection(own);
    case OwnAddressKind::vouch:
    case OwnAddressKind::notice:
      break;
  }
  switch (read_contact_answer(words)) {
    case ContactAnswer::confirms:
      return take_answer(own, false);
    case ContactAnswer::refuses:
      return take_answer(own, true);
    case ContactAnswer::unclear:
      break;
  }
  return {"unclear", "", "", "answer in a short plain text whose first line is yes or no"};
}

/// Nobody reads at our own addresses, and who has a token may use it: none goes on with the mail to others.
TransactionResult OwnMail::refuse_mixture(TransactionResult result) const {
  LogLine line(LogLevel::info, "contact_mail");
  line.add("id", result.decision_id);
  if (!start_.queue_id.empty()) line.add("queue_id", start_.queue_id);
  line.add("outcome", "mixed").add("from", from());
  write_log(line);
  result.answer.kind = Answer::Kind::reject;
  result.answer.reply = {550, "5.7.1", "send the answer by itself, without other recipients here"};
  result.answer.reply.text = reply_text(result.answer.reply, result.decision_id);
  return result;
}

TransactionResult OwnMail::finish() {
  TransactionResult result;
  result.decision_id = new_decision_id();
  result.answer.kind = Answer::Kind::discard;
  MimeLimits mime;
  mime.depth = running_.rules->config.limits.mime_depth;
  Words words = read_words(fields_, body_, truncated_, mime);
  if (long_line_ || body_lines_.exceeded()) {
    words.readable = false;
    words.why_unreadable = "a line is longer than mail may have";
  }
  const bool null_sender = is_null_sender(start_.mail_from);
  const std::string automatic = automatic_because(fields_, null_sender, words.subject);
  const bool others = std::any_of(start_.recipients.begin(), start_.recipients.end(),
                                  [](const Recipient& recipient) { return !recipient.own; });
  // Nothing is taken of what has to come again. A program would not send it again, and decides nothing.
  if (others && !null_sender && !can_be_taken_out(start_.recipients))
    return refuse_mixture(std::move(result));
  for (const Recipient& recipient : start_.recipients) {
    if (!recipient.own) continue;
    result.edits.delete_recipients.push_back(recipient.raw);
    const Taken taken = take(*recipient.own, automatic, words);
    LogLine line(LogLevel::info, "contact_mail");
    line.add("id", result.decision_id);
    if (!start_.queue_id.empty()) line.add("queue_id", start_.queue_id);
    line.add("list", recipient.own->list->config.name).add("at", to_string(recipient.own->address.kind));
    line.add("outcome", taken.outcome);
    if (!taken.decision.empty()) line.add("decision", taken.decision);
    if (!taken.contact.empty()) line.add("contact", taken.contact);
    if (!taken.detail.empty()) line.add("why", taken.detail);
    line.add("from", from());
    write_log(line);
    if (taken.refusal.empty() || null_sender || result.answer.kind == Answer::Kind::reject) continue;
    result.answer.kind = Answer::Kind::reject;
    result.answer.reply = {550, "5.7.1", std::string(taken.refusal)};
    result.answer.reply.text = reply_text(result.answer.reply, result.decision_id);
  }
  if (result.answer.kind == Answer::Kind::reject || !others)
    result.edits = {};
  else
    result.answer.kind = Answer::Kind::accept;
  return result;
}

}  // namespace ccgate
