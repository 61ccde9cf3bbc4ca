// Milter sessions as MTAs play them, and as they should not but do.
#include "policy/text/text.h"
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Kind = MilterReply::Kind;

void check_accepted(const MilterOutcome& outcome) {
  INFO(outcome.reply.text);
  CHECK(outcome.delivered());
  CHECK(outcome.step == "eom");
  CHECK(outcome.of(MilterEdit::Kind::add_recipient) == std::vector<std::string>{"<hostmaster@nic.xa>"});
  REQUIRE(outcome.added_fields("X-CCgate").size() == 1);
  CHECK_THAT(outcome.added_fields("X-CCgate")[0],
             contains("verdict=accept rule=admin-writes list=tld-ops tlds=xa"));
}

void check_refused(const MilterOutcome& outcome, const std::string& start) {
  CHECK(outcome.reply.kind == Kind::reply);
  CHECK_THAT(outcome.reply.text, Catch::Matchers::StartsWith(start));
  CHECK(outcome.edits.empty());
}

TEST_CASE("a request is accepted with marks, the contact is added") {
  Site site;
  const MilterOutcome outcome = send(site.daemon, good_request());
  check_accepted(outcome);
  REQUIRE(outcome.added_fields("Authentication-Results").size() == 1);
  CHECK_THAT(outcome.added_fields("Authentication-Results")[0],
             Catch::Matchers::StartsWith("lists.example;") && contains("spf=pass"));
  for (const MilterEdit& edit : outcome.edits)
    if (edit.kind == MilterEdit::Kind::insert_header) CHECK(edit.index == 0);
}

TEST_CASE("a request is refused with what to do") {
  Site site;
  check_refused(send(site.daemon, bad_request()),
                "550 5.7.2 write from hostmaster@nic.xa (the IANA admin contact of .xa) or copy it in Cc");
}

TEST_CASE("other mail is let go at DATA, and no question is asked") {
  Site site;
  const MilterOutcome outcome = send(site.daemon, other_mail());
  CHECK(outcome.step == "data");
  CHECK(outcome.reply.kind == Kind::accept);
  CHECK(outcome.edits.empty());
  CHECK(site.dns.asked().empty());
}

TEST_CASE("a second recipient of the other kind has to come again") {
  Site site;
  MilterMail mail = good_request();
  mail.recipients = {kJoin, kPost};
  MilterOutcome outcome = send(site.daemon, mail);
  check_accepted(outcome);
  CHECK(outcome.recipients.at(0).kind == Kind::go_on);
  CHECK_THAT(outcome.recipients.at(1).text, Catch::Matchers::StartsWith("452 4.5.3 "));

  mail.recipients = {kPost, kJoin};
  outcome = send(site.daemon, mail);
  CHECK(outcome.step == "data");
  CHECK_THAT(outcome.recipients.at(1).text, Catch::Matchers::StartsWith("452 4.5.3 "));
}

TEST_CASE("messages of one connection do not touch each other") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  client.macros = postfix_macros();
  check_accepted(client.deliver(good_request()));
  for (int i = 0; i < 20; ++i) {
    check_refused(client.transaction(bad_request()), "550 5.7.2 ");
    CHECK(client.transaction(other_mail()).step == "data");
    check_accepted(client.transaction(good_request()));
  }
  client.quit();
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("an abort may come after any step") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  client.macros = postfix_macros();
  const MilterMail mail = good_request();
  client.connect(mail.client_name, mail.client);
  client.helo(mail.helo);
  const int steps = GENERATE(range(0, 7));
  INFO("steps before the abort: " << steps);
  if (steps > 0) client.mail(mail.mail_from);
  if (steps > 1) client.rcpt(mail.recipients[0]);
  if (steps > 2) client.data();
  if (steps > 3) client.header(mail.fields[0]);
  if (steps > 4) client.end_of_header();
  if (steps > 5) client.body(mail.body);
  client.abort();
  client.abort();
  check_accepted(client.transaction(mail));
  check_refused(client.transaction(bad_request()), "550 5.7.2 ");
}

TEST_CASE("connections that end anywhere leave the daemon well") {
  Site site;
  const MilterMail mail = good_request();
  for (int steps = 0; steps < 9; ++steps) {
    MilterClient client(site.daemon.socket());
    if (steps > 0) client.negotiate();
    if (steps > 1) client.connect(mail.client_name, mail.client);
    if (steps > 2) client.helo(mail.helo);
    if (steps > 3) client.mail(mail.mail_from);
    if (steps > 4) client.rcpt(mail.recipients[0]);
    if (steps > 5) client.data();
    if (steps > 6) client.header(mail.fields[0]);
    if (steps > 7) client.end_of_header();
  }
  check_accepted(send(site.daemon, good_request()));
}

TEST_CASE("steps in an order that no MTA uses do no harm") {
  Site site;
  // C connect, H helo, M mail, R rcpt, T data, L header, N end of header, B body, E end of message, A abort
  const std::string order =
      GENERATE(as<std::string>{}, "E", "CE", "MRE", "CRTNE", "CHMTNE", "CHTE", "CHRMTNE", "CHMRLNTBE",
               "CHMRTNNE", "CHMRTBLNE", "CHMRMRAE", "CCHHMMRTLNBE");
  INFO(order);
  const MilterMail mail = bad_request();
  MilterClient client(site.daemon.socket(), std::chrono::milliseconds(300));
  MilterOutcome outcome;
  try {
    client.negotiate();
    for (const char step : order) {
      if (step == 'C') client.connect(mail.client_name, mail.client);
      if (step == 'H') client.helo(mail.helo);
      if (step == 'M') client.mail(mail.mail_from);
      if (step == 'R') client.rcpt(kJoin);
      if (step == 'T') client.data();
      if (step == 'L') client.header(mail.fields[0]);
      if (step == 'N') client.end_of_header();
      if (step == 'B') client.body(mail.body);
      if (step == 'A') client.abort();
      if (step == 'E') client.end_of_message(outcome);
    }
  } catch (const MilterError&) {  // the library passes over what it does not expect, without an answer
  }
  CHECK(outcome.edits.empty());
  check_accepted(send(site.daemon, good_request()));
}

