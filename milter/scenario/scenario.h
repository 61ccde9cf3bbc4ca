// milter/scenario/scenario.h: one story in one file: who writes what to whom, what DNS says, and what must
// come of it. The same file is a test of an operator's policy (`ccgate test`), of the library, of the daemon,
// and of a mail server with it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario_sign.h"
#include "milter/session/transaction.h"

namespace ccgate {

/// One line of the `dns` section.
struct ScenarioRecord {
  std::string name;
  RrType type;
  std::string data;  ///< as for ZoneResolver::add
};
struct ScenarioFailure {
  std::string name;
  bool silent = false;  ///< no answer at all, instead of SERVFAIL
};

/// What must come of it; absent members are not looked at.
struct Expectation {
  std::optional<std::string> decision;  ///< accept | ask | hold | tempfail | discard | reject | untouched
  std::optional<std::string> ground;
  std::optional<std::string> rule;
  std::optional<std::string> request;
  std::optional<std::set<Domain>> cctlds;
  std::optional<int> code;
  std::optional<std::string> status;
  std::optional<std::string> text;               ///< somewhere in the reply
  std::optional<std::vector<Address>> informed;  ///< recipients added, all of them
};

struct Scenario {
  std::string file;
  std::string story;
  std::int64_t now = 0;
  std::shared_ptr<const Ruleset> rules;
  std::vector<CcTld> cctlds;  ///< what the directory of `rules` was made of
  RegistryOverrides overrides;
  std::vector<ScenarioRecord> dns;
  std::vector<ScenarioFailure> failures;
  std::optional<ClientAddress> client;
  std::string helo;
  std::string mail_from;  ///< `<>` for the null sender
  std::vector<std::string> rcpt_to;
  std::string message;  ///< complete, signed, CRLF line ends
  std::optional<FixedHistory> history;
  Expectation expect;
};

/// What came of it, as far as an expectation can speak of it.
struct ScenarioOutcome {
  std::string decision, ground, rule, request;
  std::set<Domain> cctlds;
  Reply reply;
  std::vector<Address> informed;
  std::vector<std::pair<std::string, std::string>>
      rules_hit;  ///< policy file and id of each rule or guard that decided for a ccTLD
};

/// Plays it with the library alone: no sockets, the zone in memory, the scenario's clock.
[[nodiscard]] ScenarioOutcome play_scenario(const Scenario& scenario, const DkimVerifier& dkim);

/// One line for each expectation that was not met: `decision: want accept, got reject`.
[[nodiscard]] std::vector<std::string> compare(const Expectation& expect, const ScenarioOutcome& outcome);

/// Plays `text` from `client` to `rcpt_to` under `running`: what the daemon would do, for `explain` and
/// scenarios. `use` gets the result while everything it refers to lives.
void play_message(const Services& services, const Running& running,
                  const std::optional<ClientAddress>& client, std::string_view helo,
                  std::string_view mail_from, const std::vector<std::string>& rcpt_to, std::string_view text,
                  const std::function<void(const TransactionStart&, const std::vector<HeaderField>&,
                                           const TransactionResult&)>& use);

}  // namespace ccgate
