#include "policy/text/issue_sink.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("issue sink: a file of nothing but faults has a thousand of them") {
  Issues issues;
  IssueSink sink("f", "a", issues);
  for (std::size_t line = 1; line <= 5000; ++line) sink.warning({line, 1}, "no member in this line");
  REQUIRE(issues.size() == 1001);
  CHECK(issues[999].at.line == 1000);
  CHECK(issues[1000].severity == Severity::note);
  CHECK(issues[1000].what == "from here on no more is told of what is wrong in this file");
  CHECK_FALSE(has_errors(issues));
}

TEST_CASE("issue sink: the first error is kept, however late it comes") {
  Issues issues;
  IssueSink sink("f", "a", issues);
  const std::size_t warnings = GENERATE(999, 1000, 1001, 3000);
  for (std::size_t i = 0; i < warnings; ++i) sink.warning({1, 1}, "odd");
  sink.error({2, 1}, "wrong");
  sink.error({3, 1}, "wrong, too");
  CHECK(sink.failed());
  CHECK(has_errors(issues));
  CHECK(issues.size() <= 1002);
}

}  // namespace
}  // namespace ccgate
