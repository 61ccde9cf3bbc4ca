#include "milter/metrics/metrics.h"

#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("each list has a place of its own, and the last ones share") {
  const auto lists = std::make_unique<CountedLists>();
  const std::string too_long(CountedLists::kLongestName + 1, 'x');
  lists->add(too_long);
  lists->add("");
  for (std::size_t i = 0; i < CountedLists::kMost + 3; ++i) lists->add("list" + std::to_string(i));
  lists->add("list0");
  CHECK(lists->name(0) == "list0");
  CHECK(lists->name(CountedLists::kMost - 1) == "list" + std::to_string(CountedLists::kMost - 1));
  (*lists)["list1"].requests[RequestKind::subscribe].add();
  CHECK(lists->at(1).requests[RequestKind::subscribe].get() == 1);
  CHECK(&(*lists)["list1"] == &(*lists)["list1"]);
  const std::string beyond = "list" + std::to_string(CountedLists::kMost);
  for (const std::string& name : {beyond, too_long, std::string(), std::string("list")})
    CHECK(&(*lists)[name] == &lists->others());
}

TEST_CASE("a name as long as a place is kept whole") {
  const auto lists = std::make_unique<CountedLists>();
  const std::string longest(CountedLists::kLongestName, 'x');
  lists->add(longest);
  CHECK(lists->name(0) == longest);
  CHECK(&(*lists)[longest] == &lists->at(0));
}

TEST_CASE("a histogram knows each bound as its own") {
  Histogram histogram;
  const auto observe = [&](double seconds) {
    histogram.observe(std::chrono::round<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds)));
  };
  observe(0);
  observe(0.001);
  observe(0.0010001);
  observe(20);
  observe(20.1);
  observe(1e6);
  CHECK(histogram.bucket(0) == 2);
  CHECK(histogram.bucket(1) == 1);
  CHECK(histogram.bucket(Histogram::kBounds.size() - 1) == 1);
  CHECK(histogram.bucket(Histogram::kBounds.size()) == 2);
  CHECK(histogram.nanoseconds() == 1'000'040'102'000'100);
}

TEST_CASE("processes count in one table, and what one held ends with it") {
  Metrics* const before = metrics_detail::in_use;
  ProcessCounts* const own_before = metrics_detail::own;
  share_metrics();
  REQUIRE(&metrics() != before);
  metrics().lists.add("ops");
  const pid_t child = fork();
  if (child == 0) {
    begin_process();
    own_process().sessions.add(2);
    metrics().sessions.add(2);
    metrics().lists.add("ops");
    metrics().lists.add("other-list");
    metrics().lists["ops"].requests[RequestKind::subscribe].add();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  CHECK(metrics().processes[0].process == child);
  CHECK(metrics().processes[0].sessions.sum() == 2);
  CHECK(metrics().sessions.get() == 2);
  CHECK(metrics().lists.name(0) == "ops");
  CHECK(metrics().lists.name(1) == "other-list");
  CHECK(metrics().lists.name(2).empty());
  CHECK(metrics().lists["ops"].requests[RequestKind::subscribe].get() == 1);
  end_process(child);
  CHECK(metrics().processes[0].process == 0);
  metrics_detail::in_use = before;
  metrics_detail::own = own_before;
}

}  // namespace ccgate
