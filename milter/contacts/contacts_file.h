// milter/contacts/contacts_file.h: contacts.json (ccgate.yaml(5), CONTACTS.JSON), read and written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/issue.h"
#include "policy/registry.h"

namespace ccgate {

/// Octets of the file, at most.
constexpr std::size_t kLargestContacts = std::size_t{1} << 30;

struct ContactsFile {
  std::vector<CcTld> cctlds;            ///< one for each label, in the order of the file
  std::optional<std::int64_t> fetched;  ///< when all ccTLDs were last asked for; seconds since 1970
  std::string source;
};

/// nullopt when the text is not well-formed (syntax, duplicate or unknown keys); a bad entry becomes an
/// unusable CcTld with a warning. An entry without contacts whose `anomaly` says why is an unusable CcTld
/// without one. Entries are taken one by one: a million of them load in seconds, and what is in memory beside
/// `text` is little more than the result. Of a hundred errors and a hundred warnings on, further ones are
/// counted only. contacts_json.cc.
[[nodiscard]] std::optional<ContactsFile> parse_contacts(std::string_view text, std::string_view file,
                                                         Issues& issues);

/// The inverse: ccTLDs sorted by label, one line each, so that two files compare by line. An unusable ccTLD
/// is its anomaly alone: it never comes back usable. Octets that are no UTF-8 are replaced, and controls
/// escaped: whatever a name holds, the file can be read. contacts_writer.cc.
[[nodiscard]] std::string write_contacts(const ContactsFile& contacts);

}  // namespace ccgate
