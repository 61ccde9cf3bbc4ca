#include "milter/site/hooks_lint.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

using Warned = std::vector<std::string>;
using HookArgv = std::vector<std::string>;

constexpr const char* kRoster = "/usr/libexec/ccgate/ccgate-hook-roster";
constexpr const char* kMailman = "/usr/libexec/ccgate/ccgate-hook-mailman3";

/// Of the lists `a` and `b` with these hooks for each event.
Warned warned(const HookArgv& a, const HookArgv& b) {
  Ruleset site;
  for (const auto& [name, argv] : {std::pair<std::string, HookArgv>{"a", a}, {"b", b}}) {
    ListConfig list{name, {address(name + "@lists.example"), Manager::mailman3, {}, {}, '+'}, "", {}, {}};
    list.hooks = {argv, argv, argv};
    site.lists.push_back({std::move(list), {}, ""});
  }
  Issues issues;
  lint_hooks(site, issues);
  Warned all;
  for (const Issue& issue : issues) {
    CHECK(issue.severity == Severity::warning);
    all.push_back(issue.what);
  }
  return all;
}

}  // namespace

TEST_CASE("hooks that are for their list, or not ours, are no matter") {
  CHECK(warned({}, {}).empty());
  CHECK(warned({kRoster, "--list", "a", "/v/a.roster"}, {kRoster, "--list=b", "/v/b.roster"}).empty());
  CHECK(warned({kRoster, "/v/a.roster", "--list", "a"}, {}).empty());
  CHECK(warned({"/opt/hook", "x"}, {"/opt/hook", "x"}).empty());
  // Where the list of Mailman is that of the event, one hook serves all.
  CHECK(warned({kMailman, "--journal", "j"}, {kMailman, "--journal", "j"}).empty());
}

TEST_CASE("a hook of the site that is for one list is told") {
  const HookArgv roster{kRoster, "--list", "a", "/v/a.roster"};
  CHECK(warned(roster, roster) ==
        Warned{"the members of the lists `a` and `b` would stand in one roster, `/v/a.roster`",
               "`ccgate-hook-roster` is for list `a`: it refuses what happens on list `b`"});
  const HookArgv mailman{kMailman, "--list", "a", "--list-id=ops.lists.example"};
  CHECK(warned(mailman, mailman) ==
        Warned{"the members of the lists `a` and `b` would be subscribed to one list of Mailman, "
               "`ops.lists.example`",
               "`ccgate-hook-mailman3` is for list `a`: it refuses what happens on list `b`"});
  CHECK(warned({}, {kMailman, "--list", "a"}) ==
        Warned{"`ccgate-hook-mailman3` is for list `a`: it refuses what happens on list `b`"});
}

TEST_CASE("two lists with one roster are told, though each hook is for its list") {
  CHECK(warned({kRoster, "--list", "a", "/v/roster"}, {kRoster, "--list", "b", "/v/roster"}) ==
        Warned{"the members of the lists `a` and `b` would stand in one roster, `/v/roster`"});
}

TEST_CASE("a hook that is told no list is told of") {
  CHECK(warned({kRoster, "/v/a.roster"}, {kMailman, "--list-id", "ops"}) ==
        Warned{"`ccgate-hook-roster` is told no list, and does nothing without one",
               "`ccgate-hook-mailman3` is told no list, and does nothing without one"});
}
