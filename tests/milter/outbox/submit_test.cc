#include "milter/outbox/make_submitter.h"

#include <algorithm>
#include <map>
#include <thread>

#include "milter/outbox/smtp_reply.h"
#include "milter/outbox/submit_sendmail.h"
#include "milter/outbox/submit_smtp.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/smtp_server.h"

using namespace ccgate;
using namespace ccgate::test;
using std::chrono::milliseconds;
using Ended = SubmitResult::Outcome;
using Steps = std::vector<std::string>;

namespace {

Mail mail(const std::string& message = "Subject: x\r\n\r\n.\r\n..a\r\nb.\r\n") {
  return {*Address::parse("tld-ops-notice+token@lists.example.org"), *Address::parse("hostmaster@nic.xa"),
          message};
}

SmtpTimes generous() {
  return {};
}

SmtpTimes impatient() {
  return {milliseconds(2000), milliseconds(60), milliseconds(60), milliseconds(2000), milliseconds(60)};
}

SubmitResult submit_to(const SmtpServer& server, const SmtpTimes& times = generous(),
                       const std::stop_token& stop = {}) {
  return make_smtp_submitter("127.0.0.1", server.port(), times, stop)->submit(mail());
}

}  // namespace

TEST_CASE("smtp: a mail is handed over") {
  const SmtpServer server;
  const SubmitResult result = submit_to(server);
  CHECK(result.outcome == Ended::taken);
  CHECK(result.why == "250 2.0.0 Ok: queued as 4xyz");
  // The connection ends in the server's own time.
  Steps got = server.received();
  REQUIRE(got.size() >= 5);
  CHECK(got[0].starts_with("EHLO "));
  got.resize(5);
  CHECK(Steps(got.begin() + 1, got.end()) == Steps{"MAIL FROM:<tld-ops-notice+token@lists.example.org>",
                                                   "RCPT TO:<hostmaster@nic.xa>", "DATA",
                                                   "Subject: x\r\n\r\n..\r\n...a\r\nb."});
}

TEST_CASE("smtp: a server is greeted with a full name, or the address of this end") {
  const auto greeted = [](const SmtpGreeting& greeting,
                          const std::map<std::string, std::string>& replies = {}) {
    const SmtpServer server(replies);
    CHECK(make_smtp_submitter("127.0.0.1", server.port(), {}, {}, greeting)->submit(mail()).outcome ==
          Ended::taken);
    const Steps got = server.received();
    return replies.empty() ? got.at(0) : got.at(1);
  };
  CHECK(greeted({"", "Mail.Example.ORG"}) == "EHLO mail.example.org");
  CHECK(greeted({"", "mail"}) == "EHLO [127.0.0.1]");
  CHECK(greeted({"", "localhost"}) == "EHLO [127.0.0.1]");
  CHECK(greeted({"gate.example", "mail"}) == "EHLO gate.example");
  CHECK(greeted({"", "mail"}, {{"EHLO", "502 5.5.2 what?"}}) == "HELO [127.0.0.1]");
}

TEST_CASE("smtp: a server without EHLO") {
  const SmtpServer server("EHLO", "502 5.5.2 what?");
  CHECK(submit_to(server).outcome == Ended::taken);
  CHECK(server.received().at(1).starts_with("HELO "));
}

