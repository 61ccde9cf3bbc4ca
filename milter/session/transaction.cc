#include "milter/session/transaction.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "milter/evidence/dmarc.h"
#include "milter/ledger/follow_up.h"
#include "milter/ledger/recorder.h"
#include "milter/ledger/repeat.h"
#include "milter/ledger/replay_keys.h"
#include "milter/ledger/settle.h"
#include "milter/session/actions.h"
#include "milter/session/authres.h"
#include "policy/commands.h"
#include "policy/reply.h"
#include "policy/text.h"

namespace ccgate {
namespace {

using Steady = std::chrono::steady_clock;

/// What is kept of a body for its words: commands and forms are short, list managers read the first lines.
constexpr std::size_t kKeptBodyBytes = 256 * 1024;

Envelope read_envelope(std::string_view mail_from) {
  Envelope envelope;
  envelope.mail_from = parse_path(mail_from);
  envelope.null_sender = mail_from == "<>" || mail_from.empty();
  return envelope;
}

std::string address_domain(const std::variant<Message, Fault>& read) {
  const auto* message = std::get_if<Message>(&read);
  return message != nullptr ? message->author.domain().ascii() : "";
}

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

struct Transaction::State {
  State(const Services& shared, Running running_now, TransactionStart from)
      : services(shared),
        running(std::move(running_now)),
        start(std::move(from)),
        envelope(read_envelope(start.mail_from)),
        begun(Steady::now()),
        now(services.now()),
        dns(*running.resolver, begun + 4 * running.rules->config.dns.timeout) {}

  const Services& services;
  Running running;
  TransactionStart start;
  Envelope envelope;
  Steady::time_point begun;
  std::int64_t now;
  DnsBatch dns;

  std::vector<HeaderField> fields;
  std::size_t header_bytes = 0;
  std::size_t header_count = 0;
  std::optional<std::variant<Message, Fault>> read;
  std::optional<DkimMessage> dkim;
  std::string body;
  std::size_t body_bytes = 0;

  [[nodiscard]] const Limits& limits() const { return running.rules->config.limits; }
  [[nodiscard]] bool headers_over() const {
    return header_bytes > limits().header_bytes || header_count > kMaxFields;
  }
  [[nodiscard]] bool message_over() const { return body_bytes + header_bytes > limits().message_bytes; }

  // Decided by the header section: no recipient's list takes this mail for a command.
  bool untouched = false;

  // Every one is judged by itself.
  static constexpr std::ptrdiff_t kMaxCommands = 20;
  // Each kept field costs more than its octets.
  static constexpr std::size_t kMaxFields = 5000;

