// policy/verdict/facts.h: everything one decision looks at.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "policy/evidence/evidence.h"
#include "policy/message/message.h"
#include "policy/registry/registry.h"
#include "policy/registry/roster.h"
#include "policy/request/request.h"
#include "policy/text/durations.h"

namespace ccgate {

/// What is remembered. Where nothing is said it is not known, and facts on it are unknown.
struct History {
  std::optional<bool> seen_before;   ///< the same message was decided before
  std::optional<std::int64_t> rate;  ///< requests of the author domain to the list in the last 24 hours
  const Roster* roster = nullptr;    ///< who is a member, for which ccTLD
  /// In place of it, how many members the ccTLDs of the request have.
  std::optional<std::map<Domain, std::int64_t>> members = {};
};

/// One transaction to one command address. Built when the message has ended, const afterwards.
struct Facts {
  const std::vector<HeaderField>& fields;
  const Message& message;
  const Request& request;
  std::optional<Domain> mail_from_domain;             ///< of RFC5321.MailFrom; absent for `<>`
  std::int64_t now = 0;                               ///< seconds since 1970
  std::int64_t max_contact_age = 7 * kDaySeconds;     ///< ccgate.yaml contacts.max_age
  std::int64_t contact_cool_down = 14 * kDaySeconds;  ///< ccgate.yaml contacts.cool_down
  History history = {};
};

}  // namespace ccgate
