// The daemon notices that a roster was written anew, without a signal.
#include <filesystem>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// The site with a roster, and a quota of one member for each ccTLD.
class Quota {
 public:
  Quota() {
    daemon.edit("ccgate.yaml", "    policy: tld-ops.policy.yaml",
                "    policy: tld-ops.policy.yaml\n    roster: members");
    daemon.edit(
        "tld-ops.policy.yaml", "  - id: new-contact",
        "  - {id: quota, when: [{members_of_tld: {more_than: 0}}], then: reject}\n  - id: new-contact");
    daemon.write("members", "# nobody yet\n");
    daemon.start();
  }
  SiteDns dns;
  Daemon daemon{dns.server()};
};

TEST_CASE("a roster written anew is in force without a signal") {
  Quota site;
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.replace("members", "xa anne@nic.xa\nxb ben@nic.xb\nxb\n");
  site.daemon.wait_for_log("event=roster_loaded");
  CHECK_THAT(site.daemon.log(),
             contains("event=roster_loaded list=tld-ops cctlds=2 members=2 bad_lines=1\n") &&
                 contains("members:3:1: warning: no member in this line\n"));
  CHECK_FALSE(send(site.daemon, good_request()).delivered());
  CHECK_THAT(site.daemon.log(), contains(" rule=quota "));
  site.daemon.replace("members", "");
  site.daemon.wait_for_log("event=roster_loaded", 2);
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("a roster that is gone keeps the members, and is told once") {
  Quota site;
  site.daemon.replace("members", "xa anne@nic.xa\n");
  site.daemon.wait_for_log("event=roster_loaded");
  std::filesystem::remove(site.daemon.file("members"));
  site.daemon.wait_for_log("event=roster_refused");
  CHECK_THAT(
      site.daemon.log(),
      contains(
          "event=roster_refused list=tld-ops why=\"cannot read the file: No such file or directory\"\n"));
  CHECK_FALSE(send(site.daemon, good_request()).delivered());
  site.daemon.replace("members", "xb ben@nic.xb\n");
  site.daemon.wait_for_log("event=roster_loaded", 2);
  CHECK(send(site.daemon, good_request()).delivered());
  const std::string log = site.daemon.log();
  CHECK(log.find("roster_refused") == log.rfind("roster_refused"));
  CHECK(site.daemon.stop() == 0);
}

}  // namespace
}  // namespace ccgate
