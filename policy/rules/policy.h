// policy/rules/policy.h: what a *.policy.yaml says, already checked.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "policy/registry/registry.h"
#include "policy/request/request_kind.h"
#include "policy/rules/condition.h"
#include "policy/rules/decision.h"
#include "policy/rules/quorum.h"
#include "policy/text/enum_words.h"
#include "policy/text/issue.h"

namespace ccgate {

/// A reply of the operator's. `text` may hold {tld} and {admin_contact}, and is ASCII.
struct ReplyTemplate {
  int code = 0;        ///< 0: the default of the ground
  std::string status;  ///< x.y.z; empty: likewise
  std::string text;    ///< empty: likewise
};

/// `then`, `else` and `default`.
struct Outcome {
  Decision decision = Decision::reject;
  ReplyTemplate reply;
  std::optional<AskStyle> ask_style;  ///< of `ask`; nullopt: ccgate.yaml's
  std::optional<Quorum> quorum;       ///< of `ask`; nullopt: the one contact is asked
};

/// `do`: what is done beside the decision. Only carried out when the verdict is the decision of the rule it
/// stands at.
struct Action {
  enum class Kind { inform, add_header, add_recipient, redirect };
  Kind kind = Kind::inform;
  std::set<Role> roles;            ///< inform: admin_contact, tech_contact, ...; empty: nobody
  std::string name, value;         ///< add_header
  std::optional<Address> address;  ///< add_recipient, redirect
  Position at;
};

struct Guard {
  std::string id;
  std::vector<Condition> require;  ///< all must hold
  Outcome otherwise;
  Position at;
};

struct Rule {
  std::string id;
  std::set<RequestKind> kinds;  ///< `for`; subscribe when absent
  std::vector<Condition> when;  ///< AND; empty: always
  Outcome then;
  std::vector<Action> actions;
  Position at;
};

enum class Mode { enforce, observe };
template <>
struct EnumWords<Mode> {
  using enum Mode;
  static constexpr auto table = word_table<Mode>({
      {enforce, "enforce"},
      {observe, "observe"},
  });
};

/// What becomes of a request that names no ccTLD.
enum class MissingCcTlds { from_admin, hold, reject };
template <>
struct EnumWords<MissingCcTlds> {
  using enum MissingCcTlds;
  static constexpr auto table = word_table<MissingCcTlds>({
      {from_admin, "from_admin"},
      {hold, "hold"},
      {reject, "reject"},
  });
};

struct Policy {
  std::string name;
  Mode mode = Mode::enforce;
  std::set<Role> authority{Role::admin};
  MissingCcTlds missing_cctlds = MissingCcTlds::from_admin;
  std::vector<std::pair<std::string, Condition>> definitions;  ///< `define`, in file order
  std::vector<Guard> guards;
  std::vector<Rule> rules;
  Outcome otherwise;  ///< `default`; reject with the ground's own words when absent
  Position default_at;
  std::vector<std::string> tests;  ///< file patterns, relative to the policy file
  std::string hash;                ///< hex SHA-256 of the policy text, set by whoever read the file
  std::string file;
};

/// `any_within` and `visit` for all conditions of guards and rules.
template <typename Predicate>
[[nodiscard]] bool any_condition(const Policy& policy, const Predicate& wanted) {
  for (const Guard& guard : policy.guards)
    if (any_within(guard.require, wanted)) return true;
  for (const Rule& rule : policy.rules)
    if (any_within(rule.when, wanted)) return true;
  return false;
}
template <typename Function>
void each_condition(const Policy& policy, const Function& fn) {
  for (const Guard& guard : policy.guards)
    for (const Condition& condition : guard.require) visit(condition, fn);
  for (const Rule& rule : policy.rules)
    for (const Condition& condition : rule.when) visit(condition, fn);
}

}  // namespace ccgate
