// milter/doctor/look_contacts.h: whether the contact data is current, and stays so.
#pragma once

#include <cstdint>
#include <string>

#include "milter/doctor/look.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// What systemd(1) says of the timer that fetches.
struct ContactsTimer {
  std::string state;  ///< `systemctl is-active` of it, `active` when it runs; empty: `why` it is not known
  std::string why;
};
/// Asks systemctl(1), where systemd runs this machine.
[[nodiscard]] ContactsTimer ask_contacts_timer();

/// Pure.
[[nodiscard]] LookResult look_at_contacts(const Ruleset& rules, const ContactsTimer& timer, std::int64_t now);

}  // namespace ccgate
