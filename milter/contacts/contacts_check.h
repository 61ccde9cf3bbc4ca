// milter/contacts/contacts_check.h: what is doubtful in contact data, and what the operator can do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "policy/issue.h"
#include "policy/registry.h"

namespace ccgate {

struct Finding {
  Severity severity = Severity::note;
  std::string kind;           ///< one word for scripts; ccgate(1) lists them
  std::set<Domain> cctlds;    ///< empty: the data as a whole
  std::string what;           ///< one line, lower case, no final period
  std::string help;           ///< what to do; may be empty
  bool in_overrides = false;  ///< it is registries.yaml that is to be changed
};

struct CheckTerms {
  std::int64_t now = 0;                     ///< seconds since 1970
  std::int64_t max_age = 7 * 24 * 3600;     ///< ccgate.yaml contacts.max_age
  std::int64_t cool_down = 14 * 24 * 3600;  ///< a younger contact is told
};

/// Everything, errors first: the data's age, anomalies, families, domains, dates, DNSSEC, and what
/// `check_overrides` finds.
[[nodiscard]] std::vector<Finding> check_contacts(const ContactsFile& contacts,
                                                  const RegistryOverrides& overrides,
                                                  const CheckTerms& terms);

/// Of registries.yaml: ccTLDs that the contact data does not have, aliases in the wrong place, and what is
/// not needed. Only what changes no verdict with this data is called so, whatever roles a policy gives
/// authority to. `same_registry: never` is never called so: it changes verdicts, or says that a shared domain
/// was seen. overrides_check.cc.
[[nodiscard]] std::vector<Finding> check_overrides(const std::vector<CcTld>& cctlds,
                                                   const RegistryOverrides& overrides);

/// What registries.yaml says of one ccTLD.
struct Override {
  Domain key;  ///< the ccTLD that the entry stands under
  const RegistryOverride* registry;
};
/// nullopt: nothing. overrides_check.cc.
[[nodiscard]] std::optional<Override> override_of(const RegistryOverrides& overrides, const Domain& label);

struct ContactsSummary {
  std::size_t cctlds = 0;
  std::optional<std::int64_t> oldest, newest;  ///< `fetched` of the entries, or else of the file
  std::size_t with_dnssec = 0;
  std::size_t families = 0;
  std::size_t anomalies = 0;  ///< unusable entries included
};
[[nodiscard]] ContactsSummary summarize(const ContactsFile& contacts);

}  // namespace ccgate
