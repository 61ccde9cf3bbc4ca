// milter/contacts/contacts_check.h: what is doubtful in contact data, and what the operator can do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/finding.h"
#include "policy/registry/registry.h"
#include "policy/text/durations.h"

namespace ccgate {

struct CheckTerms {
  std::int64_t now = 0;                       ///< seconds since 1970
  std::int64_t max_age = 7 * kDaySeconds;     ///< ccgate.yaml contacts.max_age
  std::int64_t cool_down = 14 * kDaySeconds;  ///< a younger contact is told
};

/// Everything, errors first: the data's age, anomalies, families, domains, dates, DNSSEC, and what
/// `check_overrides` finds.
[[nodiscard]] std::vector<Finding> check_contacts(const ContactsFile& contacts,
                                                  const RegistryOverrides& overrides,
                                                  const CheckTerms& terms);

struct ContactsSummary {
  std::size_t cctlds = 0;
  std::optional<std::int64_t> oldest, newest;  ///< `fetched` of the entries, or else of the file
  std::size_t with_dnssec = 0;
  std::size_t families = 0;
  std::size_t anomalies = 0;  ///< unusable entries included
};
[[nodiscard]] ContactsSummary summarize(const ContactsFile& contacts);

}  // namespace ccgate
