#include "milter/store/retrying_store.h"

#include <future>

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a store that is away is asked for again after a pause, and every call says why") {
  int tries = 0;
  RetryingStore store("sqlite:/a", [&tries]() -> std::unique_ptr<Store> {
    ++tries;
    throw StoreError("it is away", false);
  });
  for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(store.backlog(), contains("it is away"));
  CHECK(tries == 1);
  CHECK(store.name() == "sqlite:/a");
}

TEST_CASE("a store that is there is opened once, when it is first asked") {
  const Place place;
  int tries = 0;
  RetryingStore store("a store", [&] {
    ++tries;
    return place.open();
  });
  CHECK(tries == 0);
  store.record({sample_entry("d1"), {"k"}, {}, {}, {}});
  CHECK(store.find_entry("d1"));
  CHECK(store.seen_before(sample_entry("d1").list, {"k"}, 0));
  CHECK(tries == 1);
}

TEST_CASE("whoever asks while the store is being opened waits no longer than for a lock") {
  const Place place;
  RetryingStore* self = nullptr;
  RetryingStore store("a store", [&] {
    const StorePatience none(std::chrono::milliseconds(0));
    CHECK_THROWS_WITH(self->backlog(), contains("being opened"));
    return place.open();
  });
  self = &store;
  CHECK(store.backlog().waiting == 0);
}

TEST_CASE("a store that takes its time is waited for as long as the asker likes") {
  const Place place;
  std::promise<void> ready;
  std::future<void> wait = ready.get_future();
  RetryingStore store("a store", [&] {
    wait.wait();
    return place.open();
  });
  store.begin_to_open(std::chrono::milliseconds(0));
  {
    const StorePatience patience(std::chrono::milliseconds(1));
    for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(store.backlog(), contains("being opened"));
  }
  ready.set_value();
  store.begin_to_open(std::chrono::minutes(10));
  CHECK(store.backlog().waiting == 0);
}
