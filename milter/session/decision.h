// milter/session/decision.h: one transaction as values: who writes to whom, how it was judged, what is
// answered.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/spf.h"
#include "milter/ledger/approval.h"
#include "milter/session/edits.h"
#include "milter/session/recipient.h"
#include "milter/store/store.h"
#include "policy/judge.h"

namespace ccgate {

/// What is known when DATA is reached.
struct TransactionStart {
  std::optional<ClientAddress> client;  ///< nullopt: no address (unix socket, unknown)
  std::string helo;
  std::string mail_from;  ///< argument of MAIL, raw
  std::vector<Recipient> recipients;
  std::string authserv_id;  ///< to use when the configuration names none
  std::string queue_id;     ///< may be empty
  bool from_mta = false;    ///< with a null sender and not from the network: the MTA's own bounce
  bool split_missed =
      false;  ///< recipients are mixed though mixed_recipients is split (the MTA could not be told at RCPT)
};

/// The judgement for one gated recipient and one of its lists.
struct RecipientJudgement {
  const Recipient* recipient;
  const Ruleset::Gated* gated;
  Judgement judgement;
  std::string request_key = {};            ///< of the request; empty without a store in the configuration
  std::optional<AskStyle> ask_style = {};  ///< its contacts are asked
  Approval approval = {};
  /// False when the list only observes: its decision never weighs against a list that enforces.
  [[nodiscard]] bool enforced() const { return gated->list->policy.mode == Mode::enforce; }
};

/// The end of one transaction.
struct TransactionResult {
  std::string decision_id;
  Answer answer;
  Edits edits;
  bool passes_untouched = false;     ///< none of our business after all: no edits, no mark
  bool bounce_discarded = false;     ///< the MTA's own bounce: not judged, not recorded, `answer` discards
  bool decided = false;              ///< false: a fault before any policy was asked; `judgements` is empty
  Verdict verdict;                   ///< the strictest, what `answer` carries out
  std::optional<Decision> observed;  ///< in observe mode: what would have been done; the answer accepts
  std::vector<RecipientJudgement> judgements;
  Evidence evidence;
  std::optional<AskStyle> ask_style;  ///< of a verdict `ask` whose contacts are asked; nullopt: it is held
  std::optional<DecisionRecord::Seen> seen = {};  ///< when the record was asked about the same message
  bool repeated = false;          ///< the decision recorded before, id included, for the same message
  bool envelope_refused = false;  ///< for how it came, or what could not be changed: not to be repeated for
                                  ///< the same message, which is not to blame
  bool own_notices = false;       ///< contacts are told by mail of our own, not by a copy of this one
  std::vector<Address> told;      ///< they, in order
  std::string request_key;
  std::string list;
  std::string author_domain;  ///< empty when it could not be read
  Request request;
  std::chrono::milliseconds took{0};
};

/// What gated mail gets when something went wrong on our side, as `on.internal_error` says; a refusal is none
/// of the author's making, and is put off.
[[nodiscard]] TransactionResult internal_error_result(OnTrouble what);

/// True for the argument of MAIL, raw, that names nobody; Postfix's own mail has it without brackets.
[[nodiscard]] inline bool is_null_sender(std::string_view mail_from) {
  return mail_from == "<>" || mail_from.empty();
}

}  // namespace ccgate
