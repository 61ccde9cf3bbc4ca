#include "milter/store/retrying_store.h"

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

TEST_CASE("nobody waits for the one who opens the store") {
  const Place place;
  RetryingStore* self = nullptr;
  RetryingStore store("a store", [&] {
    CHECK_THROWS_WITH(self->backlog(), contains("being opened"));
    return place.open();
  });
  self = &store;
  CHECK(store.backlog().waiting == 0);
}
