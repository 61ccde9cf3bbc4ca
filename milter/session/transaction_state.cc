#include "milter/session/transaction_state.h"

#include <algorithm>
#include <utility>

#include "milter/decision/actions.h"
#include "milter/evidence/dmarc.h"
#include "milter/mime/content_type.h"
#include "milter/mime/mime.h"
#include "policy/request/closed_set.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

Envelope read_envelope(std::string_view mail_from) {
  Envelope envelope;
  envelope.mail_from = parse_path(mail_from);
  envelope.null_sender = is_null_sender(mail_from);
  if (!envelope.mail_from) envelope.domain = domain_of_path(mail_from);
  return envelope;
}

}  // namespace

TransactionState::TransactionState(const Services& shared, Running running_now, TransactionStart from)
    : services(shared),
      running(std::move(running_now)),
      start(std::move(from)),
      envelope(read_envelope(start.mail_from)),
      begun(std::chrono::steady_clock::now()),
      now(services.now()),
      dns(*running.resolver, begun + 4 * running.rules->config.dns.timeout) {}

/// Posts and mail to owners, unless the header section holds a command (mlmmj, the owner of a Sympa list).
bool TransactionState::may_be_untouched() const {
  return std::all_of(start.recipients.begin(), start.recipients.end(), [](const Recipient& recipient) {
    return !recipient.odd &&
           std::all_of(recipient.gated.begin(), recipient.gated.end(), [](const Ruleset::Gated& gated) {
             return gated.command.at_least <= RequestKind::owner && !gated.command.reads_body &&
                    !gated.command.form;
           });
  });
}

bool TransactionState::is_untouched() const {
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

/// HTML that people alone read: whoever breaks a line of it on the way makes a blank of it, and no line. That
/// they may see more than stands there is told by `Words::unread`.
bool TransactionState::may_have_long_lines() const {
  const bool for_people = std::all_of(start.recipients.begin(), start.recipients.end(), [](const auto& each) {
    return std::all_of(each.gated.begin(), each.gated.end(), [](const Ruleset::Gated& gated) {
      const CommandAddress& command = gated.command;
      return command.form && !command.reads_subject && !command.reads_body && !command.reads_headers;
    });
  });
  return for_people && std::any_of(fields.begin(), fields.end(), [](const HeaderField& field) {
           if (!ascii_iequal(field.name, "content-type")) return false;
           const auto type = parse_content_type(field.value);
           return type && type->type == "text/html";
         });
}

/// Of mail with a forged MAIL FROM of a command address. The MTA would keep what it cannot hand over to its
/// own queue, and try for ever.
bool TransactionState::is_bounce_of_mta() const {
  return start.from_mta && !observes(start.recipients) &&
         std::all_of(start.recipients.begin(), start.recipients.end(),
                     [](const Recipient& recipient) { return !recipient.gated.empty(); });
}

void TransactionState::prefetch_sender() {
  if (start.client && envelope.mail_from && !start.client->is_loopback())
    prefetch_spf(*envelope.mail_from, dns);
}

std::optional<Fault> TransactionState::fault() const {
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
  if (body_lines.exceeded() && !may_have_long_lines()) return long_line_fault();
  if (body_ends.bare()) return line_end_fault();
  return std::nullopt;
}

Evidence TransactionState::evidence(const Message& message) {
  Evidence found;
  const Domain& author_domain = message.author.domain();
  // SPF asks one question after another; the keys arrive meanwhile.
  if (start.client && envelope.mail_from)
    found.spf = check_spf(*start.client, start.helo, *envelope.mail_from, dns);
  else
    found.spf.why = !start.client          ? "no client address"
                    : envelope.null_sender ? "no envelope sender"
                                           : "the envelope sender is not one plain address";
  found.signatures = dkim->finish();

  const auto is_parent = [&](const std::optional<Domain>& domain) {
    return domain && alignment(*domain, author_domain) == Alignment::parent;
  };
  const bool ask = is_parent(found.spf.domain) ||
                   std::any_of(found.signatures.begin(), found.signatures.end(),
                               [&](const Signature& signature) { return is_parent(signature.domain); });
  if (ask) {
    const DmarcAlignment dmarc = dmarc_alignment(author_domain, dns);
    found.adkim = dmarc.modes.adkim;
    found.aspf = dmarc.modes.aspf;
    found.organizational = dmarc.organizational;
  }
  return found;
}

Gathered TransactionState::gathered() {
  Gathered mail{services, *running.rules, start, envelope, fields, now};
  if (read) mail.message = std::get_if<Message>(&*read);
  mail.body = body;
  mail.truncated = body_bytes > body.size();
  mail.untouched = untouched;
  mail.bounce_of_mta = is_bounce_of_mta();
  if (untouched || mail.bounce_of_mta) return mail;
  mail.fault = fault();
  if (!mail.fault) mail.evidence = evidence(*mail.message);
  return mail;
}

}  // namespace ccgate
