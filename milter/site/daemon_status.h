// milter/site/daemon_status.h: what a running daemon tells of itself in a small file, for programs beside it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// Where daemons of the unit write it.
inline constexpr auto kUsualStatusFolder = "/run/ccgate";

struct DaemonStatus {
  std::int64_t pid = 0;
  std::string version;       ///< of the program
  std::int64_t started = 0;  ///< seconds since 1970
  std::int64_t since = 0;    ///< when the rules in force took effect
  std::string config;        ///< the file, as an absolute path
  std::string listen;        ///< as configured
  std::string socket;        ///< where it is bound: `unix:PATH` or as `listen`; what fd:N stands for
  std::string rules;         ///< Ruleset::hash of those in force
  std::map<std::string, std::string> policies;  ///< by list: SHA-256 of the policy file in force
  friend bool operator==(const DaemonStatus&, const DaemonStatus&) = default;
};

/// One JSON object in one line.
[[nodiscard]] std::string status_json(const DaemonStatus& status);
/// nullopt for any other text: `why` says so. Members that it does not know are passed over.
[[nodiscard]] std::optional<DaemonStatus> parse_status(std::string_view text, std::string& why);

/// The file of the daemon's process number `number`, from 0, one for each `listen` address: `status.json`,
/// `status-2.json`, ...
[[nodiscard]] std::string status_file(const std::string& folder, std::size_t number);

/// A file that was found; `status` unless `why` says why it cannot be read.
struct StatusFound {
  std::string file;
  std::optional<DaemonStatus> status;
  std::string why;
};
/// All in `folder`; none where no daemon writes any there.
[[nodiscard]] std::vector<StatusFound> read_statuses(const std::string& folder);

}  // namespace ccgate
