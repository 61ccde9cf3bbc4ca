#include "milter/session/own_mail.h"

#include <algorithm>
#include <utility>

#include "milter/decision/decision_id.h"
#include "milter/mime/delivery_status.h"
#include "milter/mime/mime.h"
#include "milter/session/take_review.h"
#include "milter/system/log.h"
#include "policy/answer/automatic_mail.h"
#include "policy/answer/contact_answer.h"
#include "policy/answer/delivery_report.h"
#include "policy/answer/removal_line.h"
#include "policy/text/text.h"
#include "policy/verdict/reply.h"

namespace ccgate {
namespace {

constexpr std::size_t kKeptAnswerBytes = 256 * 1024;

constexpr std::string_view kHowToAnswer =
    "nothing was decided; answer in a short plain text whose first line is yes or no and nothing else";
constexpr std::string_view kHowToObject =
    "nothing was changed; to object, reply in a short plain text whose first line is: I object";
constexpr std::string_view kAutomatic =
    "nothing was decided; your answer is marked as written by a program; send it by hand, without such a "
    "mark, or "
    "write to the list's owner";

enum class Decided { nothing, yes, no };

/// What an answer means at an address.
Decided decided_at(OwnAddressKind kind, ContactAnswer answer) {
  // Nobody has this address but from the words that say what any mail to it does.
  if (kind == OwnAddressKind::reject) return Decided::no;
  switch (answer) {
    case ContactAnswer::confirms:
      return kind == OwnAddressKind::vouch ? Decided::yes : Decided::nothing;
    case ContactAnswer::refuses:
      return Decided::no;
    case ContactAnswer::objects:
      return kind == OwnAddressKind::vouch ? Decided::nothing : Decided::no;
    case ContactAnswer::unclear:
      break;
  }
  return Decided::nothing;
}

/// False when the MTA may not find one of our addresses, and says nothing of it.
bool can_be_taken_out(const std::vector<Recipient>& recipients) {
  return std::all_of(recipients.begin(), recipients.end(),
                     [](const Recipient& recipient) { return !recipient.own || recipient.certain; });
}

}  // namespace

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
  const std::size_t room = kKeptAnswerBytes - body_.size();
  truncated_ = truncated_ || octets.size() > room;
  body_.append(octets.substr(0, room));
}

std::string OwnMail::from() const {
  const auto mail_from = parse_path(start_.mail_from);
  std::string text = mail_from ? mail_from->text() : "an unreadable address";
  if (start_.client) text += " at " + start_.client->text();
  return text;
}

std::vector<Address> OwnMail::senders() const {
  std::vector<Address> all;
  for (const HeaderField& field : fields_)
    if (ascii_iequal(field.name, "from"))
      for (Address& address : addresses_in(field.value)) all.push_back(std::move(address));
  if (auto mail_from = parse_path(start_.mail_from)) all.push_back(std::move(*mail_from));
  return all;
}

Taken OwnMail::take_notice(const Ruleset::Own& own, const AutomaticMark& automatic,
                           const Words& words) const {
  const TokenTaker taker{*services_.store, now_, from()};
  const DeliveryReport report =
      read_delivery_report(fields_, is_null_sender(start_.mail_from), delivery_status_parts(fields_, body_),
                           words.subject, words.readable ? words.text : body_);
  Taken taken = take_report(taker, own, report);
  // An answering machine wants no answer; a person has to know that nobody reads it.
  if ((taken.outcome == "unknown" || taken.outcome == "ignored") && !automatic.answers_itself)
    taken.refusal = "nobody reads mail at this address; write to the list's owner";
  return taken;
}

Taken OwnMail::take(const Ruleset::Own& own, const AutomaticMark& automatic, const Words& words) const {
  const OwnAddressKind kind = own.address.kind;
  if (kind == OwnAddressKind::notice) return take_notice(own, automatic, words);
  if (own.address.token.empty() && !automatic.answers_itself)
    return {.outcome = "unknown", .refusal = "this address lacks its code; reply to the mail that you got"};
  const TokenTaker taker{*services_.store, now_, from()};
  // Only whom we wrote to may have us read long texts.
  const ContactAnswer answer =
      has_known_token(taker, own) ? read_contact_answer(words) : ContactAnswer::unclear;
  const Decided decided = decided_at(kind, answer);
  if (!automatic.why.empty()) {
    // Whatever it says, nobody says that it is the contact who says it.
    if (automatic.answers_itself && answer == ContactAnswer::unclear)
      return {.outcome = "ignored", .detail = "automatic: " + automatic.why};
    const bool says_yes = answer == ContactAnswer::confirms;
    const bool says_no = !says_yes && answer != ContactAnswer::unclear;
    const std::string said = says_yes ? "it says yes, but " : says_no ? "it says no, but " : "";
    return take_unclear(taker, own, says_no, said + "it is marked as automatic: " + automatic.why,
                        kAutomatic);
  }
  if (kind != OwnAddressKind::object && is_of_review(taker, own))
    return take_review(taker, own,
                       kind == OwnAddressKind::reject ? ReviewAnswer{ReviewAnswer::Kind::refuses}
                                                      : read_review_answer(words),
                       senders(), *running_.rules->directory);
  if (decided == Decided::nothing)
    return take_unclear(taker, own, false,
                        answer == ContactAnswer::confirms ? "it says yes" : "it says neither yes nor no",
                        kind == OwnAddressKind::object ? kHowToObject : kHowToAnswer);
  if (kind == OwnAddressKind::object)
    return take_objection(taker, own, !own.list->config.hooks.objected.empty());
  return take_answer(taker, own, decided == Decided::no);
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
  const AutomaticMark automatic = automatic_because(fields_, null_sender, words.subject);
  const bool others = std::any_of(start_.recipients.begin(), start_.recipients.end(),
                                  [](const Recipient& recipient) { return !recipient.own; });
  // Nothing is taken of what has to come again. A program would not send it again, and decides nothing.
  if (others && !null_sender && !can_be_taken_out(start_.recipients))
    return refuse_mixture(std::move(result));
  for (const Recipient& recipient : start_.recipients) {
    if (!recipient.own) continue;
    result.edits.delete_recipients.push_back(recipient.raw);
    const Taken& taken = taken_.emplace_back(take(*recipient.own, automatic, words));
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
