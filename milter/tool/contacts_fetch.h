// milter/tool/contacts_fetch.h: `ccgate contacts fetch`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ccgate {

struct FetchOptions {
  std::string config_file;        ///< gives `output` and the cool-down
  bool config_given = false;      ///< by -c: then it must be readable
  std::vector<std::string> only;  ///< ccTLDs as people write them; empty: all
  std::string source = "rdap";    ///< rdap | whois
  std::string base = "https://rdap.iana.org";
  std::string whois_server = "whois.iana.org:43";
  std::string ca_file;
  std::vector<std::string> resolve;
  double rate = 1;
  int retries = 3;
  int timeout = 30;       ///< seconds for one question
  std::string output;     ///< empty: contacts.file of the configuration
  std::string root_zone;  ///< tlds-alpha-by-domain.txt in place of the list that is built in
  bool cross_check = false;
  bool accept_large_change = false;
  bool adopt = false;
  bool json = false;
  std::optional<std::int64_t> now;
};

/// Asks IANA and renews contacts.json. 0: every asked ccTLD was read; 1: some were not, or the change was too
/// large; 2: usage; 3: nothing could be asked, or the files cannot be used.
[[nodiscard]] int run_contacts_fetch(const FetchOptions& options);

}  // namespace ccgate
