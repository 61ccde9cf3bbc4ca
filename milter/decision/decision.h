// milter/decision/decision.h: one transaction as values: who writes to whom, how it was judged, what is
// answered.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/decision/approval.h"
#include "milter/decision/edits.h"
#include "milter/decision/recipient.h"
#include "milter/evidence/spf.h"
#include "milter/store/store.h"
#include "policy/text/enum_words.h"
#include "policy/verdict/judge.h"

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

/// What was decided and why, in few words.
struct Ruling {
  Decision decision = Decision::reject;
  Ground ground = Ground::rule;
  std::string rule = {};
  friend bool operator==(const Ruling&, const Ruling&) = default;
};
[[nodiscard]] Ruling ruling_of(const Verdict& verdict);
[[nodiscard]] Ruling ruling_of(const CcTldVerdict& verdict);

/// The steps behind the policy that may decide otherwise.
enum class DecisionStep {
  contacts,   ///< what they said, or have to be asked
  notices,    ///< somebody who has to be asked or told cannot be written to
  record,     ///< the answer that the same message got before
  bounds,     ///< on requests and mails of a day
  came_back,  ///< the message was let through before
  trouble,    ///< `on` in ccgate.yaml
  envelope,   ///< how the message is addressed, or what cannot be changed about it
};
template <>
struct EnumWords<DecisionStep> {
  using enum DecisionStep;
  static constexpr auto table = word_table<DecisionStep>({
      {contacts, "contacts"},
      {notices, "notices"},
      {record, "record"},
      {bounds, "bounds"},
      {came_back, "came_back"},
      {trouble, "trouble"},
      {envelope, "envelope"},
  });
};

/// That a step decided otherwise than those before it, or the same in another way.
struct DecisionChange {
  DecisionStep step = DecisionStep::contacts;
  Ruling from, to;
  std::string why;  ///< for operators; ASCII but for addresses
};
/// `changes`, and that `step` made `to` of `from`, where these are not the same.
[[nodiscard]] std::vector<DecisionChange> noted(std::vector<DecisionChange> changes, DecisionStep step,
                                                Ruling from, Ruling to, std::string why);

/// For `why`: the first three of `addresses`, and how many more.
[[nodiscard]] std::string some_of(const std::vector<Address>& addresses);

/// The judgement for one gated recipient and one of its lists.
struct RecipientJudgement {
  const Recipient* recipient;
  const Ruleset::Gated* gated;
  Judgement judgement;
  std::string request_key = {};            ///< of the request; empty without a store in the configuration
  std::optional<AskStyle> ask_style = {};  ///< its contacts are asked
  Approval approval = {};
  std::vector<Ruling> said = {};             ///< by the policy alone, for each of the verdict's ccTLDs
  std::vector<DecisionChange> changes = {};  ///< of this one by itself, in order
  /// False when the list only observes: its decision never weighs against a list that enforces.
  [[nodiscard]] bool enforced() const { return gated->list->policy.mode == Mode::enforce; }
  /// A subscription, to a list that enforces.
  [[nodiscard]] bool enforces_subscription() const {
    return enforced() && judgement.request.kind == RequestKind::subscribe;
  }
};

/// What the policies said of one message. Each stage has all that those before it have; none is changed once
/// the next was made of it.
struct Judged {
  std::string decision_id;
  std::string list = {};           ///< of the verdict; the first gated one while there is none
  std::string author_domain = {};  ///< empty when it could not be read
  bool decided = false;            ///< false: a fault before any policy was asked; `judgements` is empty
  Evidence evidence = {};
  Truth dkim_aligned = Truth::no;  ///< of the evidence, as the next
  Truth spf_aligned = Truth::no;
  std::vector<RecipientJudgement> judgements = {};
};

/// What the contacts' own word, the record and the bounds made of it.
struct Settled : Judged {
  bool passes_untouched = false;  ///< none of our business after all: no edits, no mark
  Verdict verdict = {};           ///< the strictest
  Request request = {};           ///< of it, as the two below
  std::string request_key = {};
  std::optional<AskStyle> ask_style =
      {};  ///< of a verdict `ask` whose contacts are asked; nullopt: it is held
  std::optional<DecisionRecord::Seen> seen = {};  ///< when the record was asked about the same message
  bool repeated = false;          ///< the decision recorded before, id included, for the same message
  bool envelope_refused = false;  ///< for how it came, or what could not be changed: not to be repeated for
                                  ///< the same message, which is not to blame
  bool own_notices = false;       ///< contacts are told by mail of our own, not by a copy of this one
  std::vector<DecisionChange> changes = {};  ///< of the whole, in order, behind those of the judgements
};

/// The end of one transaction: `answer` carries out the verdict.
struct TransactionResult : Settled {
  Answer answer = {};
  Edits edits = {};
  std::optional<Decision> observed = {};  ///< in observe mode: what would have been done; the answer accepts
  bool bounce_discarded = false;   ///< the MTA's own bounce: not judged, not recorded, `answer` discards
  std::vector<Address> told = {};  ///< by `own_notices`, in order
  std::chrono::milliseconds took{0};
};

/// True for the argument of MAIL, raw, that names nobody; Postfix's own mail has it without brackets.
[[nodiscard]] inline bool is_null_sender(std::string_view mail_from) {
  return mail_from == "<>" || mail_from.empty();
}

}  // namespace ccgate
