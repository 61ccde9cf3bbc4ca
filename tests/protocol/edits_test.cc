// Edits that a verdict rests on: made where the MTA is sure to make them, and nowhere else.
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Kind = MilterReply::Kind;
using Catch::Matchers::StartsWith;

/// `mail` to one recipient that the MTA names `named` (nothing: not at all), and to `others`.
MilterOutcome send_to(const Daemon& daemon, MilterMail mail, const std::string& recipient,
                      const std::string& named, const std::vector<std::string>& others) {
  mail.recipients = others;
  mail.recipients.push_back(recipient);
  MilterClient client(daemon.socket());
  client.negotiate();
  client.macros = postfix_macros();
  client.named[recipient] = named;
  MilterOutcome outcome = client.deliver(mail);
  client.quit();
  return outcome;
}

std::vector<std::string> deleted(const MilterOutcome& outcome) {
  return outcome.of(MilterEdit::Kind::delete_recipient);
}

/// Spellings and names of the join address that an MTA may not find when it is told to take it out.
struct Spelling {
  std::string raw;
  std::string named;
};
std::vector<Spelling> uncertain() {
  return {
      {"<tld-ops-join@lists.example>", ""},
      {"<tld-ops-join@lists.example>", "tld-ops-join"},  // Sendmail, where it delivers itself
      {"<tld-ops-join@lists.example>", "Tld-ops-join@lists.example"},
      {"<tld-ops-join@lists.example>", "<tld-ops-join@lists.example>"},
      {"<tld-ops-join@lists.example>", "tld-ops-join@lists.example "},
      {"<tld-ops-join@lists.example>", "elsewhere@lists.example"},
      {"<elsewhere@lists.example>", "tld-ops-join@lists.example"},
      {"<TLD-OPS-JOIN@LISTS.EXAMPLE>", "TLD-OPS-JOIN@lists.example"},
      {"tld-ops-join@lists.example", "tld-ops-join@lists.example"},
      {"<<tld-ops-join@lists.example>>", "tld-ops-join@lists.example"},
      {"<tld-ops-join@lists.example.>", "tld-ops-join@lists.example"},
      {"<tld-ops-join@lists.example.>", "tld-ops-join@lists.example."},
      {"<tld-ops-join>", "tld-ops-join@lists.example"},
      {"<tld-ops-join>", "tld-ops-join"},
      {"<@relay.example:tld-ops-join@lists.example>", "tld-ops-join@lists.example"},
      {"<@relay.example:tld-ops-join@lists.example>", "@relay.example:tld-ops-join@lists.example"},
      {"<\"tld-ops-join\"@lists.example>", "tld-ops-join@lists.example"},
      {"<\"tld-ops-join\"@lists.example>", "\"tld-ops-join\"@lists.example"},
      {"<tld-ops-join%lists.example@lists.example>", "tld-ops-join%lists.example@lists.example"},
      {"<tld-ops-join+d'x@lists.example>", "tld-ops-join+d'x@lists.example"},
      {"<tld-ops-join+d\xc3\xa9@lists.example>", "tld-ops-join+d\xc3\xa9@lists.example"},
  };
}

TEST_CASE("drop: a refused request goes on to the others without the command address") {
  EditedSite site("drop");
  site.daemon.start();
  const std::string recipient = GENERATE("<tld-ops-join@lists.example>", "<tld-ops-join+xa@lists.example>");
  const MilterOutcome outcome =
      send_to(site.daemon, bad_request(), recipient, recipient.substr(1, recipient.size() - 2), {kPost});
  CHECK(outcome.reply.kind == Kind::accept);
  CHECK(deleted(outcome) == std::vector<std::string>{recipient});
  CHECK(outcome.edits.size() == 1);
}

TEST_CASE("drop: what the MTA may not find is refused whole") {
  EditedSite site("drop");
  site.daemon.start();
  for (const auto& [raw, named] : uncertain()) {
    INFO(raw << " named " << named);
    const MilterOutcome outcome = send_to(site.daemon, bad_request(), raw, named, {kPost});
    CHECK_THAT(outcome.reply.text, StartsWith("550 5.7.1 send the request to the list's address alone"));
    CHECK(outcome.edits.empty());
  }
}

TEST_CASE("drop: one command address that is not certain is enough") {
  EditedSite site("drop");
  site.daemon.start();
  const MilterOutcome outcome = send_to(site.daemon, bad_request(), "<\"tld-ops-leave\"@lists.example>",
                                        "tld-ops-leave@lists.example", {kJoin, kPost});
  CHECK_THAT(outcome.reply.text, StartsWith("550 5.7.1 "));
  CHECK(outcome.edits.empty());
}

TEST_CASE("drop: mail that did not come by SMTP is refused whole") {
  EditedSite site("drop");
  site.daemon.start();
  MilterMail mail = bad_request();
  mail.client = "127.0.0.1";
  mail.client_port = 0;
  mail.mail_from = "anne@nic.xa";
  mail.recipients = {"tld-ops@lists.example", "tld-ops-join@lists.example"};
  const MilterOutcome outcome = send(site.daemon, mail);
  CHECK(outcome.reply.refuses());
  CHECK(outcome.edits.empty());
}

