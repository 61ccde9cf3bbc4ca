#include "policy/verdict/judge.h"

#include <algorithm>
#include <set>
#include <utility>

#include "policy/rules/implication.h"
#include "policy/verdict/not_understood.h"
#include "policy/verdict/overrule.h"
#include "policy/verdict/requested_cctlds.h"

namespace ccgate {
namespace {

bool contains(const std::vector<Address>& addresses, const Address& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

/// The command address, in any spelling that is the same command, is in To or Cc.
bool addressed(const Destination& to, const Message& message) {
  const CommandAddress& command = to.command;
  const auto same = [&](const Address& address) {
    if (contains(to.recipient, address)) return true;
    const auto other = command_address(to.list, address);
    return other && other->at_least == command.at_least && other->detail == command.detail &&
           other->form == command.form && other->reads_body == command.reads_body;
  };
  return std::any_of(message.to.begin(), message.to.end(), same) ||
         std::any_of(message.cc.begin(), message.cc.end(), same);
}

std::optional<Domain> domain_of(const Envelope& envelope) {
  return envelope.mail_from ? std::optional(envelope.mail_from->domain()) : envelope.domain;
}

bool is_unsigned(const ReceivedMail& mail) {
  return dkim_aligned(mail.evidence, mail.message.author.domain(), mail.fields) == Truth::no;
}

/// No address, and no domain that could be told.
bool is_odd_sender(const Envelope& envelope) {
  return !envelope.null_sender && !envelope.mail_from && !envelope.domain;
}

Fault odd_sender() {
  return {Fault::Kind::malformed, "the envelope sender (MAIL FROM) is not one plain address"};
}

/// Whoever signed says enough: how the mail came here is the way's business (RFC 5321 4.5.3.1, 2.3.11).
/// Without that, MAIL FROM is all there is.
std::optional<Fault> envelope_fault(const ReceivedMail& mail) {
  const Envelope& envelope = mail.envelope;
  if (envelope.null_sender)
    return Fault{Fault::Kind::automatic,
                 "a message without an envelope sender is no request; write the mail by hand"};
  if (envelope.mail_from || !is_unsigned(mail)) return std::nullopt;
  return odd_sender();
}

/// A command beyond what was read here would still reach the list manager, whatever was read before it.
std::optional<Fault> size_fault(const CommandAddress& command, RequestKind kind, bool truncated) {
  if (!truncated || !command.reads_body || kind == RequestKind::subscribe) return std::nullopt;
  return Fault{Fault::Kind::over_limit,
               "this message is too large for a command; send a short one in plain text"};
}

std::optional<Fault> words_fault(const CommandAddress& command, const Words& words) {
  // The list manager or a person will read what could not be read here; only a join address needs no text.
  const bool text_decides =
      (command.reads_body && command.at_least != RequestKind::subscribe) || command.form;
  if (!words.subject_readable && command.reads_subject && command.at_least != RequestKind::subscribe)
    return Fault{Fault::Kind::malformed,
                 "the Subject of this message cannot be read; write it in plain letters or UTF-8"};
  if (words.readable || !text_decides) return std::nullopt;
  return Fault{Fault::Kind::malformed,
               "the text of this message cannot be read; send it as plain text in UTF-8"};
}

/// What it is refused for before its policy is asked; `basis` tells of what is no matter of this policy
/// alone.
std::optional<Fault> faults_of(const Policy& policy, const Destination& to, const ReceivedMail& mail,
                               RequestKind kind, JudgementBasis& basis) {
  std::optional<Fault> fault = size_fault(to.command, kind, mail.truncated);
  if (!fault) fault = envelope_fault(mail);
  basis.odd_sender = is_odd_sender(mail.envelope);
  const bool compared = !fault && basis.odd_sender &&
                        looks_at(policy, [](Fact each) { return each == Fact::mail_from_domain; });
  if (!fault) fault = words_fault(to.command, mail.words);
  if (!fault && !addressed(to, mail.message))
    fault =
        Fault{Fault::Kind::malformed, "the list's command address is not in To or Cc; write to it directly"};
  if (fault) basis.fault = refuse(*fault).ground;
  return compared ? odd_sender() : fault;
}

}  // namespace

Judgement judge(const Policy& policy, const Directory& directory, const Destination& to,
                const ReceivedMail& mail, const ContactTimes& times, const History& history) {
  const std::set<Domain> involved = involved_cctlds(policy, directory, mail.message);
  const KnownCcTlds known{[&](const Domain& label) { return directory.find(label) != nullptr; },
                          [&](const Domain& label) { return involved.contains(label); },
                          [&](const Address& address) {
                            const bool copied =
                                contains(mail.message.to, address) || contains(mail.message.cc, address);
                            return copied && !directory.cctlds_of(policy.authority, address).empty();
                          }};
  const auto decide = [&](bool use_text) {
    Judgement judgement{
        read_request(to.list, to.command, mail.message, mail.fields, mail.words, use_text, known), {}};
    const Facts facts{mail.fields, mail.message,  judgement.request, domain_of(mail.envelope),
                      times.now,   times.max_age, times.cool_down,   history};
    judgement.verdict = evaluate(policy, directory, facts, mail.evidence);
    judgement.basis.cases.push_back(basis_of(policy, directory, facts, mail.evidence));
    if (judgement.request.asks_to_leave)
      judgement.verdict = refuse_unclear(to.list, std::move(judgement.verdict));
    if (!judgement.request.understood)
      judgement.verdict = tell_not_understood(to.list, std::move(judgement.verdict));
    return judgement;
  };

  const Truth authentic = mail.words.readable
                              ? text_authentic(mail.evidence, mail.message.author.domain(), mail.fields)
                              : Truth::no;
  Judgement judgement = decide(authentic == Truth::yes);
  const RequestKind kind = judgement.request.kind;
  if (kind == RequestKind::post || kind == RequestKind::owner) return judgement;

  JudgementBasis& basis = judgement.basis;
  const auto fault = faults_of(policy, to, mail, kind, basis);
  if (fault) {
    judgement.verdict = refuse(*fault);
  } else if (authentic == Truth::unknown) {
    Judgement with_text = decide(true);
    basis.cases.push_back(std::move(with_text.basis.cases.front()));
    const bool same = with_text.verdict.decision == judgement.verdict.decision &&
                      with_text.request.cctlds == judgement.request.cctlds;
    if (!same)
      judgement.verdict =
          overruled(std::move(judgement.verdict), Decision::tempfail, Ground::dns_trouble,
                    {451, "4.4.3", "DNS does not answer now; your mail server will try again"});
  }
  return judgement;
}

}  // namespace ccgate
