// milter/tool/contacts_tool.h: the subcommands that read contact data. Each returns its exit status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

/// `what`: a ccTLD, an address, or nothing for a table. 1: it is not known, or the file is refused.
[[nodiscard]] int run_contacts_show(const ContactsSource& source, const std::string& what);

/// As diff(1): 0 no difference, 1 differences, 3 a file that cannot be read.
[[nodiscard]] int run_contacts_diff(const std::string& before, const std::string& after, bool json);

/// 1: an error, an anomaly, or the file is refused.
[[nodiscard]] int run_contacts_check(const ContactsSource& source);

}  // namespace ccgate
