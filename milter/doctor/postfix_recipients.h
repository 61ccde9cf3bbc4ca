// milter/doctor/postfix_recipients.h: whether Postfix takes mail for an address, and where it goes. Pure: as
// smtpd(8), trivial-rewrite(8) and local(8) look into their tables.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/doctor/postfix_gate.h"
#include "milter/doctor/postfix_programs.h"
#include "milter/doctor/postfix_setup.h"
#include "policy/names/address.h"

namespace ccgate {

/// One address that a list needs, with a detail as it is used.
struct NeededRecipient {
  enum class Kind { own, command };
  Kind kind = Kind::own;
  std::string list;
  Manager manager = Manager::plain;
  Address address;  ///< without the detail
  char delimiter = '+';
};
/// What a client would name: with a detail where the address is used with one.
[[nodiscard]] std::string recipient_as_used(const NeededRecipient& needed);
/// The four own addresses of each list, where there is a store, and its command addresses.
[[nodiscard]] std::vector<NeededRecipient> needed_recipients(const GateSite& site);

/// The tables that say who is taken and where mail goes (`hash:/etc/aliases`).
[[nodiscard]] std::set<std::string> recipient_tables(const PostfixSetup& setup);
/// What each of them has to be asked for.
[[nodiscard]] std::set<std::string> recipient_keys(const std::vector<NeededRecipient>& needed);

/// `tables`: all of recipient_tables(), asked for all of recipient_keys().
[[nodiscard]] LookResult look_at_recipients(const PostfixSetup& setup,
                                            const std::map<std::string, PostfixTable>& tables,
                                            const std::vector<NeededRecipient>& needed);

}  // namespace ccgate