TEST_CASE("octets that are no milter protocol close the connection") {
  Site site;
  const std::string octets =
      GENERATE(as<std::string>{}, "EHLO mx.nic.xa\r\n", std::string(1000, '\xff'), std::string(1000, '\0'),
               std::string("\0\0\0\1Z", 5), std::string("\0\0\0\1O", 5));
  {
    MilterClient client(site.daemon.socket());
    try {
      client.send_octets(octets);
      client.send_octets(octets);
    } catch (const MilterError&) {  // closed already
    }
    CHECK((client.is_closed_by_peer() || site.daemon.running()));
  }
  check_accepted(send(site.daemon, good_request()));
}

TEST_CASE("an MTA that offers too little is not served") {
  Site site;
  MilterClient client(site.daemon.socket());
  CHECK_THROWS_AS(client.negotiate(0, MilterClient::kAllSteps, 2), MilterError);
  check_accepted(send(site.daemon, good_request()));
}

TEST_CASE("an MTA that offers no optional step is served the same") {
  Site site;
  MilterClient client(site.daemon.socket());
  constexpr std::uint32_t kLeadingSpace = 0x100000;
  client.negotiate(MilterClient::kAllActions, kLeadingSpace);
  client.macros = postfix_macros();
  check_accepted(client.deliver(good_request()));
  check_refused(client.transaction(bad_request()), "550 5.7.2 ");
}

TEST_CASE("every macro may be missing") {
  Site site;
  MilterClient client(site.daemon.socket());
  client.negotiate();
  check_accepted(client.deliver(good_request()));
  check_refused(client.transaction(bad_request()), "550 5.7.2 ");
}

TEST_CASE("a client without address has no SPF") {
  Site site;
  MilterMail mail = good_request();
  mail.client = "";
  check_refused(send(site.daemon, mail), "550 5.7.2");
}

TEST_CASE("a loopback client has no SPF") {
  Site site;
  MilterMail mail = good_request();
  mail.client = GENERATE(as<std::string>{}, "127.0.0.1", "::1", "::ffff:127.0.0.1");
  check_refused(send(site.daemon, mail), "550 5.7.2");
}

TEST_CASE("a mapped IPv4 client is the IPv4 client") {
  Site site;
  MilterMail mail = good_request();
  mail.client = "::ffff:192.0.2.25";
  check_accepted(send(site.daemon, mail));
}

TEST_CASE("forged marks are removed from the last to the first") {
  Site site;
  MilterMail mail = good_request();
  mail.fields.insert(mail.fields.begin(), {{"Authentication-Results", " lists.example; dkim=pass"},
                                           {"authentication-results", " other.example; dkim=pass"},
                                           {"Authentication-Results", " LISTS.EXAMPLE. 1; spf=pass"},
                                           {"X-CCgate", " verdict=accept"},
                                           {"X-CCgate-Anything", " x"}});
  const MilterOutcome outcome = send(site.daemon, mail);
  check_accepted(outcome);
  std::vector<std::pair<std::string, std::uint32_t>> deleted;
  for (const MilterEdit& edit : outcome.edits) {
    if (edit.kind != MilterEdit::Kind::change_header) continue;
    CHECK(edit.value.empty());
    if (ascii_lower(edit.name) == "authentication-results") deleted.emplace_back("a-r", edit.index);
  }
  CHECK(deleted == std::vector<std::pair<std::string, std::uint32_t>>{{"a-r", 3}, {"a-r", 1}});
}

TEST_CASE("many connections at once") {
  Site site;
  std::vector<std::unique_ptr<MilterClient>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<MilterClient>(site.daemon.socket()));
    clients.back()->negotiate();
    const MilterMail mail = good_request();
    clients.back()->connect(mail.client_name, mail.client);
    clients.back()->helo(mail.helo);
    clients.back()->mail(mail.mail_from);
    clients.back()->rcpt(mail.recipients[0]);
  }
  check_accepted(send(site.daemon, good_request()));
  for (auto& client : clients) {
    client->abort();
    check_accepted(client->transaction(good_request()));
  }
}

TEST_CASE("a message that meets a failure is held where the site wants that, and never let through") {
  Site site;
  site.daemon.edit("ccgate.yaml", "lists:\n",
                   "store: sqlite:/nonexistent/ledger\nsubmit: smtp://127.0.0.1:1\n"
                   "on: {internal_error: hold}\nlists:\n");
  site.daemon.stop();
  site.daemon.start();
  const MilterOutcome outcome = send(site.daemon, good_request());
  INFO(outcome.reply.text);
  CHECK(outcome.reply.kind == Kind::accept);
  CHECK(outcome.of(MilterEdit::Kind::quarantine).size() == 1);

  MilterMail answer = other_mail();
  answer.recipients = {"<tld-ops-vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example>"};
  answer.body = "yes\r\n";
  CHECK_THAT(send(site.daemon, answer).reply.text, Catch::Matchers::StartsWith("451 4.3.0 "));
  CHECK(send(site.daemon, other_mail()).step == "data");
}

}  // namespace
}  // namespace ccgate
