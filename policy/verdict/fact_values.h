// policy/verdict/fact_values.h: the value of each fact for one ccTLD of one request.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "policy/rules/condition.h"
#include "policy/verdict/facts.h"
#include "policy/verdict/verdict.h"

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
             const CcTld* cctld);

  /// A truth, a number (counts; seconds), or words (several where the fact has several values). Whatever the
  /// type of the fact, an unknown is a TruthValue.
  using Value = std::variant<TruthValue, std::int64_t, std::set<std::string>>;
  [[nodiscard]] Value value(Fact fact) const;

  /// The truth of one condition, with the trouble behind an unknown.
  [[nodiscard]] TruthValue test(const Condition& condition) const;

 private:
  [[nodiscard]] TruthValue test_fact(const Condition& condition) const;
  [[nodiscard]] bool contacts_usable() const;
  /// For facts about the record of the ccTLD, which say nothing of a request that is for none: people can
  /// leave a list whatever the age of the data.
  [[nodiscard]] bool record_unusable() const;
  [[nodiscard]] bool is_contact(const Address& address) const;
  [[nodiscard]] bool contact_in(const std::vector<Address>& addresses) const;
  [[nodiscard]] TruthValue copy_signed() const;
  [[nodiscard]] std::vector<const Contact*> authority_contacts() const;
  [[nodiscard]] std::int64_t youngest_contact_age() const;
  [[nodiscard]] std::vector<const Contact*> new_contacts() const;
  [[nodiscard]] std::set<std::string> previous_addresses() const;
  [[nodiscard]] bool previous_contact_copied() const;

  const Policy& policy_;
  const Directory& directory_;
  const Facts& facts_;
  const Evidence& evidence_;
  const CcTld* cctld_;
};

}  // namespace ccgate
