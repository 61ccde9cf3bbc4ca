// milter/decision/services.h: what every transaction of the process shares.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dns.h"
#include "milter/site/ruleset.h"
#include "milter/store/store.h"

namespace ccgate {

class Smtputf8Offer;

/// One loaded set of rules and the resolver that its `dns` section asks for.
struct Running {
  std::shared_ptr<const Ruleset> rules;
  std::shared_ptr<Resolver> resolver;
};

/// What is remembered where it is told and not asked of a store: in a scenario.
struct FixedHistory {
  std::optional<bool> seen_before;
  std::optional<std::int64_t> rate;
  std::optional<Roster> roster;                   ///< nullopt: the list's own
  std::map<Address, QuestionState> answers = {};  ///< what became of a question to each, whatever it is about
  std::optional<bool> smtputf8 = {};  ///< what the mail server offers; nullopt: everybody can be told
};

/// Thread-safe, const for sessions; owned by main.
struct Services {
  const DkimVerifier& dkim;
  std::function<std::int64_t()> now;        ///< seconds since 1970
  Store* store = nullptr;                   ///< null: nothing is remembered, recorded or mailed
  std::function<void()> recorded = {};      ///< called when there may be a task; empty: nobody listens
  const FixedHistory* history = nullptr;    ///< in the place of what `store` remembers
  const Smtputf8Offer* smtputf8 = nullptr;  ///< null: everybody can be told
};

}  // namespace ccgate
