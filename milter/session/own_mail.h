// milter/session/own_mail.h: a mail to our own addresses: the answer of a contact, an objection, or a notice
// that came back. It is read, recorded and goes no further.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "milter/session/take_token.h"
#include "milter/session/transaction.h"
#include "policy/answer/automatic_mail.h"
#include "policy/message/line_limit.h"
#include "policy/names/address.h"

namespace ccgate {

/// One message to at least one own address and to no command address. Not thread-safe. Nothing of it is asked
/// of DNS: that somebody knows the token says enough.
class OwnMail {
 public:
  /// `services` has a store.
  OwnMail(const Services& services, Running running, TransactionStart start);

  /// As for Transaction.
  void header(std::string_view name, std::string_view value);
  void body(std::string_view octets);

  /// Takes each token, writes one log line for each, and gives the answer: `discard`, or, where others get
  /// this mail too, an accept without our addresses; a refusal that tells what to do when a person's answer
  /// does not count, or our addresses cannot be taken out for certain: then no token is taken; never a
  /// refusal to a program that sends with a null sender. Throws StoreError: then it must come again, and what
  /// had been recorded of it is recognised.
  [[nodiscard]] TransactionResult finish();
  /// What became of each of our addresses, in their order; after finish.
  [[nodiscard]] const std::vector<Taken>& taken() const noexcept { return taken_; }

 private:
  [[nodiscard]] Taken take(const Ruleset::Own& own, const AutomaticMark& automatic, const Words& words) const;
  [[nodiscard]] Taken take_notice(const Ruleset::Own& own, const AutomaticMark& automatic,
                                  const Words& words) const;
  [[nodiscard]] TransactionResult refuse_mixture(TransactionResult result) const;
  [[nodiscard]] std::string from() const;
  /// The addresses that it says it comes from.
  [[nodiscard]] std::vector<Address> senders() const;

  const Services& services_;
  Running running_;
  TransactionStart start_;
  std::int64_t now_;
  std::vector<HeaderField> fields_;
  std::size_t header_bytes_ = 0;
  std::string body_;
  std::vector<Taken> taken_;
  bool truncated_ = false;
  bool long_line_ = false;  // in the header section
  LineLimit body_lines_;
};

}  // namespace ccgate
