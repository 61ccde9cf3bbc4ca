// policy/verdict/fact_values.h: the value of each fact for one ccTLD of one request.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "policy/verdict/fact_source.h"
#include "policy/verdict/facts.h"

namespace ccgate {

/// Of a message that is there. Refers to its arguments.
class FactValues final : public FactSource {
 public:
  FactValues(const Policy& policy, const Directory& directory, const Facts& facts, const Evidence& evidence,
             const CcTld* cctld);

  [[nodiscard]] Value value(Fact fact) const override;

 private:
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
