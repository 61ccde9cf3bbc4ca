// The files beside an SQLite file, `-wal` and `-shm`, removed while it is at work.
#include <filesystem>

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

struct Site {
  TemporaryFolder folder;
  std::string path = folder.file("ccgate.db");
  std::unique_ptr<Store> store = open_store("sqlite:" + path, StoreAccess::own);

  /// What another machine would find on the disk if this one stopped now.
  [[nodiscard]] std::unique_ptr<Store> after_a_crash() const {
    static int number = 0;
    const std::string copy = folder.file("copy" + std::to_string(++number) + ".db");
    for (const char* end : {"", "-wal"})
      if (fs::exists(path + end)) fs::copy_file(path + end, copy + end);
    return open_store("sqlite:" + copy, StoreAccess::own);
  }
  void remove(const std::string& what) const {
    for (const char* end : {"-wal", "-shm"})
      if (what.find(end) != std::string::npos) REQUIRE(fs::remove(path + end));
  }
  void record(const std::string& id) const {
    REQUIRE(store->record({sample_entry(id), {id}, {}, {}, {}}) == Recorded::yes);
  }
};

}  // namespace

TEST_CASE("a journal that is removed takes no answer with it", "[sqlite]") {
  const Site site;
  const std::string what = GENERATE("-wal", "-shm", "-wal -shm");
  INFO(what);
  site.record("before");
  site.remove(what);
  SECTION("who writes next notices") {
    site.record("behind");
    const auto found = site.after_a_crash();
    CHECK(found->find_entry("before"));
    CHECK(found->find_entry("behind"));
  }
  SECTION("who reads next notices") {
    CHECK(site.store->find_entry("before"));
    CHECK(site.after_a_crash()->find_entry("before"));
    site.record("behind");
    CHECK(site.after_a_crash()->find_entry("behind"));
  }
  SECTION("a worker that finds nothing to do notices") {
    CHECK(site.store->claim("w", 1000, 60, 10).empty());
    CHECK(site.after_a_crash()->find_entry("before"));
  }
  CHECK(site.store->find_entry("before"));
  site.remove("-wal -shm");
  site.record("again");
  CHECK(site.after_a_crash()->find_entry("again"));
  CHECK(site.store->find_entry("before"));
}

TEST_CASE("a journal removed in the middle of a transaction", "[sqlite]") {
  const Site site;
  site.record("before");
  const auto sql = open_sqlite(site.path, SqliteAccess::write, {});
  sql->begin(SqlMode::write);
  sql->run("INSERT INTO counts (what, key, bucket, n) VALUES ('a', 'b', 0, 7)");
  site.remove("-wal");
  sql->commit();
  CHECK_FALSE(sql->usable());
  const std::string copy = site.folder.file("alone.db");
  fs::copy_file(site.path, copy);
  const auto found = open_sqlite(copy, SqliteAccess::write, {});
  CHECK(found->run("SELECT n FROM counts WHERE what = 'a'").at(0).integer(0) == 7);
}

TEST_CASE("two openings of one file, whose journal is removed", "[sqlite]") {
  const Site site;
  const auto other = open_store("sqlite:" + site.path, StoreAccess::own);
  site.record("before");
  (void)other->claim("w", 1000, 60, 10);
  site.remove("-wal");
  (void)other->claim("w", 1000, 60, 10);
  for (int i = 0; i < 5; ++i) {
    site.record("first" + std::to_string(i));
    REQUIRE(other->record({sample_entry("second" + std::to_string(i)), {}, {}, {}, {}}) == Recorded::yes);
  }
  const auto found = site.after_a_crash();
  CHECK(found->entries({}).size() == 11);
  CHECK(other->entries({}).size() == 11);
  CHECK(site.store->entries({}).size() == 11);
}
