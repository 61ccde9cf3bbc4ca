// milter/notice/smtputf8.h: whether our mail can reach addresses that are not ASCII (RFC 6531).
#pragma once

#include <atomic>

#include "policy/evidence/truth.h"
#include "policy/names/address.h"

namespace ccgate {

/// What is known of the way that our mail leaves by: does it take addresses whose local part is not ASCII?
/// Unknown until the mail server was heard. Thread-safe.
class Smtputf8Offer {
 public:
  [[nodiscard]] Truth offered() const noexcept { return offered_; }
  void learn(Truth offered) noexcept { offered_ = offered; }

 private:
  std::atomic<Truth> offered_{Truth::unknown};
};

/// True when the local part is not ASCII. A domain always is, by its A-labels.
[[nodiscard]] bool needs_smtputf8(const Address& address) noexcept;

/// Whether mail of ours can be on its way to `contact`. Null: nothing is mailed from here (an explanation, a
/// scenario), and everybody counts as reached.
[[nodiscard]] Truth can_be_told(const Address& contact, const Smtputf8Offer* offer) noexcept;

}  // namespace ccgate
