#include "milter/doctor/finding.h"

#include <set>

#include "milter/doctor/look.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("each finding says what is wrong and what to do, in words of its own") {
  std::set<std::string> told;
  for (const auto& row : EnumWords<SiteFinding>::table) {
    INFO(row.word);
    const Found each = found(row.value, {"ONE", "TWO", "THREE", "FOUR"});
    CHECK(each.finding == row.value);
    CHECK_FALSE(each.what.empty());
    CHECK_FALSE(each.help.empty());
    CHECK(each.what.find("{0}") == std::string::npos);
    CHECK(each.what.back() != '.');
    told.insert(each.what + each.help + std::string(row.word));
  }
  CHECK(told.size() == EnumWords<SiteFinding>::table.size());
}

TEST_CASE("arguments stand in their places, once, whatever they look like") {
  const Found each = found(SiteFinding::version_differs, {"{1}", "{0}"});
  CHECK(each.what == "the daemon is version {1}, this program {0}");
  CHECK(found(SiteFinding::map_older, {}).what == "`` is older than the text that it is made of");
}

TEST_CASE("a problem outweighs a hint, and a hint what could not be looked at") {
  LookResult result{Look::dns, {"seen"}};
  CHECK(state_of(result) == LookState::ok);
  result.untold.emplace_back("why");
  CHECK(state_of(result) == LookState::untold);
  result.found.push_back(found(SiteFinding::dns_slow, {}));
  CHECK(state_of(result) == LookState::hint);
  result.found.push_back(found(SiteFinding::dns_silent, {}));
  CHECK(state_of(result) == LookState::problem);
}
