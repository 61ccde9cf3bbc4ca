// milter/contacts/contacts_file.h: contacts.json (ccgate.yaml(5), CONTACTS.JSON), read and written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/issue.h"
#include "policy/registry.h"

namespace ccgate {

struct ContactsFile {
  std::vector<CcTld> cctlds;            ///< one for each label, in the order of the file
  std::optional<std::int64_t> fetched;  ///< when all ccTLDs were last asked for; seconds since 1970
  std::string source;
};

/// nullopt when the text is not well-formed (syntax, duplicate or unknown keys); a bad entry becomes an
/// unusable CcTld with a warning. contacts_json.cc.
[[nodiscard]] std::optional<ContactsFile> parse_contacts(std::string_view text, std::string_view file,
                                                         Issues& issues);

/// The inverse: ccTLDs sorted by label, one line each, so that two files compare by line. An unusable ccTLD
/// without contacts is its anomaly alone. contacts_writer.cc.
[[nodiscard]] std::string write_contacts(const ContactsFile& contacts);

}  // namespace ccgate
