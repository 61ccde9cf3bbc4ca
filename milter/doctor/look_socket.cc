#include "milter/doctor/look_socket.h"

#include <fmt/core.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "milter/doctor/negotiation.h"
#include "milter/system/accounts.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr std::string_view kPathSocket = "unix:";

void tell_socket(LookResult& result, const std::string& spec, const std::string& mta_account,
                 const Negotiation& answer) {
  using End = Negotiation::End;
  switch (answer.end) {
    case End::missing:
      result.found.push_back(found(SiteFinding::socket_missing, {spec}));
      return;
    case End::dead:
      result.found.push_back(found(SiteFinding::socket_dead, {spec, answer.why}));
      return;
    case End::silent:
      result.found.push_back(found(SiteFinding::socket_silent, {spec, answer.why}));
      return;
    case End::forbidden:
      result.untold.push_back(fmt::format(
          "this account may not connect to `{}`: ask as root, or in the group of the socket", spec));
      return;
    case End::agreed:
      break;
  }
  if (spec.starts_with(kPathSocket) && !mta_account.empty()) {
    const std::string why = unconnectable_for(mta_account, spec.substr(kPathSocket.size()));
    if (!why.empty()) {
      result.found.push_back(found(SiteFinding::socket_closed_to_mta, {spec, mta_account, why}));
      return;
    }
  }
  result.seen.push_back(fmt::format("`{}` answers, milter protocol {}", spec, answer.version));
}

std::string short_hash(const std::string& hash) {
  constexpr std::size_t kShort = 16;
  return hash.substr(0, kShort);
}

/// Which policies differ, or that something else does.
std::string difference(const DaemonStatus& status, const Ruleset& rules) {
  std::string all;
  for (const List& list : rules.lists) {
    const auto known = status.policies.find(list.config.name);
    if (known != status.policies.end() && known->second == list.policy.hash) continue;
    all += fmt::format("{}the policy of list `{}`", all.empty() ? "" : ", ", list.config.name);
  }
  return all.empty() ? "ccgate.yaml, or a file that it names" : all;
}

}  // namespace

std::vector<std::string> gate_sockets(const Config& config, const std::vector<StatusFound>& statuses) {
  std::vector<std::string> all;
  for (const std::string& spec : config.listen) {
    if (!spec.starts_with("fd:")) {
      all.push_back(spec);
      continue;
    }
    for (const StatusFound& each : statuses)
      if (each.status && each.status->listen == spec && each.status->socket != spec)
        all.push_back(each.status->socket);
  }
  return all;
}

LookResult look_at_sockets(const std::vector<std::string>& sockets, const std::string& mta_account,
                           std::chrono::milliseconds each) {
  LookResult result{Look::socket};
  if (sockets.empty())
    result.untold.emplace_back(
        "the socket is handed over to the daemon, and the daemon has not written where "
        "it is");
  for (const std::string& spec : sockets) tell_socket(result, spec, mta_account, negotiate(spec, each));
  return result;
}

bool process_is_alive(std::int64_t pid) noexcept {
  return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
}

LookResult look_at_daemon(const DaemonSeen& seen, const std::string& config_file, const Ruleset* rules) {
  LookResult result{Look::daemon};
  if (seen.statuses.empty())
    result.untold.push_back(fmt::format(
        "no daemon has written its state in `{}`: which version and rules it has is not known", seen.folder));
  std::error_code failed;
  const std::string wanted = std::filesystem::absolute(config_file, failed).lexically_normal().string();
  for (const StatusFound& each : seen.statuses) {
    if (!each.status) {
      result.untold.push_back(fmt::format("cannot read `{}`: {}", each.file, each.why));
      continue;
    }
    const DaemonStatus& status = *each.status;
    if (!seen.is_alive(status.pid)) {
      result.found.push_back(found(SiteFinding::daemon_gone, {each.file, std::to_string(status.pid)}));
      continue;
    }
    const std::size_t before = result.found.size();
    if (status.version != CCGATE_VERSION)
      result.found.push_back(found(SiteFinding::version_differs, {status.version, CCGATE_VERSION}));
    if (status.config != wanted)
      result.found.push_back(found(SiteFinding::other_config, {status.config, wanted}));
    else if (rules != nullptr && status.rules != rules->hash)
      result.found.push_back(found(SiteFinding::rules_differ, {difference(status, *rules)}));
    if (result.found.size() > before) continue;
    result.seen.push_back(fmt::format("process {}, version {}, rules {} in force since {}", status.pid,
                                      status.version, short_hash(status.rules),
                                      format_timestamp(status.since)));
  }
  return result;
}

}  // namespace ccgate