TEST_CASE("an accepted request tells the contact, who may be a recipient already") {
  EditedSite site("drop");
  site.daemon.start();
  MilterMail mail = good_request();
  mail.recipients = {"<hostmaster@nic.xa>", kJoin};
  const MilterOutcome outcome = send(site.daemon, mail);
  CHECK(outcome.delivered());
  CHECK(outcome.of(MilterEdit::Kind::add_recipient) == std::vector<std::string>{"<hostmaster@nic.xa>"});
}

TEST_CASE("discard drops the request, never the mail of others") {
  const auto [mixed, refused] = GENERATE(table<std::string, bool>({{"reject", true}, {"drop", false}}));
  EditedSite site(mixed, "default: {reject:", "default: discard\n#");
  site.daemon.start();
  INFO(mixed);
  CHECK(send(site.daemon, bad_request()).reply.kind == Kind::discard);
  MilterMail mail = bad_request();
  mail.recipients = {kJoin, kPost};
  MilterOutcome outcome = send(site.daemon, mail);
  CHECK(outcome.reply.refuses() == refused);
  CHECK(deleted(outcome) == (refused ? std::vector<std::string>{} : std::vector<std::string>{kJoin}));
  outcome = send_to(site.daemon, bad_request(), "<\"tld-ops-join\"@lists.example>",
                    "tld-ops-join@lists.example", {kPost});
  CHECK(outcome.reply.refuses());
}

TEST_CASE("a refusal for how a message is addressed says nothing of the message by itself") {
  EditedSite site("reject");
  site.daemon.edit(
      "ccgate.yaml", "lists:\n",
      "store: sqlite:" + site.daemon.file("ledger.db") + "\nsubmit: smtp://127.0.0.1:1\nlists:\n");
  site.daemon.start();
  MilterMail mail = good_request();
  mail.recipients = {kJoin, kPost};
  CHECK_THAT(send(site.daemon, mail).reply.text, StartsWith("550 5.7.1 "));
  mail.recipients = {kJoin};
  CHECK(send(site.daemon, mail).delivered());
  mail.recipients = {kJoin, kPost};
  CHECK_THAT(send(site.daemon, mail).reply.text, StartsWith("550 5.7.1 "));
}

TEST_CASE("redirect: only a recipient that is certain to be taken out") {
  EditedSite site("reject", "do: [{inform: admin_contact}]", "do: [{redirect: team@lists.example}]");
  site.daemon.start();
  const MilterOutcome plain = send(site.daemon, good_request());
  CHECK(plain.delivered());
  CHECK(deleted(plain) == std::vector<std::string>{kJoin});
  CHECK(plain.of(MilterEdit::Kind::add_recipient) == std::vector<std::string>{"<team@lists.example>"});

  const auto spellings = uncertain();
  for (const auto& [raw, named] : spellings) {
    INFO(raw << " named " << named);
    const MilterOutcome outcome = send_to(site.daemon, good_request(), raw, named, {});
    CHECK(outcome.reply.refuses());
    CHECK_THAT(outcome.reply.text, contains("write to "));
    CHECK(outcome.edits.empty());
  }
}

TEST_CASE("a contact whose address needs SMTPUTF8 is told by a person: held") {
  EditedSite site("reject");
  site.daemon.edit("contacts.json", "hostmaster@nic.xa", "h\xc3\xb6stmaster@nic.xa");
  site.daemon.start();
  MilterMail mail = write_mail("h\xc3\xb6stmaster@nic.xa", "subscribe xa");
  const MilterOutcome outcome = send(site.daemon, mail);
  INFO(outcome.reply.text);
  CHECK(outcome.delivered());
  CHECK(outcome.of(MilterEdit::Kind::quarantine).size() == 1);
  CHECK(outcome.of(MilterEdit::Kind::add_recipient).empty());
}

TEST_CASE("an answer beside other mail is taken only where our address can be taken out") {
  EditedSite site("reject");
  site.daemon.edit(
      "ccgate.yaml", "lists:\n",
      "store: sqlite:" + site.daemon.file("ledger.db") + "\nsubmit: smtp://127.0.0.1:1\nlists:\n");
  site.daemon.start();
  const std::string address = "tld-ops-notice+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example";
  MilterMail mail = other_mail();
  mail.fields.push_back({"Auto-Submitted", " auto-replied"});
  MilterOutcome outcome = send_to(site.daemon, mail, "<" + address + ">", address, {kPost});
  CHECK(outcome.reply.kind == Kind::accept);
  CHECK(deleted(outcome) == std::vector<std::string>{"<" + address + ">"});

  outcome = send_to(site.daemon, mail, "<@relay.example:" + address + ">", address, {kPost});
  CHECK_THAT(outcome.reply.text, StartsWith("550 5.7.1 send the answer by itself"));
  CHECK(outcome.edits.empty());
  CHECK_THAT(site.daemon.log(), contains("event=contact_mail") && contains("outcome=mixed"));

  outcome = send_to(site.daemon, mail, "<@relay.example:" + address + ">", address, {});
  CHECK(outcome.reply.kind == Kind::discard);
}

}  // namespace
}  // namespace ccgate
