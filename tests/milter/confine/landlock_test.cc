#include "milter/confine/landlock.h"

#include "tests/support/catch.h"

using namespace ccgate;
TEST_CASE("what a list of paths grants, by their names") {
  using enum PathUse;
  const std::vector<PathRule> rules{{"/etc", read}, {"/var/lib/ccgate/", keep}, {"/tmp", spool}, {"/", read}};
  CHECK(is_granted(rules, {"/etc", read}));
  CHECK(is_granted(rules, {"/etc/", read}));
  CHECK(is_granted(rules, {"/etc/ccgate/lists", read}));
  CHECK_FALSE(is_granted(rules, {"/etcetera", read}));
  CHECK_FALSE(is_granted(rules, {"/etc", keep}));
  CHECK(is_granted(rules, {"/var/lib/ccgate", read}));
  CHECK(is_granted(rules, {"/var/lib/ccgate/a", keep}));
  CHECK_FALSE(is_granted(rules, {"/var/lib/ccgate", bind}));
  CHECK_FALSE(is_granted(rules, {"/var/lib", read}));
  CHECK(is_granted(rules, {"/tmp/a", bind}));
  CHECK_FALSE(is_granted(rules, {"/", read}));
  CHECK_FALSE(is_granted(rules, {"", read}));
  CHECK_FALSE(is_granted({}, {"/etc", read}));
}
