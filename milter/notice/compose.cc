#include "milter/notice/compose.h"

#include <algorithm>
#include <set>
#include <utility>

#include "milter/notice/shown_value.h"
#include "policy/request/own_address.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestDetail = 300;
constexpr std::size_t kMostPeople = 51;  // 50, and how many more there are
constexpr const char* kTooLong = "the address of the list is too long to carry a token";

std::string owner_of(const ListConfig& list) {
  return list.owner ? shown_address(*list.owner) : "not told";
}

std::string shown_client(const std::string& client) {
  if (client.empty()) return "not known";
  return is_ip_address(client) ? client : plain_words(client, 45);
}

NoticeValue cctlds_value(const std::vector<std::string>& labels) {
  return {{shown_cctlds(labels, false)}, shown_cctlds(labels, true)};
}

std::vector<std::string> people_lines(const LedgerEntry& entry) {
  std::vector<std::string> lines;
  const std::vector<PersonText> people = read_people(entry.people);
  for (const PersonText& person : people) {
    if (lines.size() == kMostPeople) {
      lines.push_back("and " + std::to_string(people.size() - kMostPeople) + " more");
      break;
    }
    std::string line = shown_person(person.name, person.email, person.phone, person.other_email);
    if (!line.empty()) lines.push_back(std::move(line));
  }
  if (lines.empty())
    lines.push_back(entry.request == "subscribe"
                        ? "somebody whom the gate cannot name; the request says it unclearly"
                        : shown_foreign_address(entry.author));
  return lines;
}

NoticeValues values_of_list(const ListConfig& list) {
  NoticeValues values;
  values["list"] = value_of(clean_value(list.name, 80));
  values["list_address"] = value_of(shown_address(list.addresses.address));
  values["owner"] = value_of(owner_of(list));
  return values;
}

NoticeValues values_of_entry(const ListConfig& list, const LedgerEntry& entry,
                             const std::vector<std::string>& cctlds) {
  NoticeValues values = values_of_list(list);
  values["id"] = value_of(clean_value(entry.id, 40));
  values["request"] = value_of(entry.request.empty() ? "not read" : plain_words(entry.request, 40));
  values["cctlds"] = cctlds_value(cctlds);
  values["people"] = {people_lines(entry), ""};
  values["author"] = value_of(shown_foreign_address(entry.author));
  values["decided"] = value_of(shown_time(entry.decided));
  values["mail_from"] = value_of(entry.mail_from == "<>" ? "none" : shown_foreign_address(entry.mail_from));
  values["client"] = value_of(shown_client(entry.client));
  values["authenticated"] = value_of(plain_words(passed_evidence(entry.explanation), kLongestDetail));
  return values;
}

struct Headers {
  std::optional<Address> from;
  std::optional<Address> reply_to;
};

/// What few mails have.
struct Extras {
  std::optional<AttachedFile> attached;
  bool no_archive = false;
};

Composed finished(const NoticeFrame& frame, NoticeKind kind, const std::string& language, Headers headers,
                  const std::string& to, const NoticeValues& values, Extras extras = {}) {
  const ListAddresses& addresses = frame.list.addresses;
  const auto bounces = make_own_address(addresses, OwnAddressKind::notice, frame.bounce_token);
  if (!bounces || !headers.from) return {std::nullopt, kTooLong};
  const auto recipient = Address::parse(to);
  if (!recipient) return {std::nullopt, "the recipient is no plain address"};
  NoticeWords words = fill(frame.texts.get(kind, language), values);
  return {
      write_mail({*bounces, frame.list.name + " gate", *headers.from, std::move(headers.reply_to), *recipient,
                  std::move(words.subject), new_message_id(frame.task_key, addresses.address.domain()),
                  frame.now, std::move(words.body), std::move(extras.attached), extras.no_archive}),
      ""};
}