TEST_CASE("smtp: what a server answers at each step") {
  struct Row {
    const char* step;
    const char* reply;
    Ended outcome;
    bool unreachable;
    const char* why;
  };
  const auto row = GENERATE(values<Row>({
      {"connect", "554 5.7.1 go away", Ended::trouble, true, "the greeting: 554 5.7.1 go away"},
      {"connect", "421 4.3.2 busy", Ended::later, true, "the greeting: 421 4.3.2 busy"},
      {"connect", SmtpServer::kClose, Ended::later, true, "the greeting: the server closed the connection"},
      {"connect", "hello", Ended::later, true, "the greeting: the reply is not SMTP"},
      {"EHLO", "421 4.3.2 busy", Ended::later, true, "EHLO: 421 4.3.2 busy"},
      {"EHLO", SmtpServer::kClose, Ended::later, true, "EHLO: the server closed the connection"},
      {"MAIL", "450 4.1.8 no", Ended::later, false, "MAIL: 450 4.1.8 no"},
      {"MAIL", "550 5.1.8 no", Ended::trouble, false, "MAIL: 550 5.1.8 no"},
      {"MAIL", "421 4.3.2 busy", Ended::later, true, "MAIL: 421 4.3.2 busy"},
      {"RCPT", "450 4.2.0 greylisted", Ended::later, false, "RCPT: 450 4.2.0 greylisted"},
      {"RCPT", "550-5.1.1 no such\r\n550 5.1.1 user", Ended::never, false,
       "RCPT: 550 5.1.1 no such 5.1.1 user"},
      {"RCPT", "554 5.7.1 Helo command rejected", Ended::trouble, false,
       "RCPT: 554 5.7.1 Helo command rejected"},
      {"RCPT", "550 no", Ended::trouble, false, "RCPT: 550 no"},
      {"RCPT", "550-a\r\n250 b", Ended::later, false, "RCPT: the reply is not SMTP"},
      {"RCPT", "252", Ended::taken, false, "250 2.0.0 Ok: queued as 4xyz"},
      {"RCPT", "999 x", Ended::later, false, "RCPT: the reply is not SMTP"},
      {"RCPT", "550 5.1.1 \x1b[2J\xff", Ended::never, false, "RCPT: 550 5.1.1 ?[2J?"},
      {"RCPT", SmtpServer::kClose, Ended::later, false, "RCPT: the server closed the connection"},
      {"DATA", "451 4.3.0 no", Ended::later, false, "DATA: 451 4.3.0 no"},
      {"DATA", "554 5.5.1 no", Ended::trouble, false, "DATA: 554 5.5.1 no"},
      {"DATA", "250 what?", Ended::later, false, "DATA: 250 what?"},
      {".", "451 4.7.1 no", Ended::later, false, "the data: 451 4.7.1 no"},
      {".", "554 5.7.1 spam", Ended::trouble, false, "the data: 554 5.7.1 spam"},
      {".", "550 5.2.2 full", Ended::never, false, "the data: 550 5.2.2 full"},
      {".", SmtpServer::kClose, Ended::later, false, "the data: the server closed the connection"},
      {"QUIT", SmtpServer::kClose, Ended::taken, false, "250 2.0.0 Ok: queued as 4xyz"},
      {"QUIT", "", Ended::taken, false, "250 2.0.0 Ok: queued as 4xyz"},
  }));
  INFO(row.step << " " << row.reply);
  const SmtpServer server(row.step, row.reply);
  const SubmitResult result = submit_to(server);
  CHECK(result.outcome == row.outcome);
  CHECK(result.unreachable == row.unreachable);
  CHECK(result.why == row.why);
}

TEST_CASE("smtp: another recipient tells whose fault a refusal is") {
  constexpr const char* kContact = "RCPT TO:<hostmaster@nic.xa>";
  constexpr const char* kOwner = "RCPT TO:<owner@lists.example.org>";
  struct Row {
    const char* contact;
    const char* owner;
    Ended outcome;
    bool asked;
  };
  const auto row = GENERATE(values<Row>({
      {"550 no", "250 2.1.5 Ok", Ended::never, true},
      {"550 no", "550 no", Ended::trouble, true},
      {"550 no", "554 5.1.1 no such user", Ended::trouble, true},
      {"550 no", "450 4.2.0 greylisted", Ended::later, true},
      {"550 no", SmtpServer::kClose, Ended::later, true},
      {"550 no", "what?", Ended::later, true},
      {"550 5.1.1 no", "250 2.1.5 Ok", Ended::never, true},
      {"550 5.1.1 no", "550 5.1.1 no", Ended::trouble, true},
      {"550 5.1.1 no", SmtpServer::kClose, Ended::never, true},
      {"550 5.7.1 no", "250 2.1.5 Ok", Ended::trouble, false},
      {"450 4.7.1 no", "250 2.1.5 Ok", Ended::later, false},
  }));
  INFO(row.contact << " " << row.owner);
  const SmtpServer server(std::map<std::string, std::string>{{kContact, row.contact}, {kOwner, row.owner}});
  Mail about = mail();
  about.other = *Address::parse("owner@lists.example.org");
  const SubmitResult result = make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->submit(about);
  CHECK(result.outcome == row.outcome);
  CHECK(result.why == std::string("RCPT: ") + row.contact);
  CHECK_FALSE(result.unreachable);
  const Steps got = server.received();
  CHECK((std::find(got.begin(), got.end(), kOwner) != got.end()) == row.asked);
  CHECK(std::find(got.begin(), got.end(), "DATA") == got.end());
}

