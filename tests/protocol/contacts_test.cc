// The daemon notices that contacts.json was written anew, without a signal.
#include <csignal>
#include <filesystem>

#include "milter/system/timestamp.h"
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Catch::Matchers::StartsWith;

int times(const std::string& log, std::string_view text) {
  int count = 0;
  for (std::size_t at = log.find(text); at != std::string::npos; at = log.find(text, at + 1)) ++count;
  return count;
}

/// contacts.json of the site with another admin contact of .xa: that of bad_request().
std::string other_contacts(const Daemon& daemon) {
  std::string text = daemon.read("contacts.json");
  const std::string_view from = "hostmaster@nic.xa";
  return text.replace(text.find(from), from.size(), "anne@nic.xa");
}

TEST_CASE("a file put in the place of contacts.json is in force without a signal") {
  Site site;
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_FALSE(send(site.daemon, bad_request()).delivered());
  const std::string before = site.daemon.read("contacts.json");
  site.daemon.replace("contacts.json", other_contacts(site.daemon));
  site.daemon.wait_for_log("event=contacts_loaded");
  CHECK_THAT(site.daemon.log(),
             contains("event=contacts_loaded cctlds=9 fetched=20") && contains("Z anomalies=0 unusable=0\n"));
  CHECK_FALSE(send(site.daemon, good_request()).delivered());
  CHECK(send(site.daemon, bad_request()).delivered());
  // Written in place, it is noticed as well.
  site.daemon.write("contacts.json", before);
  site.daemon.wait_for_log("event=contacts_loaded", 2);
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a bad contacts.json keeps the old data, and is told once") {
  Site site;
  const std::string good = other_contacts(site.daemon);
  site.daemon.write("contacts.json", std::string_view(good).substr(0, good.size() / 2));
  site.daemon.wait_for_log("event=contacts_refused");
  CHECK_THAT(site.daemon.log(), contains("event=contacts_refused why=\"this is not JSON") &&
                                    contains(" line=") && contains(" errors=1\n"));
  CHECK_THAT(site.daemon.log(), contains("contacts.json:") && contains(": error: this is not JSON"));
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.replace("contacts.json", "{\"ccgate_contacts\": 2, \"cctld\": {}}\n");
  site.daemon.wait_for_log("event=contacts_refused", 2);
  CHECK_THAT(site.daemon.log(), contains(" errors=3\n"));
  std::filesystem::remove(site.daemon.file("contacts.json"));
  site.daemon.wait_for_log("event=contacts_refused", 3);
  CHECK_THAT(site.daemon.log(), contains("cannot read the file: No such file or directory"));
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_FALSE(send(site.daemon, bad_request()).delivered());
  site.daemon.replace("contacts.json", good);
  site.daemon.wait_for_log("event=contacts_loaded");
  CHECK(send(site.daemon, bad_request()).delivered());
  CHECK(times(site.daemon.log(), "event=contacts_refused") == 3);
  CHECK(times(site.daemon.log(), "event=contacts_loaded") == 1);
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a contacts.json without ccTLDs is never taken") {
  Site site;
  site.daemon.replace("contacts.json", "{\"ccgate_contacts\": 1, \"cctlds\": {}}\n");
  site.daemon.wait_for_log("event=contacts_refused");
  CHECK_THAT(site.daemon.log(), contains("why=\"there are no ccTLDs in the file\""));
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reload_refused");
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a contacts.json that lost ccTLDs is taken at an operator's word") {
  Site site;
  std::string text = site.daemon.read("contacts.json");
  const std::size_t lost = text.find("\"xb\": {"), stays = text.find("\"xd\": {");
  site.daemon.replace("contacts.json", text.erase(lost, stays - lost));
  site.daemon.wait_for_log("event=contacts_refused");
  CHECK_THAT(site.daemon.log(), contains("why=\"2 of 9 ccTLDs are gone in one run; a reload takes the file"));
  CHECK(times(site.daemon.log(), "event=contacts_loaded") == 0);
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_THAT(send(site.daemon, write_mail("anne@nic.xa", "subscribe xb")).reply.text, StartsWith("550 "));
}

TEST_CASE("an entry that nobody could read is counted, and requests for it are deferred") {
  Site site;
  std::string text = other_contacts(site.daemon);
  text.replace(text.find("\"xi\": {"), 7, "\"xj\": {\"anomaly\": \"odd\"},\n  \"xi\": {\"anomaly\": \"x\", ");
  site.daemon.replace("contacts.json", text);
  site.daemon.wait_for_log("event=contacts_loaded");
  CHECK_THAT(site.daemon.log(), contains(" cctlds=10 ") && contains(" anomalies=2 unusable=1\n"));
  CHECK_THAT(send(site.daemon, write_mail("anne@nic.xa", "subscribe xj")).reply.text,
             StartsWith("451 4.3.0 "));
}

TEST_CASE("data beyond max_age that comes in place of fresh data decides nothing") {
  Site site;
  const std::string fresh = site.daemon.read("contacts.json");
  std::string stale = fresh;
  const std::string key = "\"fetched\": \"";  // of the file, and of each entry
  for (std::size_t at = stale.find(key); at != std::string::npos; at = stale.find(key, at + 1))
    stale.replace(at + key.size(), 20, format_timestamp(1'700'000'000));
  site.daemon.replace("contacts.json", stale);
  site.daemon.wait_for_log("event=contacts_loaded");
  CHECK_THAT(send(site.daemon, good_request()).reply.text, StartsWith("451 4.3.0 "));
  site.daemon.replace("contacts.json", fresh);
  site.daemon.wait_for_log("event=contacts_loaded", 2);
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a transaction keeps the contacts that it began with") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  const MilterMail mail = good_request();
  client.connect(mail.client_name, mail.client);
  client.helo(mail.helo);
  client.mail(mail.mail_from);
  client.rcpt(mail.recipients[0]);
  client.data();
  site.daemon.replace("contacts.json", other_contacts(site.daemon));
  site.daemon.wait_for_log("event=contacts_loaded");
  for (const HeaderField& field : mail.fields) client.header(field);
  client.end_of_header();
  MilterOutcome outcome;
  CHECK_FALSE(client.end_of_message(outcome).refuses());
  CHECK(client.transaction(mail).reply.refuses());
}

TEST_CASE("a reload takes the contacts along; what it took is not taken again") {
  Site site;
  site.daemon.replace("contacts.json", other_contacts(site.daemon));
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
  CHECK(send(site.daemon, bad_request()).delivered());
  site.daemon.replace("contacts.json", "{}");
  site.daemon.wait_for_log("event=contacts_refused");
  CHECK(times(site.daemon.log(), "event=contacts_loaded") == 0);
  CHECK(send(site.daemon, bad_request()).delivered());
}

TEST_CASE("with several sockets each process notices by itself") {
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "listen: \"unix:" + daemon.socket() + "\"",
              "listen: [\"unix:" + daemon.socket() + "\", \"unix:" + daemon.socket() + "2\"]");
  daemon.start();
  daemon.wait_for_log("event=ready", 2);
  daemon.replace("contacts.json", other_contacts(daemon));
  daemon.wait_for_log("event=contacts_loaded", 2);
  for (const std::string& socket : {daemon.socket(), daemon.socket() + "2"}) {
    MilterClient client(socket);
    client.negotiate();
    CHECK(client.deliver(bad_request()).delivered());
  }
  CHECK(daemon.stop() == 0);
}

}  // namespace
}  // namespace ccgate