/// A line for each ccTLD, below it its people; nullopt: too many for a mail.
std::optional<std::vector<std::string>> member_lines(const std::vector<std::string>& cctlds,
                                                     const std::vector<Member>& members) {
  constexpr std::size_t kMostLines = 1000;
  std::vector<std::string> lines;
  for (const std::string& cctld : cctlds) {
    bool headed = false;
    for (const Member& member : members) {
      if (member.cctld != cctld) continue;
      if (lines.size() >= kMostLines) return std::nullopt;
      if (!headed) lines.push_back(shown_cctld(cctld));
      headed = true;
      lines.push_back("  " + shown_person(member.name, member.email, member.phone, member.other_email));
    }
  }
  return lines;
}

/// From the address that `token` belongs to, where a reply goes too.
Headers headers_of_token(const NoticeFrame& frame, OwnAddressKind kind, const std::string& token) {
  auto address = make_own_address(frame.list.addresses, kind, token);
  return {address, address};
}

/// From the address that takes what comes back; replies go to the owner.
Headers headers_of_owner(const NoticeFrame& frame) {
  return {make_own_address(frame.list.addresses, OwnAddressKind::notice, frame.bounce_token),
          frame.list.owner};
}

}  // namespace

namespace {

/// What `question`, of either kind, says.
NoticeValues values_of_question(const NoticeFrame& frame, const LedgerEntry& entry, const Question& question,
                                const Address& rejects, std::int64_t fresh) {
  NoticeValues values = values_of_entry(frame.list, entry, question.cctlds);
  values["role"] = value_of(std::string(title_of(question.asked_as.value_or(Voucher::admin_contact))));
  values["contact"] = value_of(shown_address(question.contact));
  values["reject_address"] = value_of(rejects.text());
  values["answer_until"] = value_of(shown_time(question.expires));
  values["fresh"] = value_of(shown_duration(fresh));
  return values;
}

Composed finished_question(const NoticeFrame& frame, NoticeKind kind, const Question& question,
                           const AskTokens& tokens, const NoticeValues& values) {
  return finished(frame, kind, language_for(frame.languages, question.cctlds),
                  headers_of_token(frame, OwnAddressKind::vouch, tokens.confirm), question.contact, values);
}

/// `2`, or `2 for .xa, 1 for .xb`.
std::string needed_text(const std::map<std::string, std::size_t>& needed) {
  std::set<std::size_t> numbers;
  for (const auto& [cctld, need] : needed) numbers.insert(need);
  if (numbers.size() == 1) return std::to_string(*numbers.begin());
  std::string text;
  for (const auto& [cctld, need] : needed)
    text += (text.empty() ? "" : ", ") + std::to_string(need) + " for " + shown_cctlds({cctld}, false);
  return text;
}

std::string beside_text(const std::set<Voucher>& beside) {
  std::string text;
  for (const Voucher voucher : beside) {
    text += text.empty() ? "" : ", ";
    text += voucher == Voucher::members ? "members of the list" : "the " + std::string(title_of(voucher));
  }
  return text.empty() ? "nobody" : text;
}

}  // namespace

Composed compose_ask(const NoticeFrame& frame, const LedgerEntry& entry, const Question& question,
                     const AskTokens& tokens, std::int64_t fresh) {
  const auto rejects = make_own_address(frame.list.addresses, OwnAddressKind::reject, tokens.refuse);
  if (!rejects) return {std::nullopt, kTooLong};
  return finished_question(frame, NoticeKind::ask, question, tokens,
                           values_of_question(frame, entry, question, *rejects, fresh));
}

Composed compose_vouch(const NoticeFrame& frame, const LedgerEntry& entry, const Question& question,
                       const AskPayload& payload, const AskTokens& tokens, std::int64_t fresh) {
  const auto rejects = make_own_address(frame.list.addresses, OwnAddressKind::reject, tokens.refuse);
  if (!rejects) return {std::nullopt, kTooLong};
  NoticeValues values = values_of_question(frame, entry, question, *rejects, fresh);
  values["needed"] = value_of(needed_text(payload.needed));
  values["beside"] = value_of(beside_text(payload.beside));
  return finished_question(frame, NoticeKind::vouch, question, tokens, values);
}

