// milter/session/services.h: what every transaction of the process shares.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dns.h"
#include "milter/site/config.h"

namespace ccgate {

/// One loaded set of rules and the resolver that its `dns` section asks for.
struct Running {
  std::shared_ptr<const Ruleset> rules;
  std::shared_ptr<Resolver> resolver;
};

/// Thread-safe, const for sessions; owned by main.
struct Services {
  const DkimVerifier& dkim;
  std::function<std::int64_t()> now;  ///< seconds since 1970
};

/// A short unique id for one decision: 12 characters [0-9a-z], not guessable from the one before.
[[nodiscard]] std::string new_decision_id();

}  // namespace ccgate
