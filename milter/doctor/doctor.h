// milter/doctor/doctor.h: a whole site looked at, as it runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/doctor/postfix_programs.h"
#include "milter/site/daemon_status.h"
#include "milter/site/ruleset.h"
#include "policy/names/address.h"

namespace ccgate {

/// What is looked at, and where it is.
struct DoctorSite {
  std::string config_file;
  std::string user = "ccgate";           ///< the daemon's account
  Config config;                         ///< as far as it could be read
  std::shared_ptr<const Ruleset> rules;  ///< null: the issues have errors
  Issues issues;
  std::string status_folder = kUsualStatusFolder;
  PostfixPlace postfix;
  std::string sendmail_cf;                 ///< empty: where systems have it
  std::vector<std::string> own_addresses;  ///< of this machine, as others see it; empty: found out
  std::optional<Address> send_to;          ///< gets one mail
  std::int64_t now = 0;                    ///< seconds since 1970
};

/// One look after the other, each handed over when it is done. Each waits for bounded time. Changes nothing;
/// writes to the store in a transaction that is undone, and sends a mail to `send_to` alone.
void look_at_site(const DoctorSite& site, const std::function<void(const LookResult&)>& tell);

}  // namespace ccgate
