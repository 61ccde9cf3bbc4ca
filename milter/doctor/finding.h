// milter/doctor/finding.h: what can be wrong with a site, one word for each, and what to do about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/text/enum_words.h"

namespace ccgate {

/// The words are for scripts and for people who look them up in ccgate(1): they stay.
enum class SiteFinding {
  rules_refused,
  host_fault,
  host_warning,
  hook_not_runnable,
  socket_missing,
  socket_dead,
  socket_silent,
  socket_closed_to_mta,
  daemon_gone,
  version_differs,
  rules_differ,
  other_config,
  gate_missing,
  gate_left_out,
  gate_not_reached,
  gate_not_tempfail,
  gate_not_last,
  gate_by_client,
  gate_twice,
  proxy_filter,
  milter_protocol_old,
  local_mail_ungated,
  bounces_not_seen,
  delimiter_missing,
  filter_impatient,
  long_lines_broken,
  cf_older,
  own_address_unknown,
  command_address_unknown,
  command_address_elsewhere,
  map_unreadable,
  map_older,
  dns_silent,
  dns_slow,
  dns_not_validated,
  submit_unreachable,
  spf_fails,
  spf_missing,
  probe_refused,
  store_fails,
  store_read_only,
  disk_full,
  outbox_stuck,
  contacts_stale,
  contacts_timer_off,
  clock_unsynchronised,
  clock_behind,
};
template <>
struct EnumWords<SiteFinding> {
  using enum SiteFinding;
  static constexpr auto table = word_table<SiteFinding>({
      {rules_refused, "rules_refused"},
      {host_fault, "host_fault"},
      {host_warning, "host_warning"},
      {hook_not_runnable, "hook_not_runnable"},
      {socket_missing, "socket_missing"},
      {socket_dead, "socket_dead"},
      {socket_silent, "socket_silent"},
      {socket_closed_to_mta, "socket_closed_to_mta"},
      {daemon_gone, "daemon_gone"},
      {version_differs, "version_differs"},
      {rules_differ, "rules_differ"},
      {other_config, "other_config"},
      {gate_missing, "gate_missing"},
      {gate_left_out, "gate_left_out"},
      {gate_not_reached, "gate_not_reached"},
      {gate_not_tempfail, "gate_not_tempfail"},
      {gate_not_last, "gate_not_last"},
      {gate_by_client, "gate_by_client"},
      {gate_twice, "gate_twice"},
      {proxy_filter, "proxy_filter"},
      {milter_protocol_old, "milter_protocol_old"},
      {local_mail_ungated, "local_mail_ungated"},
      {bounces_not_seen, "bounces_not_seen"},
      {delimiter_missing, "delimiter_missing"},
      {filter_impatient, "filter_impatient"},
      {long_lines_broken, "long_lines_broken"},
      {cf_older, "cf_older"},
      {own_address_unknown, "own_address_unknown"},
      {command_address_unknown, "command_address_unknown"},
      {command_address_elsewhere, "command_address_elsewhere"},
      {map_unreadable, "map_unreadable"},
      {map_older, "map_older"},
      {dns_silent, "dns_silent"},
      {dns_slow, "dns_slow"},
      {dns_not_validated, "dns_not_validated"},
      {submit_unreachable, "submit_unreachable"},
      {spf_fails, "spf_fails"},
      {spf_missing, "spf_missing"},
      {probe_refused, "probe_refused"},
      {store_fails, "store_fails"},
      {store_read_only, "store_read_only"},
      {disk_full, "disk_full"},
      {outbox_stuck, "outbox_stuck"},
      {contacts_stale, "contacts_stale"},
      {contacts_timer_off, "contacts_timer_off"},
      {clock_unsynchronised, "clock_unsynchronised"},
      {clock_behind, "clock_behind"},
  });
};

/// A problem is one where requests pass unseen, wait or get lost, or where nobody is told. A hint is legal,
/// and may be meant.
enum class Weight { problem, hint };
template <>
struct EnumWords<Weight> {
  using enum Weight;
  static constexpr auto table = word_table<Weight>({
      {problem, "problem"},
      {hint, "hint"},
  });
};
[[nodiscard]] Weight weight_of(SiteFinding finding) noexcept;

/// One that was found.
struct Found {
  SiteFinding finding;
  std::string what;  ///< lower case, no final period, what others wrote in backticks
  std::string help;  ///< what to do
  friend bool operator==(const Found&, const Found&) = default;
};
/// In the words of the table: `{0}`, `{1}` in them stand for `arguments`.
[[nodiscard]] Found found(SiteFinding finding, const std::vector<std::string>& arguments = {});

}  // namespace ccgate
