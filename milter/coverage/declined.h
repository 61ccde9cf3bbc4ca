// milter/coverage/declined.h: whether a registry said that it will not come, and nothing since says
// otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "milter/coverage/coverage_input.h"

namespace ccgate {

/// OutreachStep::rule of an invitation that an operator wanted whatever the contact said before.
inline constexpr std::string_view kInvitedAgain = "again";

[[nodiscard]] bool is_decline(const OutreachStep& step);

/// By the ledger, whose clock may have gone wrong between them; by time where nothing tells their numbers.
[[nodiscard]] bool is_later(const OutreachStep& step, const OutreachStep& other);

/// The newest decline for this A-label, whatever time it has, unless an operator invited them again later or
/// somebody became a member later; null: none. What they write themselves does not end it: most of it is an
/// answer to a letter. Points into `input`.
[[nodiscard]] const OutreachStep* standing_decline(const CoverageInput& input, const std::string& cctld);

/// A request that a contact said no to.
struct ContactRefusal {
  std::int64_t at = 0;  ///< when it did
  std::string decision_id;
};

/// The newest of those that the registry itself wrote, by proof, however many requests came since; unless an
/// operator invited them again later or somebody became a member later.
[[nodiscard]] std::optional<ContactRefusal> standing_refusal(const CoverageInput& input, const Domain& cctld);

}  // namespace ccgate
