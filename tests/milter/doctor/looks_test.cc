// What was asked -> what is told: the looks whose asking is another's.
#include "milter/doctor/look_store.h"

#include "milter/doctor/look_clock.h"
#include "milter/doctor/look_contacts.h"
#include "milter/doctor/look_dns.h"
#include "milter/doctor/look_notices.h"
#include "milter/doctor/look_socket.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using LookTexts = std::vector<std::string>;

constexpr std::int64_t kNoon = 1894708800;  // 2030-01-15T12:00:00Z

LookTexts words_of_look(const LookResult& result) {
  LookTexts words;
  for (const Found& each : result.found) words.emplace_back(to_string(each.finding));
  return words;
}

ListConfig list_called(const std::string& name) {
  return {.name = name,
          .addresses = {.address = *Address::parse(name + "@lists.example"), .form = {}, .also = {}},
          .policy_file = "",
          .at = {},
          .policy_at = {}};
}

bool lives(std::int64_t pid) {
  return pid == 7;
}

}  // namespace

TEST_CASE("a store: what is wrong with it comes first") {
  StoreProbe probe;
  probe.schema = 7;
  probe.backlog.waiting = 2;
  probe.backlog.oldest_due = kNoon - 3000;
  CHECK(look_at_store(probe, {}, std::nullopt, kNoon).seen ==
        LookTexts{"can be written; schema 7, 0 MB", "2 task(s) wait, none for long"});
  CHECK(words_of_look(look_at_store(probe, {}, StoreDisk{"/var", 1024}, kNoon)) == LookTexts{"disk_full"});
  probe.backlog.oldest_due = kNoon - 4000;
  probe.not_written = "read only";
  const LookResult result = look_at_store(probe, {}, std::nullopt, kNoon);
  CHECK(words_of_look(result) == LookTexts{"store_read_only", "outbox_stuck"});
  CHECK(result.found[1].what ==
        "2 task(s) wait, the oldest since 2030-01-15T10:53:20Z: notices or hooks do not get on");
  CHECK(words_of_look(look_at_store(probe, {"", "no right"}, std::nullopt, kNoon)) ==
        LookTexts{"store_read_only", "outbox_stuck"});
  CHECK(state_of(look_at_store(probe, {"no right here", ""}, std::nullopt, kNoon)) == LookState::untold);
  probe.why = "it is away";
  CHECK(state_of(look_at_store(probe, {"no right here", ""}, std::nullopt, kNoon)) == LookState::untold);
  CHECK(words_of_look(look_at_store(probe, {}, std::nullopt, kNoon)) == LookTexts{"store_fails"});
}

TEST_CASE("the clock: what was written lies in the past, but for a minute") {
  CHECK(look_at_clock(kNoon, true, {{"x", kNoon + 60}}).seen == LookTexts{"it is 2030-01-15T12:00:00Z"});
  CHECK(words_of_look(look_at_clock(kNoon, true, {{"x", kNoon + 61}})) == LookTexts{"clock_behind"});
  CHECK(words_of_look(look_at_clock(kNoon, false, {})) == LookTexts{"clock_unsynchronised"});
  CHECK(state_of(look_at_clock(kNoon, std::nullopt, {})) == LookState::untold);
}

TEST_CASE("contacts: their age, and the timer that keeps them young") {
  Ruleset rules;
  rules.config.contacts.file = "/x/contacts.json";
  const auto of = [&](std::optional<std::int64_t> fetched) {
    rules.directory = std::make_shared<const Directory>(std::vector<CcTld>{}, RegistryOverrides{},
                                                        std::vector<std::set<Address>>{}, fetched);
  };
  of(kNoon - 2 * 86400);
  CHECK(look_at_contacts(rules, {"active", ""}, kNoon).seen ==
        LookTexts{"0 ccTLD(s), of 2030-01-13T12:00:00Z, 2 day(s) old", "ccgate-contacts.timer runs"});
  CHECK(words_of_look(look_at_contacts(rules, {"inactive", ""}, kNoon)) == LookTexts{"contacts_timer_off"});
  CHECK(state_of(look_at_contacts(rules, {"", "no systemd"}, kNoon)) == LookState::untold);
  of(kNoon - 8 * 86400);
  CHECK(words_of_look(look_at_contacts(rules, {"active", ""}, kNoon)) == LookTexts{"contacts_stale"});
  of(std::nullopt);
  CHECK(state_of(look_at_contacts(rules, {"active", ""}, kNoon)) == LookState::untold);
}

TEST_CASE("DNS: silent, slow, not validated") {
  const auto asked = [](DnsAnswer::Status status, bool secure, std::int64_t milliseconds, bool is_signed) {
    DnsAsked one{"192.0.2.53", "lists.example", {}, milliseconds, is_signed};
    one.answer.status = status;
    one.answer.secure = secure;
    return words_of_look(look_at_dns({one}, ""));
  };
  using Status = DnsAnswer::Status;
  CHECK(asked(Status::nxdomain, false, 10, false).empty());
  CHECK(asked(Status::nodata, true, 10, true).empty());
  CHECK(asked(Status::nodata, false, 10, true) == LookTexts{"dns_not_validated"});
  CHECK(asked(Status::ok, false, 1001, false) == LookTexts{"dns_slow"});
  CHECK(asked(Status::temperror, false, 10, true) == LookTexts{"dns_silent"});
  CHECK(state_of(look_at_dns({}, "no resolv.conf")) == LookState::untold);
}

