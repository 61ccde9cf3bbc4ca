#include "milter/store/sql_pool.h"

#include <future>
#include <optional>

#include "tests/store/idle_connection.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kShortWait{10};
constexpr std::chrono::minutes kLongWait{10};

/// A pool, and how many connections it opened.
struct Counted {
  explicit Counted(std::size_t size) : pool([this] { return open(); }, size) {}
  std::unique_ptr<SqlConnection> open() {
    if (away) throw SqlError(SqlFault::other, "it is away");
    ++opened;
    return std::make_unique<IdleConnection>();
  }
  SqlPool::Lease take(Clock::duration patience = kShortWait) { return pool.take(Clock::now() + patience); }

  bool away = false;
  int opened = 0;
  SqlPool pool;
};

}  // namespace

TEST_CASE("a connection is opened when it is needed, and used again") {
  Counted counted(2);
  CHECK(counted.opened == 0);
  for (int i = 0; i < 3; ++i) (void)counted.take();
  CHECK(counted.opened == 1);
  const auto one = counted.take();
  const auto other = counted.take();
  CHECK(counted.opened == 2);
}

TEST_CASE("nobody gets a connection beyond those there may be, until one is given back") {
  Counted counted(1);
  std::optional<SqlPool::Lease> taken = counted.take();
  CHECK_THROWS_WITH(counted.take(), "all its connections are at work for too long");
  auto waiting = std::async(std::launch::async, [&] { (void)counted.take(kLongWait); });
  taken.reset();
  waiting.get();
  CHECK(counted.opened == 1);
}

TEST_CASE("what could not be opened takes no place") {
  Counted counted(1);
  counted.away = true;
  for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(counted.take(), "it is away");
  counted.away = false;
  (void)counted.take();
  CHECK(counted.opened == 1);
}

TEST_CASE("a connection that is not usable any more is given to nobody") {
  Counted counted(1);
  {
    const auto lease = counted.take();
    static_cast<IdleConnection&>(*lease).good = false;
  }
  (void)counted.take();
  CHECK(counted.opened == 2);
}

TEST_CASE("when the server went away, no connection from before is used again") {
  Counted counted(2);
  {
    (void)counted.take();  // idle
    const auto at_work = counted.take();
    const auto other = counted.take();
    counted.pool.forget();
  }
  CHECK(counted.opened == 2);
  (void)counted.take();
  CHECK(counted.opened == 3);
}
