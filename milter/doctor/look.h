// milter/doctor/look.h: one part of a site that was looked at, and what came of it.
#pragma once

#include <string>
#include <vector>

#include "milter/doctor/finding.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class Look {
  rules,
  host,
  hooks,
  socket,
  daemon,
  postfix,
  sendmail,
  addresses,
  dns,
  notices,
  store,
  contacts,
  clock
};
template <>
struct EnumWords<Look> {
  using enum Look;
  static constexpr auto table = word_table<Look>({
      {rules, "rules"},
      {host, "host"},
      {hooks, "hooks"},
      {socket, "socket"},
      {daemon, "daemon"},
      {postfix, "postfix"},
      {sendmail, "sendmail"},
      {addresses, "addresses"},
      {dns, "dns"},
      {notices, "notices"},
      {store, "store"},
      {contacts, "contacts"},
      {clock, "clock"},
  });
};

struct LookResult {
  Look look = Look::rules;
  std::vector<std::string> seen = {};    ///< what was looked at, and is as it should be
  std::vector<Found> found = {};         ///< what is not
  std::vector<std::string> untold = {};  ///< what could not be looked at, and why: neither right nor wrong
};

/// What a look comes to: the first of these that it has something of.
enum class LookState { problem, hint, untold, ok };
template <>
struct EnumWords<LookState> {
  using enum LookState;
  static constexpr auto table = word_table<LookState>({
      {problem, "problem"},
      {hint, "hint"},
      {untold, "untold"},
      {ok, "ok"},
  });
};
[[nodiscard]] LookState state_of(const LookResult& result) noexcept;

}  // namespace ccgate
