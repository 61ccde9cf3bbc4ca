// aliases(5), and the rosters of members.
#include "milter/site/aliases.h"

#include "milter/members/manager_roster.h"
#include "policy/registry/roster.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

// Of up to 16 MiB that a file may have: many lines are as few.
constexpr std::size_t kLargestLines = std::size_t{1024} * 1024;

void expect_in(const Address& address, std::string_view text) {
  expect_plain(address);
  expect(text.find(address.local() + "@") != std::string_view::npos, "an address stands in the file",
         address.text());
}

void run_aliases(std::string_view input) {
  Issues issues;
  for (const auto& set : parse_aliases(input, "f", issues)) {
    expect(set.size() == 2, "a name and one address reach the same people");
    for (const Address& each : set) expect_in(each, input);
  }
  for (const auto& [label, members] : parse_roster(input, "f", issues))
    for (const Address& each : members) expect_in(each, input);
  if (const auto roster = read_manager_roster(input, "f", issues))
    for (const Address& each : *roster) expect_in(each, input);
  for (const Issue& issue : issues) expect_utf8(render(issue), "an issue is UTF-8");
}

std::vector<std::string> aliases_seeds() {
  return {repository_file("tests/contacts/aliases"),
          repository_file("tests/site/aliases"),
          "hostmaster@nic.xa: anne@nic.xa,\n\tben@nic.xa, |\"/bin/x y\", :include:/a, /dev/null, \\anne\n# "
          "c\n\"a b\": c\n",
          "xa anne@nic.xa\n.xb ben@nic.xb\n# c\n",
          "Anne <anne@nic.xa>\n\"B, C\" <b@nic.xa>\n",
          "email anne@nic.xa\ngecos Anne\n\nemail b@nic.xa\n"};
}

std::vector<std::string> aliases_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"a: b\n", "a@b: c@d,\n ", "a@b: ", "\"", "\\", "(", ":include:", "|\"",
                            "xa a@nic.xa\n", "<", "a@b\n", "email a@b\n", ",", "\n ", "a@b: c@d, e@f\n"})
    all.push_back(filled_up(piece, kLargestLines - 10));
  return all;
}

}  // namespace

Target aliases_target() {
  return {"aliases", kLargestLines, run_aliases, aliases_seeds, aliases_extremes};
}

}  // namespace ccgate::fuzz
