// milter/decision/envelope.h: whom a message goes to, and what may be changed about that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "milter/decision/decision.h"

namespace ccgate {

/// True when one transaction goes to addresses of ours (command addresses, or those that contacts answer to)
/// and to others.
[[nodiscard]] bool is_mixed(const TransactionStart& start);

/// What becomes of a mixed transaction whose request is decided so.
enum class Mixture {
  as_decided,  ///< not mixed, or the decision serves the others too
  refuse,  ///< the decision would let the request through, or do to the others what it does to the request
  drop,    ///< the others get the message without the command addresses
};
[[nodiscard]] Mixture treat_mixture(const Config& config, const TransactionStart& start, Decision decision);

/// What to take out so that no command address gets the message. nullopt when the MTA may not find one of
/// them: it would say nothing, and the list manager would have the message.
[[nodiscard]] std::optional<std::vector<std::string>> without_commands(const TransactionStart& start);

}  // namespace ccgate
