#include "milter/session/transaction.h"

#include <algorithm>
#include <utility>

#include "milter/evidence/dmarc.h"
#include "milter/mime/mime.h"
#include "milter/session/actions.h"
#include "milter/session/authres.h"
#include "milter/session/decision_id.h"
#include "milter/session/transaction_state.h"
#include "policy/closed_set.h"
#include "policy/public_suffix.h"
#include "policy/reply.h"
#include "policy/text.h"

namespace ccgate {
namespace {

using Steady = std::chrono::steady_clock;

/// What is kept of a body for its words: commands and forms are short, list managers read the first lines.
constexpr std::size_t kKeptBodyBytes = 256 * 1024;

std::string address_domain(const std::variant<Message, Fault>& read) {
  const auto* message = std::get_if<Message>(&read);
  return message != nullptr ? message->author.domain().ascii() : "";
}

Envelope read_envelope(std::string_view mail_from) {
  Envelope envelope;
  envelope.mail_from = parse_path(mail_from);
  envelope.null_sender = is_null_sender(mail_from);
  return envelope;
}

}  // namespace

Transaction::State::State(const Services& shared, Running running_now, TransactionStart from)
    : services(shared),
      running(std::move(running_now)),
      start(std::move(from)),
      envelope(read_envelope(start.mail_from)),
      begun(Steady::now()),
      now(services.now()),
      dns(*running.resolver, begun + 4 * running.rules->config.dns.timeout) {}

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

/// Of mail with a forged MAIL FROM of a command address. The MTA would keep what it cannot hand over to its
/// own queue, and try for ever.
bool Transaction::State::is_bounce_of_mta() const {
  return start.from_mta && !observes(start.recipients) &&
         std::all_of(start.recipients.begin(), start.recipients.end(),
                     [](const Recipient& recipient) { return !recipient.gated.empty(); });
}

void Transaction::State::prefetch_sender() {
  if (start.client && envelope.mail_from && !start.client->is_loopback())
    prefetch_spf(*envelope.mail_from, dns);
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
  if (body_lines.exceeded()) return long_line_fault();
  return std::nullopt;
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
    // A forged mark is taken off whatever becomes of the message; no more is kept of it than whose it is.
    const std::string& id = authserv_id_of(state.running.rules->config, state.start);
    state.fields.push_back({std::string(name), claims_authserv_id(value, id) ? " " + id : ""});
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
  state.body_lines.add(octets);
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
  } else if (state.is_bounce_of_mta()) {
    result.bounce_discarded = true;
    result.answer.kind = Answer::Kind::discard;
    result.verdict.decision = Decision::discard;
    result.verdict.ground = Ground::automatic;
  } else if (const auto fault = state.fault()) {
    result.verdict = refuse(*fault);
  } else {
    state.decide(result, std::get<Message>(*state.read));
  }
  if (!result.passes_untouched && !result.bounce_discarded) state.conclude(result);
  result.took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - state.begun);
  return result;
}

}  // namespace ccgate
