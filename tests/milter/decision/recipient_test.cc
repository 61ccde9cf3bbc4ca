#include "milter/decision/recipient.h"

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

std::shared_ptr<Ruleset> with_store() {
  auto rules = notice_rules();
  rules->config.store = "sqlite:/nowhere";
  return rules;
}

Recipient read(std::string_view raw, std::string_view rcpt_addr = "") {
  static const auto kRules = with_store();
  return read_recipient(*kRules, raw, rcpt_addr);
}

}  // namespace

TEST_CASE("the mail server finds a recipient that it tells as the client wrote it, plainly") {
  struct Row {
    const char* raw;
    const char* rcpt_addr;
    bool certain;
  };
  const Row row = GENERATE(values<Row>({
      {"<tld-ops-join@lists.example.org>", "tld-ops-join@lists.example.org", true},
      {"<ben+x=y_z@lists.example.org>", "ben+x=y_z@lists.example.org", true},
      {"<tld-ops-join@lists.example.org>", "", false},
      {"tld-ops-join@lists.example.org", "tld-ops-join@lists.example.org", false},
      {"<TLD-OPS-join@lists.example.org>", "tld-ops-join@lists.example.org", false},
      {"<tld-ops-join@lists.example.org>", "join@lists.example.org", false},
      {"< tld-ops-join@lists.example.org>", " tld-ops-join@lists.example.org", false},
      {"<tld'ops@lists.example.org>", "tld'ops@lists.example.org", false},
      {"<tld-ops-join>", "tld-ops-join", false},
      {"<>", "", false},
      {"", "", false},
  }));
  INFO(row.raw << " " << row.rcpt_addr);
  const Recipient recipient = read(row.raw, row.rcpt_addr);
  CHECK(recipient.certain == row.certain);
  CHECK(recipient.raw == row.raw);
}

TEST_CASE("a recipient is gated in either spelling, and each address counts once") {
  const Recipient both = read("<tld-ops-join@lists.example.org>", "tld-ops-join@lists.example.org");
  CHECK(both.addresses == std::vector<Address>{address("tld-ops-join@lists.example.org")});
  REQUIRE(both.gated.size() == 1);
  CHECK(both.gated[0].list->config.name == "tld-ops");
  CHECK(both.gated[0].command.at_least == RequestKind::subscribe);
  CHECK_FALSE(both.odd);
  const Recipient rewritten = read("<ben@nic.xa>", "tld-ops-join@lists.example.org");
  CHECK(rewritten.addresses.size() == 2);
  CHECK(rewritten.gated.size() == 1);
  CHECK(read("<tld-ops-join@lists.example.org>", "ben@nic.xa").gated.size() == 1);
  CHECK(read("<ben@nic.xa>", "ben@nic.xa").gated.empty());
}

TEST_CASE("what no strict reading accepts is gated when a lenient one comes to a command address") {
  const char* const raw =
      GENERATE("<\"tld-ops-join\"@lists.example.org>", "<@nic.xa:tld-ops-join@lists.example.org>",
               "<tld-ops-join%lists.example.org@nic.xa>");
  INFO(raw);
  const Recipient recipient = read(raw);
  CHECK(recipient.odd);
  CHECK_FALSE(recipient.gated.empty());
  CHECK_FALSE(recipient.certain);
}

TEST_CASE("an address that contacts answer to is ours, and gates nothing") {
  const Recipient recipient = read("<tld-ops-vouch@lists.example.org>", "tld-ops-vouch@lists.example.org");
  REQUIRE(recipient.own);
  CHECK(recipient.own->list->config.name == "tld-ops");
  CHECK(recipient.gated.empty());
  CHECK_FALSE(recipient.odd);
  CHECK_FALSE(read_recipient(*notice_rules(), "<tld-ops-vouch@lists.example.org>", "").own);
}

TEST_CASE("an answer is read however the client writes the address that the MTA names without a domain") {
  struct Row {
    const char* raw;
    const char* rcpt_addr;
    bool own;
  };
  const Row row = GENERATE(values<Row>({
      {"<\"tld-ops-vouch+abc\"@lists.example.org>", "\"tld-ops-vouch+abc\"", true},
      {"<\"tld-ops-vouch+abc\"@lists.example.org>", "tld-ops-vouch+abc", true},
      {"<tld-ops-object+abc@mx.example.org>", "tld-ops-object+abc", true},
      {"<tld-ops-notice>", "tld-ops-notice", true},
      {"<tld-ops-vouch+abc@mx.example.org>", "tld-ops-vouch+abc@mx.example.org", false},
      {"<tld-ops-join@mx.example.org>", "tld-ops-join", false},
      {"<ben@lists.example.org>", "ben", false},
      {"<ben@lists.example.org>", "\"", false},
      {"<ben@lists.example.org>", "\"\"", false},
      {"<ben@lists.example.org>", "", false},
      {"<tld-ops-join@lists.example.org>", "tld-ops-vouch+abc", false},
  }));
  INFO(row.raw << " " << row.rcpt_addr);
  const Recipient recipient = read(row.raw, row.rcpt_addr);
  CHECK(recipient.own.has_value() == row.own);
  CHECK((!recipient.own || recipient.gated.empty()));
}

}  // namespace ccgate
