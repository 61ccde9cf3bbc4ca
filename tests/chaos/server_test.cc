// A server as store, in trouble: requests are put off, other mail passes, and nothing is lost.
#include <chrono>
#include <iostream>
#include <thread>

#include "tests/chaos/visitor.h"
#include "tests/support/catch.h"
#include "tests/support/order_server.h"

using namespace ccgate;

namespace {

/// Until `number` more of what `count` counts; it throws when they do not come.
template <typename Count>
void wait_for_more(Count count, std::size_t number) {
  const std::size_t wanted = count() + number;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (count() < wanted) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nothing goes on");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

TEST_CASE("the server is restarted, crashes and goes away under load", "[postgresql][faults]") {
  StormSite site(2, new_server_store());
  site.start();
  const Visitor visitor(site);
  Load load(site.sockets(), storm_seed(), 4);
  constexpr std::size_t kRounds = 4;
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (const char* order : {"restart", "crash"}) {
      wait_for_more([&] { return load.answers() - load.refused_for_now(); }, 40);
      order_server(order);
    }
    wait_for_more([&] { return load.answers() - load.refused_for_now(); }, 40);
    order_server("stop");
    wait_for_more([&] { return load.refused_for_now(); }, 40);
    CHECK(visitor.post() == "untouched");
    order_server("start");
  }
  wait_for_more([&] { return load.answers() - load.refused_for_now(); }, 40);
  const auto answered = load.finish();
  site.settle();
  const Tally sum = tally(site, answered);
  std::cout << 3 * kRounds << " outages, " << sum.requests << " requests in " << sum.tries << " tries, "
            << sum.notices << " notices, " << sum.sent_twice << " of them sent twice" << std::endl;
  for (std::size_t i = 0; i < sum.faults.size() && i < 20; ++i) UNSCOPED_INFO(sum.faults[i]);
  CHECK(sum.faults.empty());
  // What a worker could not write down before it was stopped.
  CHECK(sum.sent_twice <= 3 * kRounds * site.daemons.size());
}

TEST_CASE("a daemon starts while the server is away", "[postgresql][faults]") {
  StormSite site(1, new_server_store());
  order_server("stop");
  site.start();
  Visitor visitor(site);
  CHECK(visitor.bring(0) == "451 4.3.0");
  CHECK(visitor.post() == "untouched");
  site.daemons.front()->wait_for_log("event=store_trouble");
  order_server("start");
  CHECK(visitor.bring_until_answered(0) == "accepted");
  site.settle();
  CHECK(visitor.faults().empty());
}
