#include "milter/doctor/finding.h"

#include <array>
#include <cstddef>

namespace ccgate {
namespace {

struct FindingRow {
  SiteFinding finding;
  Weight weight;
  std::string_view what, help;
};

constexpr auto kFindings = [] {
  using enum SiteFinding;
  using enum Weight;
  return std::array<FindingRow, EnumWords<SiteFinding>::table.size()>{{
      {rules_refused, problem, "{0}", "{1}"},
      {host_fault, problem, "{0}", "{1}"},
      {host_warning, hint, "{0}", "{1}"},
      {hook_not_runnable, problem, "{0}", "{1}"},
      {socket_missing, problem, "`{0}` is not there: no daemon serves it",
       "start it: systemctl start ccgate-milter; journalctl -u ccgate-milter tells why it does not run"},
      {socket_dead, problem, "nobody listens at `{0}`: {1}",
       "start the daemon: systemctl start ccgate-milter; journalctl -u ccgate-milter tells why it does not "
       "run"},
      {socket_silent, problem, "what listens at `{0}` does not speak the milter protocol: {1}",
       "see that no other program has this socket, then restart the daemon"},
      {socket_closed_to_mta, problem, "the mail server's account `{1}` {2}, so it does not reach `{0}`",
       "write `socket: {mode: \"0660\", group: GROUP}` with a group of the mail server in ccgate.yaml, let "
       "it "
       "enter the folders on the way, and restart the daemon"},
      {daemon_gone, problem, "`{0}` was written by process {1}, which runs no longer",
       "start the daemon: systemctl start ccgate-milter"},
      {version_differs, problem, "the daemon is version {0}, this program {1}",
       "restart it: systemctl restart ccgate-milter"},
      {rules_differ, problem, "the daemon decides by other rules than the files have now: {0}",
       "systemctl reload ccgate-milter; where it refuses, journalctl -u ccgate-milter tells why"},
      {other_config, problem, "the daemon was started with `{0}`, and this is about `{1}`",
       "name the daemon's configuration with -c, or start it with this one"},
      {gate_missing, problem, "`{0}` takes mail that the gate does not see: `{1}` is `{2}`", "{3}"},
      {gate_left_out, hint, "`{0}` takes mail without the gate, from this machine",
       "that is right for what a content filter brings back; see that nobody else gets there"},
      {gate_not_reached, problem, "`{0}` looks for the gate at `{1}`, which is `{2}` there, not its socket",
       "write `{3}`"},
      {gate_not_tempfail, problem,
       "while the daemon is away, `{0}` does not make mail wait: the action of `{1}` is `{2}`", "{3}"},
      {gate_not_last, hint,
       "for `{0}` the gate is not the last milter: what one behind it refuses was accepted",
       "name it behind all others"},
      {gate_by_client, hint, "`{0}` has other milters for some clients: `smtpd_milter_maps` is `{1}`",
       "see that nobody who writes to the list is spared the gate by it"},
      {gate_twice, problem, "what the filter `{0}` brings back to `{1}` is judged a second time",
       "write `-o smtpd_milters=` below this service in master.cf, and `postfix reload`"},
      {proxy_filter, problem, "`{0}` hands mail to `{1}` before its milters see it, and requests are put off",
       "let requests come in by a service without smtpd_proxy_filter"},
      {milter_protocol_old, problem, "`{0}` speaks milter protocol {1} to the gate, which needs 6",
       "write `milter_protocol = 6`, its default, and `postfix reload`"},
      {local_mail_ungated, hint,
       "mail that is submitted with sendmail(1) passes without the gate: "
       "`non_smtpd_milters` is `{0}`",
       "write `non_smtpd_milters = {1}` in main.cf, and `postfix reload`"},
      {bounces_not_seen, problem,
       "nobody learns that a contact was not reached: the gate does not see Postfix's own bounces, since "
       "`{0}` "
       "is `{1}`",
       "write `{0} = {2}` in main.cf, and `postfix reload`"},
      {delimiter_missing, problem,
       "mail for `{0}` with a detail does not arrive: `recipient_delimiter` is `{1}`, and list `{2}` needs "
       "`{3}`",
       "write `recipient_delimiter = {3}` in main.cf, and `postfix reload`"},
      {filter_impatient, hint, "Sendmail waits {1} for an answer of `{0}`, and the gate may need longer",
       "write `T=C:30s;S:60s;R:60s;E:5m` behind it in sendmail.mc"},
      {long_lines_broken, hint,
       "mailer `{0}` breaks lines of more than {1} octets, and a list manager could take the rest for a "
       "command",
       "write define(`SMTP_MAILER_LL', `998') before MAILER(`smtp') in sendmail.mc"},
      {cf_older, hint, "`{0}` is older than `{1}`, of which it is made",
       "make it anew, and restart Sendmail"},
      {own_address_unknown, problem, "the mail server does not take mail for `{0}`, where ccgate reads: {1}",
       "{2}; see ccgate.yaml(5), Addresses that ccgate reads"},
      {command_address_unknown, problem,
       "the mail server does not take mail for `{0}`, a command address of list `{1}`: {2}",
       "let the list manager write its maps, and name them in main.cf"},
      {command_address_elsewhere, hint,
       "mail for `{0}`, a command address of list `{1}`, goes to `{2}`, which does not look like its manager "
       "{3}",
       "see that it leads to the list manager, and that `manager` in ccgate.yaml is right"},
      {map_unreadable, problem, "Postfix cannot look into `{0}`: {1}",
       "make it with postmap (aliases: newaliases), or mend its name in main.cf"},
      {map_older, problem, "`{0}` is older than the text that it is made of",
       "make it anew with postmap (aliases: newaliases)"},
      {dns_silent, problem, "the DNS server `{0}` does not answer for `{1}`: {2}",
       "mend it, or name others in `dns: {servers: [...]}`; requests are put off without DNS"},
      {dns_slow, hint, "the DNS server `{0}` took {1} ms for `{2}`",
       "use one nearer to this machine, best on it"},
      {dns_not_validated, problem,
       "the answer of the DNS server `{0}` for `{1}`, a signed ccTLD, could not be validated",
       "use a server that passes DNSSEC records on, or take `trust_anchor` out"},
      {submit_unreachable, problem, "no mail can be handed over to `{0}`: it does not answer",
       "start the mail server there, or mend `submit` in ccgate.yaml"},
      {spf_fails, problem, "notices come from `{0}`, and its SPF record does not let {1} send for it: {2}",
       "add the address to the SPF record of this domain, or name with --address what others see"},
      {spf_missing, hint, "notices come from `{0}`, which has no SPF record: {1}",
       "publish one, as v=spf1 ip4:ADDRESS -all, so that contacts' mail servers take them"},
      {probe_refused, problem, "the mail for `{0}` was not taken: {1}", "do what the reply asks for"},
      {store_fails, problem, "the store does not work: {0}",
       "until it does, requests are put off; see STORE in ccgate-milter(8)"},
      {store_read_only, problem, "nothing can be written to the store: {0}",
       "give the daemon's account the right to write it, and its folder; until then requests are put off"},
      {disk_full, problem, "only {0} MB are free where the store is, `{1}`", "make room"},
      {outbox_stuck, problem, "{0} task(s) wait, the oldest since {1}: notices or hooks do not get on",
       "journalctl -u ccgate-milter tells why: `submit`, or a hook, does not work"},
      {contacts_stale, problem, "the contact data is of {0}, older than contacts.max_age",
       "run `ccgate contacts fetch`; journalctl -u ccgate-contacts tells why it did not"},
      {contacts_timer_off, hint, "ccgate-contacts.timer is {0}: nothing keeps the contact data current",
       "systemctl enable --now ccgate-contacts.timer, unless something else runs `ccgate contacts fetch`"},
      {clock_unsynchronised, hint, "the clock of this machine is not kept by a time service",
       "start one, as chrony or systemd-timesyncd: answers and dates count by this clock"},
      {clock_behind, problem, "the clock says {0}, and {1} is of {2}",
       "set the clock: until then answers and dates count wrongly"},
  }};
}();

/// Each row stands in the place of its finding.
constexpr bool in_order() {
  for (std::size_t i = 0; i < kFindings.size(); ++i)
    if (kFindings[i].finding != static_cast<SiteFinding>(i) || kFindings[i].help.empty()) return false;
  return true;
}
static_assert(in_order());

const FindingRow& finding_row(SiteFinding finding) noexcept {
  return kFindings[static_cast<std::size_t>(finding)];
}

std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string result;
  while (!text.empty()) {
    const bool place =
        text.size() > 2 && text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}';
    if (!place) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto number = static_cast<std::size_t>(text[1] - '0');
    if (number < arguments.size()) result += arguments[number];
    text.remove_prefix(3);
  }
  return result;
}

}  // namespace

Weight weight_of(SiteFinding finding) noexcept {
  return finding_row(finding).weight;
}

Found found(SiteFinding finding, const std::vector<std::string>& arguments) {
  const FindingRow& row = finding_row(finding);
  return {finding, filled(row.what, arguments), filled(row.help, arguments)};
}

}  // namespace ccgate
