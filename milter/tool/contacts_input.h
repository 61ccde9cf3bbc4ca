// milter/tool/contacts_input.h: the files that `ccgate contacts` reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/tool/contacts_view.h"
#include "policy/text/issue.h"

namespace ccgate {

/// Where the contact data is. The configuration is read for what `file` and `overrides` do not say: unless
/// `file` is given and `config_given` is not, for then nothing else is wanted of it.
struct ContactsSource {
  std::string config_file;
  bool config_given = false;
  std::string file;
  std::string overrides;
  std::optional<std::int64_t> now;
  bool json = false;
};

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
