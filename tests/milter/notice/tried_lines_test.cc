#include "milter/notice/tried_lines.h"

#include "policy/verdict/advice.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

using TriedLines = std::vector<std::string>;

LedgerEntry tried_entry() {
  LedgerEntry entry = notice_entry();
  entry.cctlds = {"xa"};
  return entry;
}

}  // namespace

TEST_CASE("tried: why a request was not let in, and what those outside can do") {
  CHECK(tried_lines(tried_entry(), {"id", "contact_not_in_copy", false}, "hostmaster@nic.xa") ==
        TriedLines{"A request for .xa of 15 January 2030, 12:00 UTC was not let in: anne[@]nic[.]xa wrote "
                   "without hostmaster[@]nic[.]xa in Cc.",
                   "What anne[@]nic[.]xa can do: send it again with hostmaster[@]nic[.]xa in Cc."});
  CHECK(tried_lines(tried_entry(), {"id", "not_authenticated", true}, "hostmaster@nic.xa") ==
        TriedLines{"A request for .xa of 15 January 2030, 12:00 UTC was not let in: anne[@]nic[.]xa wrote, "
                   "and neither DKIM nor SPF says that it was them.",
                   "Nobody knows whether they wrote it: anybody could have.",
                   "What the mail administrator of anne[@]nic[.]xa can do: sign with DKIM as the domain in "
                   "From, or name the host in its SPF record.",
                   "What anne[@]nic[.]xa can do: or let hostmaster[@]nic[.]xa write."});
}

TEST_CASE("tried: where nobody outside can do anything, they are told to send it again") {
  const TriedLines lines = tried_lines(tried_entry(), {"id", "dns_trouble", false}, "hostmaster@nic.xa");
  REQUIRE(lines.size() == 2);
  CHECK(lines.back() == "Send it again. If that does not help, write to the owner of the list.");
  CHECK(tried_lines(tried_entry(), {"id", "expired", false}, "hostmaster@nic.xa").size() == 2);
  CHECK(tried_lines(tried_entry(), {"id", "a word of another time", false}, "h@nic.xa").size() == 2);
}

TEST_CASE("tried: what others wrote is one line without links") {
  LedgerEntry entry = tried_entry();
  entry.author = "\"<b>\r\nBcc: x http://evil.example/\xe2\x80\xae" + std::string(4096, 'x') + "\"@nic.xa";
  entry.rule = "{author}\n";
  for (const auto& row : EnumWords<Ground>::table) {
    for (const std::string& line :
         tried_lines(entry, {"id", std::string(to_string(row.value)), true}, "hostmaster@nic.xa")) {
      INFO(line);
      CHECK(line.size() < 1000);
      CHECK(line.find_first_of("\r\n<>") == std::string::npos);
      CHECK(line.find("://") == std::string::npos);
      CHECK(line.find("\xe2\x80\xae") == std::string::npos);
    }
  }
}
