// milter/decision/poll.h: whose word counts for a request that the policy says to ask about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "policy/registry/registry.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// One person whose word counts.
struct PollMember {
  Address who;
  std::optional<Voucher> as;  ///< the first of the policy's that it is; nullopt: the one contact, by itself
  bool decides = false;       ///< its no refuses, whatever others say
  friend bool operator==(const PollMember&, const PollMember&) = default;
};

/// Those whose words decide about one ccTLD.
struct Poll {
  Domain cctld;
  std::size_t need = 1;
  std::vector<PollMember> of;  ///< each person once; may be fewer than `need`
};

/// What whom to ask is known from.
struct PollSources {
  const Directory& directory;
  const std::set<Role>& authority;  ///< of the policy
  const Address& author;
  /// Who is on the list for a ccTLD and can be asked, those first who have been for longest; with nobody that
  /// the request is about.
  const std::map<Domain, std::vector<Address>>& members;
  std::int64_t now = 0;
  std::int64_t cool_down = 0;  ///< seconds that a contact is new
};

/// One for each ccTLD decided `ask`. Where the policy names nobody, one person: the admin contact where
/// `authority` has it, else the first role of it that the ccTLD has. Where it does, those of them that there
/// are: no address counts twice, nor do two that were declared to reach the same people, nor the author. The
/// admin contact and those of `authority` decide. Another contact counts once it is no longer new, since no
/// rule on contact_age looks at it. Of members, the first kMostVouchers. Empty: there is nobody to ask for
/// one that names nobody.
[[nodiscard]] std::vector<Poll> polls_of(const Verdict& verdict, const PollSources& sources);

}  // namespace ccgate
