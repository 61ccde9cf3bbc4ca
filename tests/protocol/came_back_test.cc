// What a content filter brings back to the gate that let it through.
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("a message that was let through and is brought back is put off, not refused") {
  EditedSite site("reject");
  site.daemon.edit(
      "ccgate.yaml", "lists:\n",
      "store: sqlite:" + site.daemon.file("ledger.db") + "\nsubmit: smtp://127.0.0.1:1\nlists:\n");
  site.daemon.start();
  const MilterMail mail = good_request();
  const MilterOutcome accepted = send(site.daemon, mail);
  REQUIRE(accepted.added_fields("X-CCgate").size() == 1);
  const HeaderField mark{"X-CCgate", " " + accepted.added_fields("X-CCgate")[0]};

  MilterMail back = mail;
  back.client = GENERATE("127.0.0.1", "::1");
  back.fields.insert(back.fields.begin(), mark);
  const MilterOutcome outcome = send(site.daemon, back);
  CHECK_THAT(outcome.reply.text, Catch::Matchers::StartsWith("451 4.3.5 "));
  CHECK(outcome.edits.empty());
  CHECK_THAT(site.daemon.log(), contains("event=judged_twice") && contains("content_filter"));

  // Nobody else gets more than a refusal for such a mark, and nothing is let in by it.
  const auto refused = [&](const MilterMail& other) {
    CHECK_THAT(send(site.daemon, other).reply.text, Catch::Matchers::StartsWith("55"));
  };
  MilterMail other = back;
  other.fields.front().value = " verdict=accept list=tld-ops id=000000000000";
  refused(other);
  other.fields.front().value = " verdict=accept list=tld-ops id=' or 1=1 --";
  refused(other);
  other = back;
  other.fields.back().value = " <2@client.example>";
  REQUIRE(other.fields.back().name == "Message-ID");
  refused(other);
  other = back;
  other.client = "198.51.100.9";
  refused(other);
  other = back;
  other.fields.erase(other.fields.begin());
  refused(other);
}

TEST_CASE("so is one that was held, and whose answer is on record") {
  EditedSite site("reject");
  site.daemon.edit(
      "ccgate.yaml", "lists:\n",
      "store: sqlite:" + site.daemon.file("ledger.db") + "\nsubmit: smtp://127.0.0.1:1\nlists:\n");
  site.daemon.start();
  MilterMail mail = good_request();
  for (const char* person : {"a", "b", "c", "d"})
    mail.body += "Name: " + std::string(person) + "\r\nE-mail: " + person + "@nic.xa\r\n\r\n";
  const MilterOutcome held = send(site.daemon, mail);
  REQUIRE_THAT(site.daemon.log(), contains("verdict=hold"));
  REQUIRE(held.added_fields("X-CCgate").size() == 1);
  MilterMail back = mail;
  back.client = "127.0.0.1";
  back.fields.insert(back.fields.begin(), {"X-CCgate", " " + held.added_fields("X-CCgate")[0]});
  for (int i = 0; i < 2; ++i)
    CHECK_THAT(send(site.daemon, back).reply.text, Catch::Matchers::StartsWith("451 4.3.5 "));
}

}  // namespace
}  // namespace ccgate
