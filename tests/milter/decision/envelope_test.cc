#include "milter/decision/envelope.h"

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

/// A transaction whose recipients are, letter by letter: a command address (c), one that the mail server may
/// not find (u), an address that contacts answer to (o), somebody else (x).
struct Transfer {
  explicit Transfer(const std::string& letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      Recipient recipient;
      recipient.raw = "<" + std::to_string(i) + "@lists.example.org>";
      recipient.certain = letters[i] != 'u';
      if (letters[i] == 'c' || letters[i] == 'u') recipient.gated = {{&rules->lists.front(), {}}};
      if (letters[i] == 'o') recipient.own = Ruleset::Own{&rules->lists.front(), {}};
      start.recipients.push_back(recipient);
    }
  }
  std::shared_ptr<Ruleset> rules = notice_rules();
  TransactionStart start;
};

std::string name_of(Mixture mixture) {
  switch (mixture) {
    case Mixture::as_decided:
      return "as decided";
    case Mixture::refuse:
      return "refuse";
    case Mixture::drop:
      return "drop";
  }
  return "";
}

}  // namespace

TEST_CASE("a message is mixed when it goes to addresses of ours and to others") {
  struct Row {
    const char* recipients;
    bool mixed;
  };
  const Row row = GENERATE(values<Row>({
      {"", false},
      {"c", false},
      {"cco", false},
      {"xx", false},
      {"cx", true},
      {"xc", true},
      {"ox", true},
      {"cxo", true},
  }));
  INFO(row.recipients);
  CHECK(is_mixed(Transfer(row.recipients).start) == row.mixed);
}

TEST_CASE("what becomes of a mixed message goes by the configuration and by what was decided") {
  using enum Decision;
  constexpr auto kReject = MixedRecipients::reject, kSplit = MixedRecipients::split,
                 kDrop = MixedRecipients::drop;
  struct Row {
    MixedRecipients configured;
    const char* recipients;
    std::vector<Decision> decisions;
    const char* mixture;
  };
  const Row row = GENERATE(values<Row>({
      {kReject, "c", {accept, ask, hold, tempfail, discard, reject}, "as decided"},
      {kReject, "cx", {accept, ask, hold, discard}, "refuse"},
      {kReject, "cx", {tempfail, reject}, "as decided"},
      {kSplit, "cx", {accept, ask, hold, tempfail, discard, reject}, "as decided"},
      {kDrop, "cx", {accept, tempfail}, "as decided"},
      {kDrop, "cx", {ask, hold}, "refuse"},
      {kDrop, "cx", {discard, reject}, "drop"},
      {kDrop, "ccx", {discard, reject}, "drop"},
      // The mail server would not tell that it did not find the recipient.
      {kDrop, "ux", {discard, reject}, "refuse"},
      {kDrop, "cux", {discard, reject}, "refuse"},
      // An answer in it must not be lost.
      {kDrop, "cox", {discard}, "refuse"},
      {kDrop, "cox", {reject}, "as decided"},
  }));
  Transfer transfer(row.recipients);
  transfer.rules->config.mixed_recipients = row.configured;
  for (const Decision decision : row.decisions) {
    INFO(row.recipients << " " << to_string(decision));
    CHECK(name_of(treat_mixture(transfer.rules->config, transfer.start, decision)) == row.mixture);
  }
}

TEST_CASE("what could not be split is refused like the rest") {
  Transfer transfer("cx");
  transfer.rules->config.mixed_recipients = MixedRecipients::split;
  transfer.start.split_missed = true;
  CHECK(treat_mixture(transfer.rules->config, transfer.start, Decision::accept) == Mixture::refuse);
  CHECK(treat_mixture(transfer.rules->config, transfer.start, Decision::reject) == Mixture::as_decided);
}

TEST_CASE("all command addresses are taken out, or none") {
  using Raw = std::vector<std::string>;
  CHECK(without_commands(Transfer("cxc").start) == Raw{"<0@lists.example.org>", "<2@lists.example.org>"});
  CHECK(without_commands(Transfer("xo").start) == Raw{});
  CHECK(without_commands(Transfer("cxu").start) == std::nullopt);
}

}  // namespace ccgate