TEST_CASE("smtp: nobody else is asked about a mail to that very address") {
  const SmtpServer server("RCPT", "550 5.1.1 no");
  Mail about = mail();
  about.other = *Address::parse("HOSTMASTER@nic.xa");
  CHECK(make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->submit(about).outcome ==
        Ended::never);
}

TEST_CASE("smtp: no step takes longer than it may") {
  const std::string step = GENERATE(as<std::string>{}, "connect", "EHLO", "MAIL", "RCPT", "DATA", ".");
  const std::string reply = GENERATE(as<std::string>{}, "", SmtpServer::kDrip);
  INFO(step << " " << reply);
  const SmtpServer server(step, reply);
  const SubmitResult result = submit_to(server, impatient());
  CHECK(result.outcome == Ended::later);
  CHECK(result.why.ends_with(": timed out"));
}

TEST_CASE("smtp: a flood of replies is not read to its end") {
  const SmtpServer server("EHLO", SmtpServer::kFlood);
  CHECK(submit_to(server).why == "EHLO: the reply is not SMTP");
}

TEST_CASE("smtp: nobody is there") {
  std::uint16_t port = 0;
  {
    const SmtpServer gone;
    port = gone.port();
  }
  const SubmitResult result = make_smtp_submitter("127.0.0.1", port, generous(), {})->submit(mail());
  CHECK(result.outcome == Ended::later);
  CHECK(result.unreachable);
  CHECK(result.why == "cannot connect: Connection refused");
}

TEST_CASE("smtp: localhost is a name") {
  const SmtpServer server;
  CHECK(make_smtp_submitter("localhost", server.port(), generous(), {})->submit(mail()).outcome ==
        Ended::taken);
}

TEST_CASE("smtp: a stop ends it") {
  std::stop_source stop;
  stop.request_stop();
  const SmtpServer server;
  const SubmitResult result = submit_to(server, generous(), stop.get_token());
  CHECK(result.outcome == Ended::later);
  CHECK(result.why == "cannot connect: stopped");
}

TEST_CASE("smtp: a stop behind the data leaves some time for the reply") {
  std::stop_source stop;
  const SmtpServer server(".", "");
  std::thread stopper([&] {
    while (server.received().size() < 5) std::this_thread::yield();
    stop.request_stop();
  });
  SmtpTimes times = generous();
  times.grace = milliseconds(60);
  const SubmitResult result = submit_to(server, times, stop.get_token());
  stopper.join();
  CHECK(result.outcome == Ended::later);
  CHECK(result.why == "the data: timed out");
}

