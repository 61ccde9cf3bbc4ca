// policy/verdict/verdict.h: what was decided about one message, why, and every rule that was tried on the
// way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/evidence/truth.h"
#include "policy/rules/policy.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// Why: the first thing that decided. One word each in the log.
enum class Ground {
  // let through, or a rule of the operator's
  author_is_contact,
  contact_in_copy,
  rule,
  not_gated_request,  ///< a post, a mail to the owner, a kind that no rule names
  // built-in guards, and those of the operator's
  malformed,
  over_limit,
  automatic,
  guard,
  // the default, and what was missing
  not_authenticated,
  outsider,
  contact_not_in_copy,
  // the request itself
  unknown_cctld,
  contradiction,
  no_cctld,
  mixed_recipients,
  // the contact's own word
  contact_asked,
  contact_confirmed,
  contact_refused,  ///< said no to the question, or objected to the same request before
  too_few_to_ask,   ///< fewer people than the policy needs the word of
  // not now
  contact_unreachable,
  flood,
  dns_trouble,
  stale_contacts,
  internal_error,
};
template <>
struct EnumWords<Ground> {
  using enum Ground;
  static constexpr auto table = word_table<Ground>({
      {author_is_contact, "author_is_contact"},
      {contact_in_copy, "contact_in_copy"},
      {rule, "rule"},
      {not_gated_request, "not_gated_request"},
      {malformed, "malformed"},
      {over_limit, "over_limit"},
      {automatic, "automatic"},
      {guard, "guard"},
      {not_authenticated, "not_authenticated"},
      {outsider, "outsider"},
      {contact_not_in_copy, "contact_not_in_copy"},
      {unknown_cctld, "unknown_cctld"},
      {contradiction, "contradiction"},
      {no_cctld, "no_cctld"},
      {mixed_recipients, "mixed_recipients"},
      {contact_asked, "contact_asked"},
      {contact_confirmed, "contact_confirmed"},
      {contact_refused, "contact_refused"},
      {too_few_to_ask, "too_few_to_ask"},
      {contact_unreachable, "contact_unreachable"},
      {flood, "flood"},
      {dns_trouble, "dns_trouble"},
      {stale_contacts, "stale_contacts"},
      {internal_error, "internal_error"},
  });
};

struct Reply {
  int code = 250;
  std::string status;  ///< x.y.z (RFC 3463)
  std::string text;    ///< ASCII, at most 400 bytes with code, status and decision id
  friend bool operator==(const Reply&, const Reply&) = default;
};

/// One rule tried for one ccTLD.
struct TraceStep {
  std::string rule;  ///< its id; a guard's as `guard ID`
  Truth matched = Truth::no;
  std::string because;  ///< the condition that decided, with its value: `admin_contact_copied is no`
};

/// The decision for one ccTLD.
struct CcTldVerdict {
  std::optional<Domain> cctld;  ///< nullopt for kinds without ccTLD
  Decision decision = Decision::reject;
  Ground ground = Ground::rule;
  std::string rule;  ///< id of the rule, `default`, or the guard's id; empty for built-in guards
  Reply reply;
  std::optional<AskStyle> ask_style;   ///< of an `ask` that says so itself
  std::vector<const Action*> actions;  ///< of the policy; as long-lived as the policy
  std::vector<TraceStep> trace;
  std::optional<Quorum> quorum = {};  ///< of an `ask`, and of what came of the answers
};

struct Verdict {
  Decision decision = Decision::reject;
  Ground ground = Ground::rule;
  std::string rule;
  std::optional<Domain> cctld;  ///< the ccTLD that decided
  Reply reply;                  ///< without the decision id
  std::vector<CcTldVerdict> per_cctld;
};

}  // namespace ccgate
