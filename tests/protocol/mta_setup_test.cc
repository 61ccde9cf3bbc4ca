// MTAs that are set up so that the gate cannot work.
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Kind = MilterReply::Kind;
using Catch::Matchers::StartsWith;

constexpr std::uint32_t kAllActions = MilterClient::kAllActions, kAllSteps = MilterClient::kAllSteps,
                        kNoLeadingSpace = kAllSteps & ~0x100000U, kNoQuarantine = kAllActions & ~0x20U;

TEST_CASE("a request that Postfix will not show is put off at DATA") {
  EditedSite site("reject", "policy: tld-ops\n",
                  "policy: tld-ops\nmode: " + GENERATE(as<std::string>{}, "enforce", "observe") + "\n");
  site.daemon.start();
  MilterClient client(site.daemon.socket());
  client.negotiate();
  client.macros = postfix_macros();
  client.macros.erase("i");
  const MilterOutcome outcome = client.deliver(good_request());
  if (site.daemon.read("tld-ops.policy.yaml").find("observe") != std::string::npos) {
    CHECK(outcome.delivered());
    return;
  }
  CHECK(outcome.step == "data");
  CHECK_THAT(outcome.reply.text, StartsWith("451 4.3.5 "));
  CHECK_THAT(site.daemon.log(), contains("event=mail_not_shown") && contains("smtpd_proxy_filter"));
  CHECK(client.transaction(other_mail()).reply.kind == Kind::accept);
}

TEST_CASE("an MTA that offers too little is told which setting to change") {
  EditedSite site("reject");
  site.daemon.start();
  const auto [actions, steps, lacks] = GENERATE(table<std::uint32_t, std::uint32_t, std::string>({
      {kAllActions, kNoLeadingSpace, "lacks=HDR_LEADSPC"},
      {kNoQuarantine, kAllSteps, "lacks=QUARANTINE"},
      {0x1fU, 0x7fU, "lacks=QUARANTINE,HDR_LEADSPC"},
  }));
  MilterClient client(site.daemon.socket());
  CHECK_THROWS_AS(client.negotiate(actions, steps, 2), MilterError);
  site.daemon.wait_for_log("event=mta_too_old");
  CHECK_THAT(site.daemon.log(), contains("milter_protocol = 6") && contains(lacks));
}

}  // namespace
}  // namespace ccgate
