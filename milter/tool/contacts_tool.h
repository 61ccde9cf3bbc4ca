// milter/tool/contacts_tool.h: the subcommands that read contact data. Each returns its exit status.
#pragma once

#include <string>

#include "milter/tool/contacts_input.h"

namespace ccgate {

/// `what`: a ccTLD, an address, or nothing for a table. 1: it is not known, or the file is refused.
[[nodiscard]] int run_contacts_show(const ContactsSource& source, const std::string& what);

/// As diff(1): 0 no difference, 1 differences, 3 a file that cannot be read.
[[nodiscard]] int run_contacts_diff(const std::string& before, const std::string& after, bool json);

/// 1: an error, an anomaly, or the file is refused.
[[nodiscard]] int run_contacts_check(const ContactsSource& source);

}  // namespace ccgate