TEST_CASE("smtp: an address that is not ASCII is sent with SMTPUTF8 only") {
  Mail other = mail();
  other.to = *Address::parse("j\u00f6rg@b\u00fccher.example");
  SECTION("the mail does not say so") {
    const SubmitResult result = make_smtp_submitter("127.0.0.1", 1, generous(), {})->submit(other);
    CHECK(result.outcome == Ended::never);
  }
  other.smtputf8 = true;
  SECTION("the server offers it") {
    const std::string offer = GENERATE(as<std::string>{}, "SMTPUTF8", "smtputf8", "SMTPUTF8 x");
    const SmtpServer server("EHLO", "250-mx.example.org\r\n250-" + offer + "\r\n250 8BITMIME");
    const SubmitResult result =
        make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->submit(other);
    CHECK(result.outcome == Ended::taken);
    CHECK(result.smtputf8 == Truth::yes);
    CHECK(server.received().at(1) == "MAIL FROM:<tld-ops-notice+token@lists.example.org> SMTPUTF8");
    CHECK(server.received().at(2) == "RCPT TO:<j\u00f6rg@xn--bcher-kva.example>");
  }
  SECTION("the server does not") {
    const std::string reply = GENERATE(
        as<std::string>{}, "250 mx.example.org", "250 SMTPUTF8", "250-SMTPUTF8 here\r\n250 8BITMIME",
        "250-mx\r\n250-XSMTPUTF8\r\n250 SMTPUTF8=1", "250-mx\r\n250 AUTH SMTPUTF8", "502 5.5.1 what?");
    const SmtpServer server("EHLO", reply);
    const SubmitResult result =
        make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->submit(other);
    CHECK(result.outcome == Ended::never);
    CHECK(result.smtputf8 == Truth::no);
    CHECK(result.why == "an address is not ASCII, and the mail server does not offer SMTPUTF8");
  }
  SECTION("nobody knows") {
    const SmtpServer server("EHLO", "421 4.3.2 busy");
    const SubmitResult result =
        make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->submit(other);
    CHECK(result.outcome == Ended::later);
    CHECK(result.smtputf8 == Truth::unknown);
  }
}

TEST_CASE("smtp: other mail goes without SMTPUTF8") {
  const SmtpServer server("EHLO", "250-mx\r\n250 SMTPUTF8");
  CHECK(submit_to(server).smtputf8 == Truth::yes);
  CHECK(server.received().at(1) == "MAIL FROM:<tld-ops-notice+token@lists.example.org>");
}

TEST_CASE("smtp: a server is asked what it offers") {
  const auto offered = [](const char* step, const char* reply) {
    const SmtpServer server(step, reply);
    return make_smtp_submitter("127.0.0.1", server.port(), generous(), {})->offers_smtputf8();
  };
  CHECK(offered("EHLO", "250-mx\r\n250-SMTPUTF8\r\n250 SIZE 1") == Truth::yes);
  CHECK(offered("EHLO", "250-mx\r\n250 SIZE 1") == Truth::no);
  CHECK(offered("EHLO", "502 5.5.1 what?") == Truth::no);
  CHECK(offered("EHLO", "421 4.3.2 busy") == Truth::unknown);
  CHECK(offered("EHLO", SmtpServer::kClose) == Truth::unknown);
  CHECK(offered("connect", "554 5.7.1 no") == Truth::unknown);
  std::uint16_t gone = 0;
  {
    const SmtpServer server;
    gone = server.port();
  }
  CHECK(make_smtp_submitter("127.0.0.1", gone, generous(), {})->offers_smtputf8() == Truth::unknown);
  for (const char* step : {"connect", "EHLO"}) {
    const SmtpServer drips(step, SmtpServer::kDrip);
    SmtpTimes times = generous();
    times.question = milliseconds(60);
    CHECK(make_smtp_submitter("127.0.0.1", drips.port(), times, {})->offers_smtputf8() == Truth::unknown);
  }
  CHECK(make_sendmail_submitter("/bin/true", {})->offers_smtputf8() == Truth::no);
  Mail other = mail();
  other.smtputf8 = true;
  CHECK(make_sendmail_submitter("/bin/true", {})->submit(other).outcome == Ended::never);
}

TEST_CASE("smtp replies are read however they are cut") {
  const std::string text = "250-a\r\n250-\r\n250 b\r\n354 c\r\n";
  SmtpReplyReader reader;
  auto state = SmtpReplyReader::State::more;
  std::size_t at = 0;
  while (state == SmtpReplyReader::State::more && at < text.size()) state = reader.take(text.substr(at++, 1));
  CHECK(state == SmtpReplyReader::State::whole);
  CHECK(to_string(reader.reply()) == "250 a b");
  CHECK(reader.next() == SmtpReplyReader::State::more);
  CHECK(reader.take(text.substr(at)) == SmtpReplyReader::State::whole);
  CHECK(to_string(reader.reply()) == "354 c");

  CHECK(SmtpReplyReader().take("25\r\n") == SmtpReplyReader::State::bad);
  CHECK(SmtpReplyReader().take("250x\r\n") == SmtpReplyReader::State::bad);
  CHECK(SmtpReplyReader().take("150 x\r\n") == SmtpReplyReader::State::bad);
  CHECK(SmtpReplyReader().take(std::string(9000, '2')) == SmtpReplyReader::State::bad);
  SmtpReplyReader bare;
  CHECK(bare.take("250\n") == SmtpReplyReader::State::whole);
  CHECK(to_string(bare.reply()) == "250");
}

