#include "milter/store/sql_group.h"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "tests/store/idle_connection.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kShort{300};
constexpr std::chrono::minutes kLong{10};

/// A group whose first transaction waits, so that what comes meanwhile goes together.
struct Held {
  std::promise<void> go;
  std::shared_future<void> gone = go.get_future().share();
  std::atomic<int> transactions = 0;
  std::function<void()> at_commit = [] {};
  SqlGroup group{[this](const SqlGroup::Work& work, SqlGroup::Time) {
    IdleConnection connection;
    if (transactions++ == 0) {
      work(connection);
      gone.wait();
      return;
    }
    work(connection);
    at_commit();
  }};
  std::atomic<int> begun = 0;

  std::future<void> run(const SqlGroup::Work& work, Clock::duration patience = kLong) {
    return std::async(std::launch::async, [this, work, patience] {
      ++begun;
      group.run(work, Clock::now() + patience);
    });
  }
  /// The one that all others wait for.
  std::future<void> first() {
    auto held = run([](SqlConnection&) {});
    while (transactions == 0) std::this_thread::yield();
    return held;
  }
  /// `count` came, and wait.
  void wait_for(int count) {
    while (begun < count) std::this_thread::yield();
    std::this_thread::sleep_for(kShort);
  }
};

}  // namespace

TEST_CASE("what comes while others are at work is one transaction") {
  Held held;
  std::atomic<int> done = 0;
  auto first = held.first();
  std::vector<std::future<void>> others;
  for (int i = 0; i < 3; ++i) others.push_back(held.run([&](SqlConnection&) { ++done; }));
  held.wait_for(4);
  CHECK(done == 0);
  held.go.set_value();
  first.get();
  for (auto& other : others) other.get();
  CHECK(done == 3);
  CHECK(held.transactions == 2);
}

TEST_CASE("one that fails takes nobody with it") {
  Held held;
  auto first = held.first();
  auto bad = held.run([](SqlConnection&) { throw std::runtime_error("no such thing"); });
  std::atomic<int> good_runs = 0;
  auto good = held.run([&](SqlConnection&) { ++good_runs; });
  held.wait_for(3);
  held.go.set_value();
  first.get();
  CHECK_THROWS_WITH(bad.get(), "no such thing");
  good.get();
  CHECK(good_runs >= 1);
}

TEST_CASE("a commit in doubt is in doubt for all, and nothing is done twice") {
  Held held;
  held.at_commit = [] { throw StoreError("the connection broke", true); };
  auto first = held.first();
  std::atomic<int> runs = 0;
  std::vector<std::future<void>> others;
  for (int i = 0; i < 2; ++i) others.push_back(held.run([&](SqlConnection&) { ++runs; }));
  held.wait_for(3);
  held.go.set_value();
  first.get();
  for (auto& other : others) {
    try {
      other.get();
      FAIL("it did not say so");
    } catch (const StoreError& error) {
      CHECK(error.in_doubt());
    }
  }
  CHECK(runs == 2);
}

TEST_CASE("whoever has less patience than others need gives up, and was not at work") {
  Held held;
  auto first = held.first();
  std::atomic<int> runs = 0;
  CHECK_THROWS_WITH(held.run([&](SqlConnection&) { ++runs; }, kShort).get(),
                    "others are at work in it for too long");
  held.go.set_value();
  first.get();
  CHECK(runs == 0);
}