  [[nodiscard]] bool may_be_untouched() const;
  [[nodiscard]] bool is_untouched() const;
  void prefetch_sender() {
    if (start.client && envelope.mail_from && !start.client->is_loopback())
      prefetch_spf(*envelope.mail_from, dns);
  }
  [[nodiscard]] std::optional<Fault> fault() const;
  [[nodiscard]] Evidence gather(const Message& message);
  [[nodiscard]] Memory memory(const TransactionResult& result) const;
  [[nodiscard]] History history(const Memory& remembered, const List& list) const;
  void judge_all(TransactionResult& result, const Message& message, const Memory& remembered);
  void decide(TransactionResult& result, const Message& message);
  void conclude(TransactionResult& result);
};

/// Posts and mail to owners, unless the header section holds a command (mlmmj, the owner of a Sympa list).
bool Transaction::State::may_be_untouched() const {
  return std::all_of(start.recipients.begin(), start.recipients.end(), [](const Recipient& recipient) {
    return !recipient.odd &&
           std::all_of(recipient.gated.begin(), recipient.gated.end(), [](const Ruleset::Gated& gated) {
             return gated.command.at_least <= RequestKind::owner && !gated.command.reads_body &&
                    !gated.command.form;
           });
  });
}

bool Transaction::State::is_untouched() const {
  if (headers_over() || !may_be_untouched()) return false;
  const Words words = read_words(fields, "", false, {});
  const bool subject_known =
      words.subject_readable && std::count_if(fields.begin(), fields.end(), [](const HeaderField& field) {
                                  return ascii_iequal(field.name, "subject");
                                }) <= 1;
  return std::all_of(start.recipients.begin(), start.recipients.end(), [&](const Recipient& recipient) {
    return std::all_of(recipient.gated.begin(), recipient.gated.end(), [&](const Ruleset::Gated& gated) {
      // A manager may well decode what we cannot, or read another Subject.
      if (gated.command.reads_subject && !subject_known) return false;
      return kind_from_header(gated.list->config.addresses, gated.command, fields, words.subject) <=
             RequestKind::owner;
    });
  });
}

std::optional<Fault> Transaction::State::fault() const {
  const auto is_odd = [](const Recipient& recipient) { return recipient.odd; };
  if (std::any_of(start.recipients.begin(), start.recipients.end(), is_odd))
    return Fault{Fault::Kind::malformed,
                 "the recipient is not written as one plain address; write to the list's address plainly"};
  if (std::any_of(start.recipients.begin(), start.recipients.end(),
                  [](const Recipient& recipient) { return recipient.own.has_value(); }))
    return Fault{Fault::Kind::malformed, "this is an answer and a request in one; send each by itself"};
  const auto gated = std::count_if(start.recipients.begin(), start.recipients.end(),
                                   [](const Recipient& recipient) { return !recipient.gated.empty(); });
  if (gated > kMaxCommands)
    return Fault{Fault::Kind::over_limit, "this message goes to too many command addresses; write to one"};
  if (headers_over())
    return Fault{Fault::Kind::over_limit, "the header of this message is too large; send a short message"};
  if (message_over())
    return Fault{Fault::Kind::over_limit, "this message is too large; send a short one in plain text"};
  if (!read) return Fault{Fault::Kind::malformed, "this message has no header section"};
  if (const auto* found = std::get_if<Fault>(&*read)) return *found;
  return std::nullopt;
}

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
  const auto* message = read ? std::get_if<Message>(&*read) : nullptr;
  if (message == nullptr || !result.decided) return memory;
  const Domain& author_domain = message->author.domain();
  memory.author_domain = author_domain.ascii();
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
          judge(list.policy, *rules.directory, list.config.addresses, command, recipient.addresses, envelope,
                fields, message, words, result.evidence, times, history(remembered, list))};
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

/// What the client gets, and, before it gets it, what is kept of it.
void Transaction::State::conclude(TransactionResult& result) {
  constexpr int kTries = 3;
  const TransactionResult judged = result;
  for (int tries = 1;; ++tries) {
    act(result, *running.rules, start, fields, now);
    const Memory remembered = memory(result);
    for (const auto& [address, what] : whom_to_tell(remembered, result)) result.told.push_back(address);
    if (services.store == nullptr) return;
    if (record_decision(remembered, start, fields, result)) break;
    // Somebody else had the same message and was first: that answer is the one.
    if (tries == kTries) throw std::runtime_error("the same message is decided elsewhere at this moment");
    result = judged;
    if (const auto before = decision_to_repeat(memory(result), result, strictest_of(result.judgements)))
      repeat(result, *before);
  }
  if (services.recorded) services.recorded();
}

Transaction::Transaction(const Services& services, Running running, TransactionStart start)
    : state_(std::make_unique<State>(services, std::move(running), std::move(start))) {
  if (!state_->may_be_untouched()) state_->prefetch_sender();
}

Transaction::~Transaction() = default;

const TransactionStart& Transaction::start() const noexcept {
  return state_->start;
}
const std::vector<HeaderField>& Transaction::fields() const noexcept {
  return state_->fields;
}

void Transaction::header(std::string_view name, std::string_view value) {
  State& state = *state_;
  state.header_bytes += name.size() + value.size() + 3;
  ++state.header_count;
  if (!state.headers_over()) {
    state.fields.push_back({std::string(name), std::string(value)});
  } else if (state.fields.size() < 2 * State::kMaxFields && is_mark(name)) {
    // A forged mark is taken off whatever becomes of the message; its start tells whose it is.
    state.fields.push_back({std::string(name), std::string(value.substr(0, 200))});
  }
}

void Transaction::end_of_headers() {
  State& state = *state_;
  if (state.read || state.untouched || state.headers_over()) return;
  state.untouched = state.is_untouched();
  if (state.untouched) return;
  if (state.may_be_untouched()) state.prefetch_sender();
  state.read = read_message(state.fields, state.limits());
  const auto* message = std::get_if<Message>(&*state.read);
  if (message == nullptr) return;
  const Domain& author_domain = message->author.domain();
  state.dkim.emplace(state.services.dkim, state.fields, author_domain, state.now, state.limits(), state.dns);
  // Only for an author below the organizational domain can a parent domain speak, and DMARC have a say in it.
  const auto organization = organizational_domain(author_domain);
  if (organization && *organization != author_domain) prefetch_dmarc(author_domain, state.dns);
}

bool Transaction::body(std::string_view octets) {
  State& state = *state_;
  end_of_headers();
  if (state.untouched) return false;
  state.body_bytes += octets.size();
  if (state.fault()) return false;
  state.dkim->body(octets);
  const std::size_t room = kKeptBodyBytes - state.body.size();
  state.body.append(octets.substr(0, room));
  return true;
}

TransactionResult Transaction::finish() {
  State& state = *state_;
  end_of_headers();
  // A slow sender has used up none of the time that DNS is given.
  state.dns.set_deadline(Steady::now() + 4 * state.running.rules->config.dns.timeout);
  TransactionResult result;
  result.decision_id = new_decision_id();
  for (const Recipient& recipient : state.start.recipients) {
    if (recipient.gated.empty()) continue;
    result.list = recipient.gated.front().list->config.name;
    break;
  }
  if (state.read) result.author_domain = address_domain(*state.read);
  if (state.untouched) {
    result.passes_untouched = true;
    result.verdict.decision = Decision::accept;
    result.verdict.ground = Ground::not_gated_request;
  } else if (const auto fault = state.fault()) {
    result.verdict = refuse(*fault);
  } else {
    state.decide(result, std::get<Message>(*state.read));
  }
  if (!result.passes_untouched) state.conclude(result);
  result.took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - state.begun);
  return result;
}

TransactionResult internal_error_result(const Config& config) {
  TransactionResult result;
  result.decision_id = new_decision_id();
  result.verdict.ground = Ground::internal_error;
  result.verdict.decision = on_trouble(config, Ground::internal_error, Decision::tempfail);
  result.verdict.reply = default_reply(Ground::internal_error, Decision::tempfail);
  if (result.verdict.decision == Decision::hold) {
    result.edits.quarantine = "ccgate " + result.decision_id + ": internal_error";
    return result;
  }
  result.verdict.decision = Decision::tempfail;
  result.answer = {Answer::Kind::tempfail, result.verdict.reply};
  result.answer.reply.text = reply_text(result.verdict.reply, result.decision_id);
  return result;
}

}  // namespace ccgate
