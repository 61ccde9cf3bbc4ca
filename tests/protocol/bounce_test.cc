// Bounces of mail that had a command address forged as its sender.
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Kind = MilterReply::Kind;

TEST_CASE("the MTA's own bounce to a command address is discarded") {
  EditedSite site("reject");
  site.daemon.start();
  MilterMail bounce = write_mail("MAILER-DAEMON@mx.lists.example", "Undelivered Mail Returned to Sender");
  bounce.client = GENERATE("127.0.0.1", "::1", "");
  bounce.client_port = 0;
  bounce.mail_from = "";
  bounce.recipients = {GENERATE(as<std::string>{}, "tld-ops-join@lists.example",
                                "tld-ops-request@lists.example", "secretariat@lists.example", "tld-ops-join",
                                "\"tld-ops-join\"@lists.example")};
  const MilterOutcome outcome = send(site.daemon, bounce);
  CHECK(outcome.reply.kind == Kind::discard);
  CHECK(outcome.edits.empty());
  CHECK_THAT(site.daemon.log(),
             contains("event=bounce_discarded") && contains("list=tld-ops") && !contains("event=decision"));

  bounce.recipients = {"tld-ops@lists.example"};
  CHECK(send(site.daemon, bounce).reply.kind == Kind::accept);
}

TEST_CASE("what the MTA did not write itself with a null sender is refused as before") {
  EditedSite site("reject");
  site.daemon.start();
  MilterMail mail = write_mail("MAILER-DAEMON@mx.nic.xa", "Undelivered Mail Returned to Sender");
  const auto [client, port, mail_from] = GENERATE(table<std::string, int, std::string>({
      {"192.0.2.25", 2525, "<>"},
      {"192.0.2.25", 0, "<>"},
      {"127.0.0.1", 2525, "<>"},
      {"127.0.0.1", 0, "anne@nic.xa"},
      {"127.0.0.1", 0, "MAILER-DAEMON"},
  }));
  mail.client = client;
  mail.client_port = static_cast<std::uint16_t>(port);
  mail.mail_from = mail_from;
  CHECK(send(site.daemon, mail).reply.refuses());
  CHECK_THAT(site.daemon.log(), !contains("event=bounce_discarded"));
}

TEST_CASE("a null sender from the machine itself discards no mail of others") {
  EditedSite site("reject");
  site.daemon.start();
  MilterMail mail = write_mail("anne@nic.xa", "subscribe xa");
  mail.client = "127.0.0.1";
  mail.client_port = 0;
  mail.mail_from = "";
  mail.recipients = {"tld-ops-join@lists.example", "tld-ops@lists.example"};
  CHECK(send(site.daemon, mail).reply.refuses());
}

TEST_CASE("a list that only observes gets the MTA's bounces") {
  EditedSite site("reject", "policy: tld-ops\n", "policy: tld-ops\nmode: observe\n");
  site.daemon.start();
  MilterMail bounce = write_mail("MAILER-DAEMON@mx.lists.example", "Undelivered Mail Returned to Sender");
  bounce.client = "127.0.0.1";
  bounce.client_port = 0;
  bounce.mail_from = "";
  CHECK(send(site.daemon, bounce).delivered());
}

}  // namespace
}  // namespace ccgate
