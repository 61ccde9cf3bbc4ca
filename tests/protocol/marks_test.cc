// Forged marks, more and longer than any mail has.
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("more forged marks than can be taken off: refused, by a list that only observes too") {
  EditedSite site("reject", "policy: tld-ops\n",
                  "policy: tld-ops\nmode: " + GENERATE(as<std::string>{}, "enforce", "observe") + "\n");
  site.daemon.start();
  MilterMail mail = good_request();
  CHECK(send(site.daemon, mail).delivered());
  const std::string name = GENERATE("X-CCgate", "Authentication-Results", "x-ccgate-a ");
  for (int i = 0; i < 1001; ++i) mail.fields.push_back({name, " x"});
  const MilterOutcome outcome = send(site.daemon, mail);
  CHECK(outcome.reply.refuses());
  CHECK(outcome.edits.empty());
}

TEST_CASE("beyond the limits too, a forged result field is known to be in our name") {
  EditedSite site("reject");
  site.daemon.edit("ccgate.yaml", "lists:\n", "on: {over_limit: hold}\nlists:\n");
  site.daemon.start();
  MilterMail mail = good_request();
  mail.fields.push_back({"X-Long", " " + std::string(300 * 1024, 'x')});
  mail.fields.push_back(
      {"Authentication-Results", " (" + std::string(1000, 'c') + ") lists.example; dkim=pass"});
  mail.fields.push_back({"Authentication-Results", " other.example; dkim=pass"});
  const MilterOutcome outcome = send(site.daemon, mail);
  CHECK(outcome.of(MilterEdit::Kind::quarantine).size() == 1);
  std::vector<std::uint32_t> taken_off;
  for (const MilterEdit& edit : outcome.edits)
    if (edit.kind == MilterEdit::Kind::change_header) taken_off.push_back(edit.index);
  CHECK(taken_off == std::vector<std::uint32_t>{1});
}

}  // namespace
}  // namespace ccgate