TEST_CASE("DNS: signed ccTLDs are asked for only where answers are validated") {
  Config config;
  config.lists = {list_called("a"), list_called("b")};
  std::vector<CcTld> cctlds;
  cctlds.push_back({.label = *Domain::parse("xa"),
                    .contacts = {},
                    .organisation = {},
                    .fetched = {},
                    .dnssec = {},
                    .anomaly = {}});
  cctlds.push_back({.label = *Domain::parse("xb"),
                    .contacts = {},
                    .organisation = {},
                    .fetched = {},
                    .dnssec = true,
                    .anomaly = {}});
  const Directory directory(cctlds, {}, {});
  CHECK(dns_questions(config, directory).size() == 1);
  config.dns.trust_anchor = "/x";
  const auto wanted = dns_questions(config, directory);
  REQUIRE(wanted.size() == 2);
  CHECK(wanted[1].name == "xb");
  CHECK(wanted[1].is_signed);
}

TEST_CASE("which addresses others can see") {
  for (const auto& [text, want] : std::vector<std::pair<const char*, bool>>{{"127.0.0.1", false},
                                                                            {"10.1.2.3", false},
                                                                            {"172.16.0.1", false},
                                                                            {"172.32.0.1", true},
                                                                            {"192.168.1.1", false},
                                                                            {"100.64.0.1", false},
                                                                            {"169.254.1.1", false},
                                                                            {"0.0.0.0", false},
                                                                            {"224.0.0.1", false},
                                                                            {"192.0.2.1", true},
                                                                            {"::1", false},
                                                                            {"fe80::1", false},
                                                                            {"fd00::1", false},
                                                                            {"2001:db8::1", true}}) {
    INFO(text);
    CHECK(is_public_address(*ClientAddress::parse(text)) == want);
  }
}

TEST_CASE("notices: SPF says whether they are believed") {
  Config config;
  config.submit.kind = Submission::Kind::smtp;
  NoticesSeen seen;
  seen.answers = Truth::no;
  seen.server = "localhost:25";
  const auto with = [&](AuthResult result) {
    seen.spf = {{"192.0.2.1", "lists.example", {result, {}, "why"}}};
    return look_at_notices(config, seen);
  };
  CHECK(with(AuthResult::pass).found.empty());
  CHECK(words_of_look(with(AuthResult::none)) == LookTexts{"spf_missing"});
  CHECK(words_of_look(with(AuthResult::softfail)) == LookTexts{"spf_fails"});
  CHECK(words_of_look(with(AuthResult::permerror)) == LookTexts{"spf_fails"});
  CHECK(state_of(with(AuthResult::temperror)) == LookState::untold);
  seen.answers = Truth::unknown;
  CHECK(words_of_look(with(AuthResult::pass)) == LookTexts{"submit_unreachable"});
  config.submit.kind = Submission::Kind::none;
  CHECK(state_of(with(AuthResult::fail)) == LookState::ok);
}

TEST_CASE("a probe looks like a notice") {
  const auto mail = probe_mail(list_called("tld-ops"), *Address::parse("me@elsewhere.example"), kNoon);
  REQUIRE(mail);
  CHECK(mail->from.text().starts_with("tld-ops-notice+"));
  CHECK(mail->message.find("\r\nAuto-Submitted: ") != std::string::npos);
  CHECK(mail->message.find("Authentication-Results") != std::string::npos);
}

TEST_CASE("the daemon: gone, of another version, with other rules or another configuration") {
  Ruleset rules;
  rules.hash = "now";
  rules.lists.push_back({list_called("tld-ops"), {}, ""});
  rules.lists.front().policy.hash = "policy";
  DaemonStatus status;
  status.pid = 7;
  status.version = CCGATE_VERSION;
  status.config = "/x/ccgate.yaml";
  status.rules = "now";
  status.policies["tld-ops"] = "policy";
  const auto look = [&](const char* file = "/x/ccgate.yaml") {
    return look_at_daemon({"/run", {{"/run/status.json", status, ""}}, lives}, file, &rules);
  };
  CHECK(look().found.empty());
  CHECK(words_of_look(look("/y/ccgate.yaml")) == LookTexts{"other_config"});
  status.rules = "before";
  CHECK(look().found.at(0).what ==
        "the daemon decides by other rules than the files have now: ccgate.yaml, or a file that it names");
  status.policies["tld-ops"] = "older";
  CHECK(look().found.at(0).what ==
        "the daemon decides by other rules than the files have now: the policy of list `tld-ops`");
  status.version = "0.0.0";
  CHECK(words_of_look(look()) == LookTexts{"version_differs", "rules_differ"});
  status.pid = 8;
  CHECK(words_of_look(look()) == LookTexts{"daemon_gone"});
  CHECK(state_of(look_at_daemon({"/run", {}, lives}, "/x", &rules)) == LookState::untold);
  CHECK(state_of(look_at_daemon({"/run", {{"/run/status.json", std::nullopt, "no right"}}, lives}, "/x",
                                &rules)) == LookState::untold);
}

TEST_CASE("where an MTA reaches a socket that was handed over, the daemon says") {
  Config config;
  config.listen = {"fd:3", "inet:8893@127.0.0.1"};
  CHECK(gate_sockets(config, {}) == LookTexts{"inet:8893@127.0.0.1"});
  DaemonStatus status;
  status.listen = "fd:3";
  status.socket = "unix:/run/ccgate/ccgate.sock";
  CHECK(gate_sockets(config, {{"x", status, ""}}) ==
        LookTexts{"unix:/run/ccgate/ccgate.sock", "inet:8893@127.0.0.1"});
}
