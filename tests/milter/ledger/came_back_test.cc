#include "milter/ledger/came_back.h"

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

const std::string kMark = " verdict=accept id=7k2m9qx40c1d";

/// The message of notice_entry comes from this machine with our mark, and would be refused now.
struct Returned {
  Returned() {
    entry = notice_entry();
    entry.message_id = "<1@nic.xa>";
    start.client = ClientAddress::parse("127.0.0.1");
    settled.list = "tld-ops";
    settled.verdict.decision = Decision::reject;
  }
  std::optional<std::string> before() {
    CHECK(store.record({entry, {}, {}, {}, {}}) == Recorded::yes);
    const Memory memory{has_store ? &store : nullptr, *rules, now, evidence, Truth::no};
    return came_back(memory, start, fields, settled);
  }

  FailingStore store;
  bool has_store = true;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::int64_t now = kNoon + 60;
  Evidence evidence;
  LedgerEntry entry;
  TransactionStart start;
  std::vector<HeaderField> fields{{"X-CCgate", kMark}, {"Message-ID", " <1@nic.xa>"}};
  Settled settled;
};

}  // namespace

TEST_CASE("what was let through or held before, and comes back with its mark, is known") {
  Returned mail;
  mail.entry.verdict = GENERATE("accept", "ask", "hold");
  mail.settled.verdict.decision =
      GENERATE(Decision::ask, Decision::hold, Decision::discard, Decision::reject);
  mail.start.client = ClientAddress::parse(GENERATE("127.0.0.1", "127.9.9.9", "::1"));
  mail.fields[0].value = GENERATE(" verdict=accept id=7k2m9qx40c1d", " rule=\"id=x\"\n id=7k2m9qx40c1d");
  CHECK(mail.before() == "7k2m9qx40c1d");
}

TEST_CASE("whatever else comes did not come back") {
  Returned mail;
  SECTION("it came over the network") {
    mail.start.client = ClientAddress::parse("192.0.2.1");
  }
  SECTION("nobody knows where it came from") {
    mail.start.client.reset();
  }
  SECTION("it is not refused") {
    mail.settled.verdict.decision = GENERATE(Decision::accept, Decision::tempfail);
  }
  SECTION("it went to another list") {
    mail.settled.list = "other";
  }
  SECTION("it is another message") {
    mail.fields[1].value = " <2@nic.xa>";
  }
  SECTION("it has no id") {
    mail.fields.pop_back();
  }
  SECTION("it has two ids") {
    mail.fields.push_back(mail.fields[1]);
  }
  SECTION("it was not let through before") {
    mail.entry.verdict = GENERATE("tempfail", "discard", "reject");
  }
  SECTION("longer ago than mail servers try") {
    mail.now = kNoon + 5 * 24 * 3600 + 1;
  }
  SECTION("nothing is remembered") {
    mail.has_store = false;
  }
  CHECK(mail.before() == std::nullopt);
}

TEST_CASE("only a mark of ours on top is one") {
  Returned mail;
  mail.fields[0].value = GENERATE("", " verdict=accept", " id=", " id=7K2M9QX40C1D", " id=7k2m9qx40c1",
                                  " id=7k2m9qx40c1e", " xid=7k2m9qx40c1d", " id=7k2m9qx40c1d id=");
  INFO(mail.fields[0].value);
  mail.fields.push_back({"X-CCgate", kMark});
  CHECK(mail.before() == std::nullopt);
}

}  // namespace ccgate
