// policy/fact_values.h: the value of each fact for one ccTLD of one request.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>

#include "policy/facts.h"
#include "policy/verdict.h"

namespace ccgate {

/// A truth with the trouble behind an `unknown`.
struct TruthValue {
  Truth truth = Truth::no;
  Ground trouble = Ground::dns_trouble;  ///< meaningful for unknown only
};

/// What conditions look at, for one ccTLD (or none) of one request. Refers to its arguments.
class FactValues {
 public:
  FactValues(const Policy& policy, const Directory& directory, const Facts& facts, const Evidence& evidence,
             const CcTld* tld);

  /// `a` truth, a number (counts; seconds), or words (several where the fact has several values).
  using Value = std::variant<TruthValue, std::int64_t, std::set<std::string>>;
  [[nodiscard]] Value value(Fact fact) const;

  /// The truth of one condition, with the trouble behind an unknown.
  [[nodiscard]] TruthValue test(const Condition& condition) const;

 private:
  [[nodiscard]] TruthValue test_fact(const Condition& condition) const;
  [[nodiscard]] bool contacts_usable() const;
  [[nodiscard]] bool is_contact(const Address& address) const;
  [[nodiscard]] bool contact_in(const std::vector<Address>& addresses) const;
  [[nodiscard]] TruthValue copy_signed() const;

  const Policy& policy_;
  const Directory& directory_;
  const Facts& facts_;
  const Evidence& evidence_;
  const CcTld* tld_;
};

/// True when the contact data as a whole is older than facts.max_contact_age.
[[nodiscard]] bool contacts_stale(const Directory& directory, const Facts& facts);

}  // namespace ccgate
