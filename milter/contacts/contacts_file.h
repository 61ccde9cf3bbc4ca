// milter/contacts/contacts_file.h: contacts.json (ccgate.yaml(5), CONTACTS.JSON) as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/registry/registry.h"

namespace ccgate {

/// Octets of the file, at most.
constexpr std::size_t kLargestContacts = std::size_t{1} << 30;

struct ContactsFile {
  std::vector<CcTld> cctlds;            ///< one for each label, in the order of the file
  std::optional<std::int64_t> fetched;  ///< when all ccTLDs were last asked for; seconds since 1970
  std::string source;
};

}  // namespace ccgate
