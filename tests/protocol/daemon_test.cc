// The daemon as its operator handles it: start, reload, stop.
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Catch::Matchers::StartsWith;

bool is_socket(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
}

TEST_CASE("SIGTERM stops it, and the socket goes with it") {
  Site site;
  CHECK(is_socket(site.daemon.socket()));
  CHECK(site.daemon.stop() == 0);
  CHECK_FALSE(std::filesystem::exists(site.daemon.socket()));
  site.daemon.start();
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a stop waits some moments for open connections, no longer") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  client.connect("[192.0.2.25]", "192.0.2.25");
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a daemon of root says so, and no other") {
  const Site site;
  const std::string log = site.daemon.log();
  CHECK((log.find("level=warning event=runs_as_root why=") != std::string::npos) == (geteuid() == 0));
}

TEST_CASE("a killed daemon's socket is taken over") {
  Site site;
  site.daemon.send_signal(SIGKILL);
  CHECK(site.daemon.wait_for_end() == -1);
  CHECK(is_socket(site.daemon.socket()));
  site.daemon.start();
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a second daemon on the same socket gives up, the first goes on") {
  Site site;
  Daemon second(site.dns.server());
  second.edit("ccgate.yaml", second.socket(), site.daemon.socket());
  CHECK(second.run_to_end() == 3);
  CHECK_THAT(second.log(), contains("cannot listen on"));
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("the socket has the mode of the configuration") {
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "\"0666\"", "\"0600\"");
  daemon.start();
  struct stat status {};
  REQUIRE(lstat(daemon.socket().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a reload brings the new rules, in the middle of a connection too") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  CHECK_THAT(client.deliver(bad_request()).reply.text, contains("or copy it in Cc"));
  site.daemon.edit("tld-ops.policy.yaml", "or copy it in Cc", "and from nowhere else");
  const int signal = GENERATE(SIGHUP, SIGUSR1);
  site.daemon.send_signal(signal);
  site.daemon.wait_for_log("event=reloaded");
  CHECK_THAT(client.transaction(bad_request()).reply.text, contains("and from nowhere else"));
}

TEST_CASE("a transaction keeps the rules that it began with") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  const MilterMail mail = bad_request();
  client.connect(mail.client_name, mail.client);
  client.helo(mail.helo);
  client.mail(mail.mail_from);
  client.rcpt(mail.recipients[0]);
  client.data();
  site.daemon.edit("tld-ops.policy.yaml", "or copy it in Cc", "and from nowhere else");
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
  for (const HeaderField& field : mail.fields) client.header(field);
  client.end_of_header();
  MilterOutcome outcome;
  CHECK_THAT(client.end_of_message(outcome).text, contains("or copy it in Cc"));
}

TEST_CASE("a reload of a broken file keeps the old rules") {
  Site site;
  const auto [file, from, to] = GENERATE(table<std::string, std::string, std::string>({
      {"ccgate.yaml", "mixed_recipients: split", "mixed_recipients: splitt"},
      {"tld-ops.policy.yaml", "then: ask", "then: perhaps"},
      {"registries.yaml", "shared_domains", "shared_domain"},
      {"contacts.json", "\"cctlds\"", "\"cctld\""},
  }));
  INFO(file);
  site.daemon.edit(file, from, to);
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reload_refused");
  CHECK_THAT(site.daemon.log(), contains(file + ":"));
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.edit(file, to, from);
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
}

TEST_CASE("thousands of reloads in a row stop nothing") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  CHECK(client.deliver(good_request()).delivered());
  for (int i = 0; i < 5000; ++i) {
    site.daemon.send_signal(i % 2 == 0 ? SIGHUP : SIGUSR1);
    if (i % 100 == 0) CHECK(client.transaction(good_request()).delivered());
  }
  CHECK(client.transaction(good_request()).delivered());
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a wrong ccgate.yaml: every error at once, exit 1, no socket") {
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "mixed_recipients: split", "mixed_recipient: split");
  daemon.edit("ccgate.yaml", "manager: mailman3", "manager: mailman4");
  CHECK(daemon.run_to_end() == 1);
  CHECK_THAT(daemon.log(), contains("ccgate.yaml:") && contains("mixed_recipient") && contains("mailman4"));
  CHECK_FALSE(std::filesystem::exists(daemon.socket()));
}

TEST_CASE("wrong files that ccgate.yaml names: every error at once, exit 1, no socket") {
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("tld-ops.policy.yaml", "from_is_admin_contact", "from_is_admin_contct");
  daemon.edit("tld-ops.policy.yaml", "then: ask", "then: perhaps");
  daemon.edit("registries.yaml", "covers", "cover");
  daemon.edit("contacts.json", "\"cctlds\"", "\"cctld\"");
  CHECK(daemon.run_to_end() == 1);
  const std::string log = daemon.log();
  CHECK_THAT(log,
             contains("tld-ops.policy.yaml:") && contains("from_is_admin_contct") && contains("perhaps"));
  CHECK_THAT(log, contains("registries.yaml:") && contains("cover"));
  CHECK_THAT(log, contains("contacts.json:") && contains("cctld"));
  CHECK_FALSE(std::filesystem::exists(daemon.socket()));
}

TEST_CASE("a missing configuration: exit 1, no socket") {
  SiteDns dns;
  Daemon daemon(dns.server());
  std::filesystem::remove(daemon.config_file());
  CHECK(daemon.run_to_end() == 1);
  CHECK_THAT(daemon.log(), contains("ccgate.yaml"));
}

}  // namespace
}  // namespace ccgate