TEST_CASE("smtp replies: the text is bounded, however many lines it has") {
  const auto text_of = [](const std::string& line, int lines) {
    SmtpReplyReader reader;
    for (int i = 0; i < lines; ++i)
      CHECK(reader.take("550-" + line + "\r\n") == SmtpReplyReader::State::more);
    CHECK(reader.take("550 " + line + "\r\n") == SmtpReplyReader::State::whole);
    return reader.reply().text;
  };
  CHECK(text_of(std::string(1000, 'x'), 0) == std::string(400, 'x'));
  CHECK(text_of("x", 5000).size() == 400);
  CHECK(text_of(std::string(400, 'x'), 1) == std::string(400, 'x'));
  CHECK(text_of(std::string(399, 'x'), 1) == std::string(399, 'x') + " ");
  CHECK(text_of(std::string(398, 'x'), 1) == std::string(398, 'x') + " x");
  CHECK(text_of(std::string(199, 'x'), 1).size() == 399);
}

TEST_CASE("dots at the start of a line are doubled") {
  CHECK(dot_stuffed(".\r\na.b\r\n..\r\n") == "..\r\na.b\r\n...\r\n.\r\n");
  CHECK(dot_stuffed("a") == "a\r\n.\r\n");
  CHECK(dot_stuffed("a.\r\n.b") == "a.\r\n..b\r\n.\r\n");
}

TEST_CASE("sendmail: arguments, input and exit status") {
  const TempFolder folder;
  const auto with = [&](const std::string& script) {
    return make_sendmail_submitter(folder.write("sendmail", "#!/bin/sh\n" + script, 0755), {})
        ->submit(mail());
  };
  const std::string name = "`" + folder.path() + "/sendmail`";
  const SubmitResult taken =
      with("cd " + folder.path() + "; printf '%s\\n' \"$@\" > arguments; cat > message; env > environment\n");
  CHECK(taken.outcome == Ended::taken);
  CHECK(taken.why == name + " took it");
  CHECK(folder.read("arguments") ==
        "-i\n-f\ntld-ops-notice+token@lists.example.org\n--\nhostmaster@nic.xa\n");
  CHECK(folder.read("message") == "Subject: x\n\n.\n..a\nb.\n");
  CHECK(folder.read("environment").find("HOME=") == std::string::npos);
  const SubmitResult later = with("echo 'the queue is full'; exit 75\n");
  CHECK(later.outcome == Ended::later);
  CHECK(later.why == name + " ended with status 75: the queue is full");
  CHECK(with("exit 67\n").outcome == Ended::never);
  CHECK(with("exit 68\n").outcome == Ended::never);
  for (const char* status : {"64", "65", "77"})
    CHECK(with(std::string("exit ") + status + "\n").outcome == Ended::trouble);
  CHECK(with("exit 1\n").outcome == Ended::later);
  CHECK(with("kill -9 $$\n").why == name + " was ended by signal 9");
  const SubmitResult gone = make_sendmail_submitter(folder.path() + "/none", {})->submit(mail());
  CHECK(gone.outcome == Ended::later);
  CHECK(gone.unreachable);
  CHECK(gone.why == "cannot run `" + folder.path() + "/none`: No such file or directory");
}

TEST_CASE("without `submit` nothing is handed over") {
  const SubmitResult result = make_submitter({}, {})->submit(mail());
  CHECK(result.outcome == Ended::later);
  CHECK(result.unreachable);
}