Composed compose_inform(const NoticeFrame& frame, const LedgerEntry& entry, const std::string& to,
                        const InformPayload& payload, const std::string& token, std::int64_t object_until) {
  NoticeValues values = values_of_entry(frame.list, entry, payload.cctlds);
  values["role"] = value_of(payload.previous ? "previous admin contact" : "admin contact");
  values["contact"] = value_of(shown_address(to));
  values["object_until"] = value_of(shown_time(object_until));
  return finished(frame, NoticeKind::inform, language_for(frame.languages, payload.cctlds),
                  headers_of_token(frame, OwnAddressKind::object, token), to, values);
}

Composed compose_digest(const NoticeFrame& frame, const std::string& to, const std::vector<DigestItem>& items,
                        std::int64_t object_until) {
  NoticeValues values = values_of_list(frame.list);
  std::set<std::string> cctlds;
  std::vector<std::string> lines;
  for (const DigestItem& item : items) {
    const auto address = make_own_address(frame.list.addresses, OwnAddressKind::object, item.token);
    if (!address) return {std::nullopt, kTooLong};
    const LedgerEntry& entry = item.entry;
    cctlds.insert(entry.cctlds.begin(), entry.cctlds.end());
    if (!lines.empty()) lines.emplace_back();
    lines.push_back(shown_time(entry.decided) + ": " + plain_words(entry.request, 40) + " for " +
                    shown_cctlds(entry.cctlds, false) + ", by " + shown_foreign_address(entry.author) + " (" +
                    clean_value(entry.id, 40) + ")");
    for (const std::string& person : people_lines(entry)) lines.push_back("  " + person);
    lines.push_back("to object: " + address->text());
  }
  values["contact"] = value_of(shown_address(to));
  values["count"] = value_of(std::to_string(items.size()));
  values["requests"] = {std::move(lines), ""};
  values["object_until"] = value_of(shown_time(object_until));
  return finished(frame, NoticeKind::digest, language_for(frame.languages, {cctlds.begin(), cctlds.end()}),
                  headers_of_owner(frame), to, values);
}

Composed compose_review(const NoticeFrame& frame, const Question& question,
                        const std::vector<Member>& members, const std::string& token, bool reminder) {
  NoticeValues values = values_of_list(frame.list);
  const std::vector<Address>& forms = frame.list.addresses.form;
  values["id"] = value_of(clean_value(question.decision_id, 40));
  values["cctlds"] = cctlds_value(question.cctlds);
  values["contact"] = value_of(shown_address(question.contact));
  values["asked"] = value_of(shown_time(question.asked));
  values["answer_until"] = value_of(shown_time(question.expires));
  values["form_address"] = value_of(forms.empty() ? owner_of(frame.list) : shown_address(forms.front()));
  // An answer stands for all whom it asks about.
  auto lines = member_lines(question.cctlds, members);
  if (!lines) return {std::nullopt, "there are too many people to ask about in one mail"};
  values["members"] = {std::move(*lines), ""};
  return finished(frame, reminder ? NoticeKind::reminder : NoticeKind::review,
                  language_for(frame.languages, question.cctlds),
                  headers_of_token(frame, OwnAddressKind::vouch, token), question.contact, values);
}

Composed compose_repository(const NoticeFrame& frame, const RepositoryWords& words) {
  NoticeValues values = values_of_list(frame.list);
  values["count"] = value_of(std::to_string(words.count));
  values["since"] = value_of(shown_time(words.since));
  values["changes"] = {words.changes, ""};
  values["members"] = {words.members, ""};
  return finished(frame, NoticeKind::repository, "", {frame.list.owner, frame.list.owner},
                  frame.list.addresses.address.text(), values, {words.attached, true});
}

namespace {

/// A line of the form that a reply quotes, `ccTLDs: .xa, .xb`, in as many as it takes: a line that is broken
/// is read to its break only.
std::vector<std::string> cctld_lines(const std::vector<std::string>& labels) {
  constexpr std::size_t kWidest = 60;
  std::vector<std::string> lines;
  for (const std::string& label : labels) {
    const std::string word = shown_cctlds({label}, false);
    if (!lines.empty() && columns(lines.back()) + columns(word) + 2 <= kWidest)
      lines.back() += ", " + word;
    else
      lines.push_back("ccTLDs: " + word);
  }
  return lines;
}

}  // namespace

