// milter/tool/doctor_tool.h: `ccgate doctor`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/doctor/postfix_programs.h"
#include "milter/site/daemon_status.h"
#include "policy/names/address.h"

namespace ccgate {

struct DoctorOptions {
  std::string config_file;
  std::string user = "ccgate";
  std::string status_folder = kUsualStatusFolder;
  PostfixPlace postfix;
  std::string sendmail_cf;
  std::vector<std::string> own_addresses;
  std::optional<Address> send_to;
  std::optional<std::int64_t> now;
  bool json = false, quiet = false;
};

/// Prints what was found, and gives the exit status: 0 no problem, 1 some, 3 the configuration cannot be
/// read.
[[nodiscard]] int run_doctor(const DoctorOptions& options);

}  // namespace ccgate
