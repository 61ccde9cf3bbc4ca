// milter/session/take_token.h: the token of one of our own addresses taken, and what comes of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "milter/site/ruleset.h"
#include "milter/store/answer_store.h"
#include "policy/answer/delivery_report.h"

namespace ccgate {

/// What became of one own address.
struct Taken {
  std::string_view outcome;       ///< word for the log
  std::string decision = {};      ///< id
  std::string contact = {};       ///< whom the token was mailed to
  std::string_view refusal = {};  ///< for a person whose answer does not count
  std::string detail = {};        ///< for the log
};

/// What the functions below need beside the address. `unknown` is what they say when its token is none of
/// ours, of another list, or for something else. Each throws StoreError: then it may be done, and asking
/// again is no error.
struct TokenTaker {
  AnswerStore& store;
  std::int64_t now = 0;  ///< seconds since 1970
  std::string from;      ///< who sent it, for the ledger and the owner
};

/// True when the token of `own` was mailed out for this list and for what its address is for. Where it is
/// false, nothing that the mail says matters, and it need not be read.
[[nodiscard]] bool has_known_token(const TokenTaker& taker, const Ruleset::Own& own);

/// The answer to a question. The list's owner is told of a no, of a yes to a held message, and of a no that
/// came too late.
[[nodiscard]] Taken take_answer(const TokenTaker& taker, const Ruleset::Own& own, bool says_no);

/// An objection; the list's owner is told, and with `hook` the hook `objected` follows.
[[nodiscard]] Taken take_objection(const TokenTaker& taker, const Ruleset::Own& own, bool hook);

/// An answer that is none, to a question or to what told of an acceptance: an event, and the list's owner is
/// told, once for each decision and contact; `says_no` of what does not count although it says no: once more.
/// `why` is for the ledger, the owner and the log; `refusal` for the person.
[[nodiscard]] Taken take_unclear(const TokenTaker& taker, const Ruleset::Own& own, bool says_no,
                                 const std::string& why, std::string_view refusal);

/// What a mail system says of a mail of ours; the list's owner is told when it failed.
[[nodiscard]] Taken take_report(const TokenTaker& taker, const Ruleset::Own& own,
                                const DeliveryReport& report);

}  // namespace ccgate