Composed compose_invite(const NoticeFrame& frame, const LedgerEntry& entry, const std::string& to,
                        const std::vector<std::string>& cctlds, const InvitePayload& payload,
                        std::vector<std::string> tried) {
  NoticeValues values = values_of_list(frame.list);
  const std::vector<Address>& forms = frame.list.addresses.form;
  values["id"] = value_of(clean_value(entry.id, 40));
  values["cctlds"] = cctlds_value(cctlds);
  values["cctld_lines"] = {cctld_lines(cctlds), ""};
  values["contact"] = value_of(shown_address(to));
  values["form_address"] = value_of(forms.empty() ? owner_of(frame.list) : shown_address(forms.front()));
  values["progress"] =
      value_of(std::to_string(payload.on) + " of " + std::to_string(payload.of) + " ccTLDs are on the list");
  values["invited"] = value_of(shown_time(payload.invited));
  values["tried"] = {std::move(tried), ""};
  Headers headers = headers_of_owner(frame);
  if (!forms.empty()) headers.reply_to = forms.front();
  return finished(frame, payload.invited == 0 ? NoticeKind::invite : NoticeKind::remind,
                  language_for(frame.languages, cctlds), std::move(headers), to, values);
}

Composed compose_follow_up(const NoticeFrame& frame, const std::string& to, const FollowUpPayload& payload) {
  NoticeValues values = values_of_list(frame.list);
  values["region"] = value_of(plain_words(payload.region, 40));
  values["follow_ups"] = {payload.lines, ""};
  return finished(frame, NoticeKind::follow_up, "", headers_of_owner(frame), to, values);
}

namespace {

/// What Postfix makes (long and short ones), and nothing that a shell could take for more.
bool is_queue_id(const std::string& text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](char each) {
    return (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z');
  });
}

void add_held(const HeldMail& mail, std::vector<std::string>& lines) {
  const LedgerEntry& entry = mail.entry;
  if (!lines.empty()) lines.emplace_back();
  lines.push_back(shown_time(entry.decided) + ": " + plain_words(entry.request, 40) + " for " +
                  shown_cctlds(entry.cctlds, false) + ", by " + shown_foreign_address(entry.author));
  for (const std::string& person : people_lines(entry)) lines.push_back("  " + person);
  lines.push_back("why: " + plain_sentence(mail.reason, kLongestDetail));
  if (is_queue_id(entry.queue_id)) {
    lines.push_back("queue id: " + entry.queue_id);
    lines.push_back("to let it go: postsuper -H " + entry.queue_id);
    lines.push_back("to delete it: postsuper -d " + entry.queue_id);
  } else {
    lines.push_back("queue id: not known; mailq shows it with the reason above");
  }
  lines.push_back("to record either: ccgate held release " + clean_value(entry.id, 40));
}

}  // namespace

Composed compose_held(const NoticeFrame& frame, const std::string& to, const std::vector<HeldMail>& held) {
  constexpr std::size_t kMostTold = 20;
  NoticeValues values = values_of_list(frame.list);
  std::vector<std::string> lines;
  const std::size_t first = held.size() > kMostTold ? held.size() - kMostTold : 0;
  for (std::size_t i = first; i < held.size(); ++i) add_held(held[i], lines);
  if (first > 0) {
    lines.emplace_back();
    lines.push_back("and " + std::to_string(first) + " before these");
  }
  values["count"] = value_of(std::to_string(held.size()));
  values["held"] = {std::move(lines), ""};
  return finished(frame, NoticeKind::held, "", headers_of_owner(frame), to, values);
}

Composed compose_for_owner(const NoticeFrame& frame, const LedgerEntry& entry, const std::string& to,
                           const OwnerPayload& payload) {
  NoticeValues values = values_of_entry(frame.list, entry, entry.cctlds);
  values["who"] = value_of(shown_address(payload.who));
  values["detail"] = value_of(payload.detail.empty() ? "somewhere, which is not known"
                                                     : plain_sentence(payload.detail, kLongestDetail));
  return finished(frame, payload.what, "", headers_of_owner(frame), to, values);
}

}  // namespace ccgate
