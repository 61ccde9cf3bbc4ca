// milter/doctor/sendmail_gate.h: whether what comes into Sendmail passes the gate, by its sendmail.cf. Pure
// but for `same_path`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/doctor/postfix_gate.h"

namespace ccgate {

struct SendmailFilter {
  std::string name;
  std::map<char, std::string> settings;  ///< S, F, T
};
struct SendmailMailer {
  std::string name;
  std::map<char, std::string> settings;  ///< P, A, L, ...
};
/// What matters here of a sendmail.cf (Sendmail Installation and Operation Guide 5).
struct SendmailSetup {
  std::vector<SendmailFilter> filters;                        ///< `X` lines: defined, not necessarily used
  std::vector<std::string> used;                              ///< O InputMailFilters, in order
  std::map<std::string, std::vector<std::string>> of_daemon;  ///< where O DaemonPortOptions names others
  std::vector<SendmailMailer> mailers;                        ///< `M` lines
};
[[nodiscard]] SendmailSetup read_sendmail_cf(std::string_view text);

[[nodiscard]] LookResult look_at_sendmail(const SendmailSetup& setup, const GateSite& site);

}  // namespace ccgate
