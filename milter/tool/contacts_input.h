// milter/tool/contacts_input.h: the files that `ccgate contacts` reads.
#pragma once

#include <optional>
#include <string>

#include "milter/tool/contacts_show.h"
#include "milter/tool/contacts_tool.h"

namespace ccgate {

struct ContactsInput {
  std::string file;            ///< contacts.json
  std::string overrides_file;  ///< empty: there is none
  std::int64_t max_age = 0;    ///< seconds
  std::int64_t cool_down = 0;
  Issues warnings;    ///< of contacts.json: what is told again as findings, with the places
  ContactsView view;  ///< without history
};

/// nullopt after telling on standard error what is wrong; `status`: 3 a file cannot be read, 1 one is bad. Of
/// the configuration only the section on contacts matters: policies are not read.
[[nodiscard]] std::optional<ContactsInput> load_contacts(const ContactsSource& source, int& status);

/// contacts.json alone.
[[nodiscard]] std::optional<ContactsFile> load_contacts_file(const std::string& file, Issues& warnings,
                                                             int& status);

/// contacts-history.jsonl beside `contacts_file`; none is an empty one.
[[nodiscard]] std::optional<std::vector<HistoryEntry>> load_history(const std::string& contacts_file,
                                                                    int& status);

}  // namespace ccgate
