// policy/verdict/basis.h: what a judgement was reached on, policy apart: enough to reach one by other rules.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "policy/verdict/fact_source.h"
#include "policy/verdict/facts.h"

namespace ccgate {

/// Values of facts, in the order of the table; what was not looked up is not in it.
using FactList = std::vector<std::pair<Fact, FactSource::Value>>;

/// One request as it was read, and the value of every fact about it.
struct Basis {
  RequestKind kind = RequestKind::other;
  bool named = false;    ///< `cctlds` are those that it names; else those of its author and who is copied
  bool unknown = false;  ///< as Request has it
  bool contradiction = false;     ///< likewise
  bool asks_to_leave = false;     ///< likewise
  std::set<Role> authority = {};  ///< of the policy: whose facts those about contacts are
  FactList facts = {};            ///< that are the same for each ccTLD
  FactList without_cctld = {};    ///< the others, for none; where it is for none, or may be
  std::map<Domain, std::optional<FactList>> cctlds = {};  ///< nullopt: the ccTLD was not known
};

/// What is no matter of rules, or only of some, and what is.
struct JudgementBasis {
  std::optional<Ground> fault = {};  ///< it was refused for, whatever the policy
  bool odd_sender = false;        ///< MAIL FROM is no address: refused where a condition compares its domain
  std::vector<Basis> cases = {};  ///< one; two while it is not known whether its text is authentic: without
                                  ///< it, and with it
};

[[nodiscard]] Basis basis_of(const Policy& policy, const Directory& directory, const Facts& facts,
                             const Evidence& evidence);

/// False for the same value whatever the ccTLD.
[[nodiscard]] bool is_about_cctld(Fact fact) noexcept;
/// True where it depends on a policy's `authority`.
[[nodiscard]] bool is_about_authority(Fact fact) noexcept;
/// True of facts that the others tell: they are in no FactList.
[[nodiscard]] bool follows_from_request(Fact fact) noexcept;

}  // namespace ccgate
