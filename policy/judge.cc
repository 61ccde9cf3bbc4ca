#include "policy/judge.h"

#include <algorithm>

#include "policy/not_understood.h"

namespace ccgate {
namespace {

bool contains(const std::vector<Address>& addresses, const Address& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

/// The command address, in any spelling that is the same command, is in To or Cc.
bool addressed(const ListAddresses& list, const CommandAddress& command,
               const std::vector<Address>& recipient, const Message& message) {
  const auto same = [&](const Address& address) {
    if (contains(recipient, address)) return true;
    const auto other = command_address(list, address);
    return other && other->at_least == command.at_least && other->detail == command.detail &&
           other->form == command.form && other->reads_body == command.reads_body;
  };
  return std::any_of(message.to.begin(), message.to.end(), same) ||
         std::any_of(message.cc.begin(), message.cc.end(), same);
}

std::optional<Fault> envelope_fault(const Envelope& envelope) {
  if (envelope.null_sender)
    return Fault{Fault::Kind::automatic,
                 "a message without an envelope sender is no request; write the mail by hand"};
  if (!envelope.mail_from)
    return Fault{Fault::Kind::malformed, "the envelope sender (MAIL FROM) is not one plain address"};
  return std::nullopt;
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

}  // namespace

Judgement judge(const Policy& policy, const Directory& directory, const ListAddresses& list,
                const CommandAddress& command, const std::vector<Address>& recipient,
                const Envelope& envelope, const std::vector<HeaderField>& fields, const Message& message,
                const Words& words, const Evidence& evidence, const ContactTimes& times,
                const History& history) {
  const auto decide = [&](bool use_text) {
    Judgement judgement{read_request(list, command, message, fields, words, use_text), {}};
    const Facts facts{fields,    message,       judgement.request, envelope.mail_from,
                      times.now, times.max_age, times.cool_down,   history};
    judgement.verdict = evaluate(policy, directory, facts, evidence);
    if (!judgement.request.understood) tell_not_understood(list, judgement.verdict);
    return judgement;
  };

  const Truth authentic =
      words.readable ? text_authentic(evidence, message.author.domain(), fields) : Truth::no;
  Judgement judgement = decide(authentic == Truth::yes);
  const RequestKind kind = judgement.request.kind;
  if (kind == RequestKind::post || kind == RequestKind::owner) return judgement;

  if (auto fault = envelope_fault(envelope)) {
    judgement.verdict = refuse(*fault);
  } else if (auto unreadable = words_fault(command, words)) {
    judgement.verdict = refuse(*unreadable);
  } else if (!addressed(list, command, recipient, message)) {
    judgement.verdict = refuse(
        {Fault::Kind::malformed, "the list's command address is not in To or Cc; write to it directly"});
  } else if (authentic == Truth::unknown) {
    Judgement with_text = decide(true);
    const bool same = with_text.verdict.decision == judgement.verdict.decision &&
                      with_text.request.tlds == judgement.request.tlds;
    if (!same) {
      Verdict& verdict = judgement.verdict;
      verdict.decision = Decision::tempfail;
      verdict.ground = Ground::dns_trouble;
      verdict.rule.clear();
      verdict.reply = {451, "4.4.3", "DNS does not answer now; your mail server will try again"};
    }
  }
  return judgement;
}

}  // namespace ccgate
