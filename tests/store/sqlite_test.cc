#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

/// The pages of a file from the second on, filled with something else.
void damage(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(fs::file_size(path) - 4096, '\x55');
}

}  // namespace

TEST_CASE("the file is private, and has nothing beside it once it is closed", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  {
    const auto store = open_store("sqlite:" + path, StoreAccess::own);
    store->record({sample_entry("d1"), {}, {}, {}, {}});
    CHECK(store->entries({}).size() == 1);
    CHECK(store->name() == "sqlite:" + path);
    for (const std::string& name : {path, path + "-wal", path + "-shm"}) {
      INFO(name);
      CHECK((fs::status(name).permissions() & fs::perms::all) ==
            (fs::perms::owner_read | fs::perms::owner_write));
    }
  }
  CHECK_FALSE(fs::exists(path + "-wal"));
  CHECK_FALSE(fs::exists(path + "-shm"));
}

TEST_CASE("a file that cannot be a store", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db"), url = "sqlite:" + path;
  CHECK_THROWS_WITH(open_store(url, StoreAccess::read),
                    url + ": cannot be opened: No such file or directory");
  CHECK_FALSE(fs::exists(path));
  CHECK_THROWS_WITH(open_store("sqlite:" + folder.file("no/ccgate.db"), StoreAccess::own),
                    contains("cannot be made: No such file or directory"));
  SECTION("a folder") {
    fs::create_directory(path);
    CHECK_THROWS_WITH(open_store(url, StoreAccess::own), url + ": is no file");
  }
  SECTION("text") {
    std::ofstream(path) << std::string(8192, 'x');
    CHECK_THROWS_WITH(open_store(url, StoreAccess::own), url + ": is no SQLite database");
    CHECK_THROWS_WITH(open_store(url, StoreAccess::read), url + ": is no SQLite database");
  }
  SECTION("damaged") {
    open_store(url, StoreAccess::own)->record({sample_entry("d1"), {}, {}, {}, {}});
    damage(path);
    CHECK_THROWS_WITH(open_store(url, StoreAccess::own)->record({sample_entry("d2"), {}, {}, {}, {}}),
                      contains("is damaged"));
  }
}

TEST_CASE("a file that another account owns is not written to", "[sqlite]") {
  if (geteuid() != 0) return;  // nobody else can play both
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  open_store("sqlite:" + path, StoreAccess::own)->record({sample_entry("d1"), {}, {}, {}, {}});
  fs::permissions(path, fs::perms(0644));
  fs::permissions(fs::path(path).parent_path(), fs::perms(0777));
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kOther = 65534;
    if (setgroups(0, nullptr) != 0 || setgid(kOther) != 0 || setuid(kOther) != 0) _exit(2);
    try {
      (void)open_store("sqlite:" + path, StoreAccess::own);
    } catch (const StoreError& error) {
      _exit(error.what() == "sqlite:" + path + ": is read-only" ? 0 : 3);
    }
    _exit(1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a full disk loses nothing that was recorded, and is over when there is space again", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  LedgerEntry large = sample_entry("large");
  large.explanation = std::string(200000, 'x');
  {
    const auto store = open_sql_store(sqlite_source(path, StoreAccess::own, {.pages_at_most = 60}));
    store->record({sample_entry("small"), {}, {}, {}, {}});
    CHECK_THROWS_WITH(store->record({large, {}, {}, {}, {sample_task("t1", "large")}}),
                      contains("no space is left"));
    CHECK(store->find_entry("small"));
    CHECK_FALSE(store->is_open("t1"));
    store->record({sample_entry("small too"), {}, {}, {}, {}});
  }
  const auto store = open_sql_store(sqlite_source(path, StoreAccess::own));
  store->record({large, {}, {}, {}, {}});
  CHECK(store->entries({}).size() == 3);
}

TEST_CASE("a lock of another process is waited for, not for ever", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  const auto store =
      open_sql_store(sqlite_source(path, StoreAccess::own, {.patience = std::chrono::milliseconds(20)}));
  store->record({sample_entry("d1"), {}, {}, {}, {}});
  const auto other = open_sqlite(path, SqliteAccess::write, {});
  other->begin(SqlMode::write);
  CHECK_THROWS_WITH(store->record({sample_entry("d2"), {}, {}, {}, {}}),
                    "sqlite:" + path + ": locked by another process for too long");
  CHECK(store->find_entry("d1"));  // readers do not wait
  CHECK(store->entries({}).size() == 1);
  other->rollback();
  store->record({sample_entry("d2"), {}, {}, {}, {}});
  CHECK(store->entries({}).size() == 2);
}

TEST_CASE("what is locked is waited for within one patience, whatever is asked", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  const auto store = open_store("sqlite:" + path, StoreAccess::own);
  const auto other = open_sqlite(path, SqliteAccess::write, {});
  other->begin(SqlMode::write);
  {
    const StorePatience patience(std::chrono::milliseconds(50));
    CHECK_THROWS_AS(store->record({sample_entry("d1"), {}, {}, {}, {}}), StoreError);
    const auto begun = StoreClock::now();
    for (int i = 0; i < 1000; ++i) {
      CHECK_THROWS_AS(store->add({}, {sample_task("t1", "d1")}), StoreError);
      CHECK_THROWS_AS(store->claim("w", 1000, 60, 10), StoreError);
    }
    // Each of them would wait 5 seconds of its own; they have 50 milliseconds together, which are over.
    CHECK(StoreClock::now() - begun < std::chrono::seconds(60));
    CHECK_FALSE(store->find_entry("d1"));  // readers do not wait
  }
  other->rollback();
  const StorePatience none(std::chrono::milliseconds(0));
  store->record({sample_entry("d1"), {}, {}, {}, {}});
  CHECK(store->find_entry("d1"));
  CHECK(store->entries({}).size() == 1);
}

TEST_CASE("who has no time does not wait behind those who have", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  const auto store =
      open_sql_store(sqlite_source(path, StoreAccess::own, {.patience = std::chrono::minutes(10)}));
  const auto other = open_sqlite(path, SqliteAccess::write, {});
  other->begin(SqlMode::write);
  std::thread patient([&] { store->record({sample_entry("patient"), {}, {}, {}, {}}); });
  for (int i = 0; i < 8; ++i) {
    const StorePatience patience(std::chrono::milliseconds(5));
    CHECK_THROWS_AS(store->record({sample_entry("hasty"), {}, {}, {}, {}}), StoreError);
  }
  other->rollback();
  patient.join();
  CHECK(store->find_entry("patient"));
  CHECK_FALSE(store->find_entry("hasty"));
}

TEST_CASE("what is purged is gone from the file", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  {
    const auto store = open_store("sqlite:" + path, StoreAccess::own);
    LedgerEntry entry = sample_entry("d1");
    entry.people = "somebody to be forgotten";
    store->record({entry, {}, {}, {}, {}});
    REQUIRE(store->purge(entry.keep_until, 10) == 1);
  }
  std::ifstream file(path, std::ios::binary);
  const std::string octets((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK(octets.size() >= 4096);
  CHECK(octets.find("somebody to be forgotten") == std::string::npos);
}
