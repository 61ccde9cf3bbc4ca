// milter/contacts/contacts_writer.h: ContactsFile -> contacts.json.
#pragma once

#include <string>

#include "milter/contacts/contacts_file.h"

namespace ccgate {

/// The inverse of parse_contacts: ccTLDs sorted by label, one line each, so that two files compare by line.
/// An unusable ccTLD is its anomaly alone: it never comes back usable. Octets that are no UTF-8 are replaced,
/// and controls escaped: whatever a name holds, the file can be read.
[[nodiscard]] std::string write_contacts(const ContactsFile& contacts);

}  // namespace ccgate
