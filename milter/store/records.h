// milter/store/records.h: what is kept of decisions and of everything that follows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rules/quorum.h"
#include "policy/text/durations.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// One decision, as the ledger keeps it. Texts are UTF-8 without NUL; times are seconds since 1970.
struct LedgerEntry {
  std::string id;                   ///< decision id, as in log, reply and X-CCgate
  std::int64_t decided = 0;         ///< when
  std::string list;                 ///< name of the list
  std::string request;              ///< kind of request: subscribe, ...; empty where it was not read
  std::vector<std::string> cctlds;  ///< A-labels, sorted
  std::string author;               ///< RFC5322.From; empty where it could not be read
  std::string author_domain;        ///< of it, A-labels; empty unless DKIM or SPF says that it is
  std::string mail_from;            ///< RFC5321.MailFrom; `<>` for none
  std::string client;               ///< IP address; empty: unknown
  std::string helo;
  std::vector<std::string> recipients;  ///< RFC5321.RcptTo, the gated ones
  std::string message_id;
  std::string people;           ///< JSON: who is to be subscribed, `[{"name":..., "email":..., "phone":...}]`
  std::string evidence_digest;  ///< hex SHA-256 of what DKIM and SPF said
  std::string verdict;          ///< decision word
  std::string ground;
  std::string rule;
  std::string policy_hash;
  std::string reply;        ///< `550 5.7.2 text [id]`; empty: the MTA's own words
  std::string queue_id;     ///< the MTA's; may be empty
  std::string request_key;  ///< hex SHA-256 of list, kind, ccTLDs, author, people; empty where none was read
  std::string explanation;  ///< JSON, as `ccgate explain --json` shows it
  bool observed = false;    ///< the list only observes: the verdict was not carried out
  std::int64_t keep_until = 0;  ///< when it may be purged
  friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

// The words of the enums below are what the store holds: a word never changes its meaning.

/// What follows a decision.
enum class EventKind {
  informed,   ///< a notice went out to `who`
  digested,   ///< in a store of an older schema: it stands in the digest for `who`; detail: its key
  asked,      ///< a question went out to `who`
  confirmed,  ///< `who` (the contact that was asked) confirmed; detail: from where
  refused,    ///< or said no
  unclear,   ///< an answer in the name of `who` that says neither, or came from a program; detail: from where
  objected,  ///< `who` (the contact that was told) objects
  bounced,   ///< mail to `who` came back, or was not taken; detail: why
  expired,   ///< a question to `who`, or a mail to it, was given up
  provisioned,  ///< a hook did its work; detail: which
  repeated,     ///< the same message, or request, came again and got the recorded answer
  held,         ///< the message went to the MTA's hold queue; detail: the reason that stands there
  released,     ///< somebody says that it is there no more; detail: why
};
template <>
struct EnumWords<EventKind> {
  using enum EventKind;
  static constexpr auto table = word_table<EventKind>({
      {informed, "informed"},
      {digested, "digested"},
      {asked, "asked"},
      {confirmed, "confirmed"},
      {refused, "refused"},
      {unclear, "unclear"},
      {objected, "objected"},
      {bounced, "bounced"},
      {expired, "expired"},
      {provisioned, "provisioned"},
      {repeated, "repeated"},
      {held, "held"},
      {released, "released"},
  });
};

struct LedgerEvent {
  std::int64_t number = 0;  ///< given by the store, rising
  std::string decision_id;
  std::int64_t at = 0;
  EventKind kind = EventKind::informed;
  std::string who;
  std::string detail;       ///< of `repeated` and `unclear`, what stood at the last time
  std::int64_t times = 1;   ///< of those, how often: all of one decision and `who` are one event
  std::int64_t latest = 0;  ///< the last of several times; 0: there was one
  friend bool operator==(const LedgerEvent&, const LedgerEvent&) = default;
};

/// What is to be done after the reply to the client.
enum class TaskKind {
  inform,      ///< tell `to` of an acceptance
  digest,      ///< added by an older ccgate: tell `to` of several acceptances
  ask,         ///< mail the question `question` to `to`
  tell_owner,  ///< tell the list's owner what `payload` says
  hook,        ///< run a program
  repository,  ///< mail who is on the list to it; `payload` says since when changes are told
  invite,      ///< invite the contact `to`, or once more; `payload` says what it is told
  follow_up,   ///< mail the text in `payload` to `to`: whom to follow up in one region
};
template <>
struct EnumWords<TaskKind> {
  using enum TaskKind;
  static constexpr auto table = word_table<TaskKind>({
      {inform, "inform"},
      {digest, "digest"},
      {ask, "ask"},
      {tell_owner, "tell_owner"},
      {hook, "hook"},
      {repository, "repository"},
      {invite, "invite"},
      {follow_up, "follow_up"},
  });
};

struct Task {
  std::int64_t number = 0;  ///< given by the store
  std::string key;          ///< unique for ever: a second task of the same key is not added
  TaskKind kind = TaskKind::inform;
  std::string decision_id;  ///< of the decision it follows
  std::string list;
  std::string to;             ///< address; of a hook its name, `accepted`, `objected` or `removed`
  std::string question;       ///< ask: id of the question
  std::string payload;        ///< JSON for whoever carries it out
  std::int64_t due = 0;       ///< not before
  std::int64_t expires = 0;   ///< given up after
  std::int64_t attempts = 0;  ///< so far
  std::string last_error;
  friend bool operator==(const Task&, const Task&) = default;
};

/// Seconds: what was written down later than so long from now was by a clock that was wrong.
inline constexpr std::int64_t kClockError = kDaySeconds;

enum class QuestionState {
  open,
  confirmed,
  refused,
  expired,  ///< nobody answered in time; or, with `answered`, an operator took it back: nobody is asked about
            ///< the same before `expires`
  undelivered,  ///< its mail failed for good: an answer counts all the same, but nobody waits for one
};
template <>
struct EnumWords<QuestionState> {
  using enum QuestionState;
  static constexpr auto table = word_table<QuestionState>({
      {open, "open"},
      {confirmed, "confirmed"},
      {refused, "refused"},
      {expired, "expired"},
      {undelivered, "undelivered"},
  });
};

/// One contact, or member, asked about one request.
struct Question {
  std::string id;
  std::string request_key;
  std::string decision_id;  ///< the decision that asked it
  std::string list;
  std::string contact;              ///< address
  std::vector<std::string> cctlds;  ///< those of the request that its word counts for; A-labels, sorted
  std::int64_t asked = 0;
  std::int64_t expires = 0;  ///< an answer after it does not count
  QuestionState state = QuestionState::open;
  std::int64_t answered = 0;
  std::int64_t let_in = 0;  ///< when the request was accepted, by this answer or without it; 0: not yet
  std::optional<Voucher> asked_as = {};  ///< where several are asked; nullopt: as the one contact
  friend bool operator==(const Question&, const Question&) = default;
};

/// What was verified about a message at its first receipt, kept while a contact is asked about its request.
struct KeptEvidence {
  std::string key;          ///< hex SHA-256 of the message and one of its signatures
  std::string request_key;  ///< of the request that was asked about
  std::string evidence;     ///< JSON
  std::int64_t until = 0;   ///< it counts before
  friend bool operator==(const KeptEvidence&, const KeptEvidence&) = default;
};

/// What a token is for. A token itself is never kept, only the SHA-256 of it.
enum class TokenPurpose {
  confirm,  ///< answers a question, with yes or no
  refuse,   ///< answers it with no alone
  object,
  bounce,
};
template <>
struct EnumWords<TokenPurpose> {
  using enum TokenPurpose;
  static constexpr auto table = word_table<TokenPurpose>({
      {confirm, "confirm"},
      {refuse, "refuse"},
      {object, "object"},
      {bounce, "bounce"},
  });
};
/// `answer`, as a store of an older schema has it for one token that did both, is read as refuse.
[[nodiscard]] std::optional<TokenPurpose> parse_token_purpose(std::string_view word) noexcept;

struct Token {
  std::string hash;  ///< hex SHA-256
  TokenPurpose purpose = TokenPurpose::bounce;
  std::string decision_id;
  std::string question;  ///< confirm, refuse, and bounce of a question: its id
  std::string contact;   ///< address it was mailed to
  std::string list;
  std::int64_t expires = 0;
  std::int64_t used = 0;  ///< 0: not yet
  friend bool operator==(const Token&, const Token&) = default;
};

}  // namespace ccgate
