// milter/doctor/postfix_programs.h: Postfix's own programs asked what Postfix is told: postconf(1) and
// postmap(1). They read; nothing is changed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "milter/doctor/postfix_setup.h"

namespace ccgate {

/// Which Postfix.
struct PostfixPlace {
  std::string postconf;  ///< the program; empty: where systems have it
  std::string config;    ///< folder of main.cf; empty: postconf's own
};

/// The program, or empty when there is none.
[[nodiscard]] std::string find_postconf(const PostfixPlace& place);

/// nullopt: `why` says so.
[[nodiscard]] std::optional<PostfixSetup> ask_postconf(const PostfixPlace& place, std::string& why);

/// What one table of Postfix says.
struct PostfixTable {
  std::map<std::string, std::string> values;  ///< of the keys that it has
  std::string why;                            ///< it cannot be looked into
  bool older = false;                         ///< than the text that it is made of
};
/// `table` (`hash:/etc/aliases`) asked for all `keys` at once. `proxy:` is left out: it needs Postfix to run.
[[nodiscard]] PostfixTable ask_postmap(const PostfixPlace& place, const PostfixSetup& setup,
                                       const std::string& table, const std::set<std::string>& keys);

}  // namespace ccgate
