// policy/rules/decision.h: what becomes of a message, as policies, log and ledger name it.
#pragma once

#include "policy/text/enum_words.h"

namespace ccgate {

/// Strictest last: a request for several ccTLDs gets the strictest of their decisions.
enum class Decision { accept, ask, hold, tempfail, discard, reject };
template <>
struct EnumWords<Decision> {
  using enum Decision;
  static constexpr auto table = word_table<Decision>({
      {accept, "accept"},
      {ask, "ask"},
      {hold, "hold"},
      {tempfail, "tempfail"},
      {discard, "discard"},
      {reject, "reject"},
  });
};

/// What becomes of a message while the contact is asked.
enum class AskStyle {
  tempfail,  ///< it stays with its author's mail server, which tries again
  hold,      ///< it waits in the hold queue
  reject,    ///< its author sends it again when the contact has confirmed
};
template <>
struct EnumWords<AskStyle> {
  using enum AskStyle;
  static constexpr auto table = word_table<AskStyle>({
      {tempfail, "tempfail"},
      {hold, "hold"},
      {reject, "reject"},
  });
};

}  // namespace ccgate
