#include "milter/session/transaction.h"

#include <algorithm>
#include <utility>

#include "milter/evidence/dmarc.h"
#include "milter/session/actions.h"
#include "milter/session/authres.h"
#include "policy/commands.h"
#include "policy/odd_recipient.h"
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

}  // namespace

Recipient read_recipient(const Ruleset& rules, std::string_view raw, std::string_view rcpt_addr) {
  Recipient recipient;
  recipient.raw = raw;
  const bool second = !rcpt_addr.empty() && rcpt_addr != raw;
  for (const std::string_view path : {raw, second ? rcpt_addr : std::string_view()}) {
    auto address = parse_path(path);
    if (!address || std::find(recipient.addresses.begin(), recipient.addresses.end(), *address) !=
                        recipient.addresses.end())
      continue;
    for (Ruleset::Gated& each : rules.gated(*address)) recipient.gated.push_back(std::move(each));
    recipient.addresses.push_back(std::move(*address));
  }
  if (!recipient.gated.empty()) return recipient;
  for (const std::string_view path : {raw, second ? rcpt_addr : std::string_view()}) {
    if (path.empty() || (parse_path(path) && !has_routing_characters(path))) continue;
    for (Ruleset::Gated& each : rules.gated_oddly(path)) recipient.gated.push_back(std::move(each));
  }
  recipient.odd = !recipient.gated.empty();
  return recipient;
}

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
  void judge_all(TransactionResult& result, const Message& message);
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

void Transaction::State::judge_all(TransactionResult& result, const Message& message) {
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
                fields, message, words, result.evidence, times)};
      const RequestKind kind = judged.judgement.request.kind;
      // A command beyond what was read here would still reach the list manager.
      if (truncated && command.reads_body && kind != RequestKind::subscribe && kind != RequestKind::post &&
          kind != RequestKind::owner)
        judged.judgement.verdict =
            refuse({Fault::Kind::over_limit,
                    "this message is too large for a command; send a short one in plain text"});
      result.judgements.push_back(std::move(judged));
    }
  }
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
    const Message& message = std::get<Message>(*state.read);
    result.evidence = state.gather(message);
    state.judge_all(result, message);
    const auto strictest = std::max_element(result.judgements.begin(), result.judgements.end(),
                                            [](const RecipientJudgement& a, const RecipientJudgement& b) {
                                              return std::pair(a.enforced(), a.judgement.verdict.decision) <
                                                     std::pair(b.enforced(), b.judgement.verdict.decision);
                                            });
    result.decided = true;
    result.verdict = strictest->judgement.verdict;
    result.request = strictest->judgement.request;
    result.list = strictest->gated->list->config.name;
    result.passes_untouched =
        std::all_of(result.judgements.begin(), result.judgements.end(), [](const RecipientJudgement& judged) {
          const RequestKind kind = judged.judgement.request.kind;
          return kind == RequestKind::post || kind == RequestKind::owner;
        });
  }
  if (!result.passes_untouched) act(result, *state.running.rules, state.start, state.fields, state.now);
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

LogLine decision_line(const TransactionStart& start, const TransactionResult& result) {
  LogLine line(LogLevel::info, "decision");
  line.add("id", result.decision_id);
  if (!start.queue_id.empty()) line.add("queue_id", start.queue_id);
  line.add("list", result.list);
  if (result.decided) line.add("request", to_string(result.request.kind));
  std::string tlds;
  for (const TldVerdict& each : result.verdict.per_tld)
    if (each.tld) tlds += (tlds.empty() ? "" : ",") + each.tld->ascii();
  if (!tlds.empty()) line.add("tlds", tlds);
  if (!result.author_domain.empty()) line.add("author_domain", result.author_domain);
  line.add("verdict", result.passes_untouched ? "untouched" : to_string(result.verdict.decision));
  if (result.observed) line.add("mode", "observe");
  line.add("ground", to_string(result.verdict.ground));
  if (!result.verdict.rule.empty()) line.add("rule", result.verdict.rule);
  if (!result.verdict.reply.status.empty()) line.add("status", result.verdict.reply.status);
  std::string dkim;
  for (const Signature& signature : result.evidence.signatures) {
    if (dkim.size() > 300) break;
    dkim += (dkim.empty() ? "" : ",") + std::string(to_string(signature.result));
    if (signature.domain) dkim += ":" + signature.domain->ascii();
  }
  if (result.decided) {
    line.add("dkim", dkim.empty() ? "none" : dkim);
    line.add("spf", std::string(to_string(result.evidence.spf.result)) +
                        (result.evidence.spf.domain ? ":" + result.evidence.spf.domain->ascii() : ""));
  }
  if (start.client) line.add("client", start.client->text());
  line.add("ms", static_cast<std::int64_t>(result.took.count()));
  return line;
}

}  // namespace ccgate
