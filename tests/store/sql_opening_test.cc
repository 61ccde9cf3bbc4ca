#include "milter/store/sql_opening.h"

#include <atomic>
#include <future>

#include "milter/store/store_sql.h"
#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// A store of that name, whose connections `open` gives.
SqlSource source_with(const std::string& name, SqlOpening::Open open) {
  SqlSource source;
  source.name = name;
  source.open = std::move(open);
  return source;
}

}  // namespace

TEST_CASE("a store that is away is asked for again after a pause, and every call says why") {
  std::atomic<int> tries = 0;
  SqlStore store(source_with("sqlite:/a", [&tries]() -> SqlPools {
    ++tries;
    throw StoreError("it is away", false);
  }));
  for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(store.backlog(), contains("it is away"));
  CHECK(tries == 1);
  CHECK(store.name() == "sqlite:/a");
}

TEST_CASE("what writes and what reads is told alike that the store is away") {
  SqlStore store(source_with("a store", []() -> SqlPools { throw StoreError("it is away", false); }));
  CHECK_THROWS_WITH(store.record({sample_entry("d1"), {}, {}, {}, {}}), "it is away");
  CHECK_THROWS_WITH(store.find_entry("d1"), "it is away");
  CHECK_THROWS_WITH(store.entries({}), "it is away");
  CHECK_THROWS_WITH(store.claim("w", 1, 1, 1), "it is away");
  CHECK_THROWS_WITH(store.find_token("h"), "it is away");
}

TEST_CASE("a store that is there is opened once, when it is first asked") {
  const Place place;
  std::atomic<int> tries = 0;
  SqlStore store(source_with("a store", [&, open = place.source().open] {
    ++tries;
    return open();
  }));
  CHECK(tries == 0);
  store.record({sample_entry("d1"), {"k"}, {}, {}, {}});
  CHECK(store.find_entry("d1"));
  CHECK(store.seen_before(sample_entry("d1").list, {"k"}, 0));
  CHECK(tries == 1);
}

TEST_CASE("a store that came back is opened at the next try") {
  const Place place;
  std::atomic<bool> away = true;
  SqlOpening opening([&, open = place.source().open] {
    if (away) throw StoreError("it is away", false);
    return open();
  });
  opening.begin_to_open(std::chrono::minutes(10));
  away = false;
  CHECK_THROWS_WITH(opening.opened(StoreClock::now() + std::chrono::minutes(10)), "it is away");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  CHECK(opening.opened(StoreClock::now() + std::chrono::minutes(10)).writers != nullptr);
}

TEST_CASE("whoever asks while the store is being opened waits no longer than for a lock") {
  const Place place;
  SqlStore* self = nullptr;
  SqlStore store(source_with("a store", [&, open = place.source().open] {
    {
      const StorePatience none(std::chrono::milliseconds(0));
      CHECK_THROWS_WITH(self->backlog(), contains("being opened"));
    }
    return open();
  }));
  self = &store;
  CHECK(store.backlog().waiting == 0);
}

TEST_CASE("a store that takes its time is waited for as long as the asker likes") {
  const Place place;
  std::promise<void> ready;
  std::future<void> wait = ready.get_future();
  SqlStore store(source_with("a store", [&, open = place.source().open] {
    wait.wait();
    return open();
  }));
  store.begin_to_open(std::chrono::milliseconds(0));
  {
    const StorePatience patience(std::chrono::milliseconds(1));
    for (int i = 0; i < 3; ++i) CHECK_THROWS_WITH(store.backlog(), contains("being opened"));
  }
  ready.set_value();
  store.begin_to_open(std::chrono::minutes(10));
  CHECK(store.backlog().waiting == 0);
}

TEST_CASE("whoever waits for the schema is told how far it is") {
  const Place place;
  const auto progress = std::make_shared<SchemaProgress>();
  SqlStore* self = nullptr;
  SqlSource source = source_with("a store", [&, open = place.source().open] {
    const StorePatience none(std::chrono::milliseconds(0));
    progress->begin(5, 7, 9);
    progress->count();
    CHECK_THROWS_WITH(self->backlog(),
                      "the store is being opened, schema 5 becomes 7: 1 of 9 statements are done");
    progress->end();
    CHECK_THROWS_WITH(self->backlog(), "the store is being opened");
    return open();
  });
  source.progress = progress;
  SqlStore store(std::move(source));
  self = &store;
  store.begin_to_open(std::chrono::minutes(10));
  CHECK(store.backlog().waiting == 0);
  CHECK(place.source().progress->text().empty());
}

TEST_CASE("a daemon's store that cannot be opened is a store all the same") {
  const TemporaryFolder folder;
  const std::string url = "sqlite:" + folder.file("no/ccgate.db");
  const auto store = open_store_later(url, std::chrono::minutes(10));
  CHECK(store->name() == url);
  CHECK_THROWS_WITH(store->find_entry("d1"), contains(url + ": "));
}
