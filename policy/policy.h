// policy/policy.h: what a *.policy.yaml says, already checked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "policy/enum_words.h"
#include "policy/issue.h"
#include "policy/registry.h"
#include "policy/request_kind.h"

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

/// What a condition can look at. Names, types and a line of help each are in schema.h.
enum class Fact {
  dkim_aligned,
  spf_aligned,  // evidence
  from_is_admin_contact,
  admin_contact_copied,
  copy_signed,  // authority
  same_registry,
  same_organisation,
  contact_is_shared_domain,
  dnssec_signed,  // registry
  contact_age,
  contacts_file_age,
  contact_changed_from,
  previous_contact_copied,  // contact data
  subscribes_author,
  contacts,
  form,
  tlds,
  tld,
  request,  // request
  author,
  author_domain,
  mail_from_domain,  // who
  date_age,          // message
  seen_before,
  rate,
  members_of_tld,  // history
};

/// One condition of `when` or `require`.
struct Condition {
  enum class Kind { fact, defined, any, all, negation };
  enum class Test { is_true, is_false, equals, one_of, none_of, more_than, less_than };

  Kind kind = Kind::fact;
  Fact fact = Fact::dkim_aligned;
  Test test = Test::is_true;
  std::set<std::string>
      words;  ///< equals, one_of, none_of: normalised (lower-case words, A-labels, folded addresses)
  std::int64_t number = 0;          ///< more_than, less_than, equals on counts; seconds for durations
  std::string name;                 ///< defined: the name in `define`
  std::vector<Condition> children;  ///< any, all, negation (one), defined (one: the definition)
  std::string text;                 ///< as the operator would write it, for traces: `contacts more_than 3`
  Position at;
};

/// A reply of the operator's. `text` may hold {tld} and {admin_contact}, and is ASCII.
struct ReplyTemplate {
  int code = 0;        ///< 0: the default of the ground
  std::string status;  ///< x.y.z; empty: likewise
  std::string text;    ///< empty: likewise
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

/// `then`, `else` and `default`.
struct Outcome {
  Decision decision = Decision::reject;
  ReplyTemplate reply;
  std::optional<AskStyle> ask_style;  ///< of `ask`; nullopt: ccgate.yaml's
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
enum class MissingTlds { from_admin, hold, reject };
template <>
struct EnumWords<MissingTlds> {
  using enum MissingTlds;
  static constexpr auto table = word_table<MissingTlds>({
      {from_admin, "from_admin"},
      {hold, "hold"},
      {reject, "reject"},
  });
};

struct Policy {
  std::string name;
  Mode mode = Mode::enforce;
  std::set<Role> authority{Role::admin};
  MissingTlds missing_tlds = MissingTlds::from_admin;
  std::vector<std::pair<std::string, Condition>> definitions;  ///< `define`, in file order
  std::vector<Guard> guards;
  std::vector<Rule> rules;
  Outcome otherwise;  ///< `default`; reject with the ground's own words when absent
  Position default_at;
  std::vector<std::string> tests;  ///< file patterns, relative to the policy file
  std::string hash;                ///< hex SHA-256 of the policy text, set by whoever read the file
  std::string file;
};

}  // namespace ccgate
