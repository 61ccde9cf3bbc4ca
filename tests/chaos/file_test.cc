// A file as store, in trouble: requests are put off, other mail passes, and nothing is lost.
#include <sys/prctl.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <future>

#include "milter/store/sql_sqlite.h"
#include "tests/chaos/visitor.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

const std::string kLater = "451 4.3.0";

struct FileSite : StormSite {
  FileSite() : StormSite(1, "") { start(); }
  Daemon& daemon() { return *daemons.front(); }
  Visitor visitor{*this};
};

void require_nothing_lost(FileSite& site) {
  site.settle();
  const auto faults = site.visitor.faults();
  for (const std::string& fault : faults) UNSCOPED_INFO(fault);
  CHECK(faults.empty());
}

}  // namespace

TEST_CASE("a file that cannot grow", "[sqlite]") {
  FileSite site;
  CHECK(site.visitor.bring(0) == "accepted");
  site.daemon().limit_files(1);
  for (std::size_t i = 1; i < 4; ++i) CHECK(site.visitor.bring(i) == kLater);
  CHECK(site.visitor.post() == "untouched");
  site.daemon().limit_files(std::nullopt);
  for (std::size_t i = 1; i < 4; ++i) CHECK(site.visitor.bring(i) == "accepted");
  require_nothing_lost(site);
}

TEST_CASE("a file that may not be written to", "[sqlite]") {
  FileSite site;
  const auto modes = [&](mode_t folder, mode_t file) {
    REQUIRE(chmod(site.store_file().c_str(), file) == 0);
    REQUIRE(chmod(site.store_folder().c_str(), folder) == 0);
  };
  CHECK(site.visitor.bring(0) == "accepted");
  modes(0500, 0400);
  CHECK(site.visitor.bring(1) == "accepted");  // it is open
  site.daemon().send_signal(SIGKILL);
  site.daemon().wait_for_end();
  site.daemon().start();
  CHECK(site.visitor.bring(2) == kLater);
  CHECK(site.visitor.post() == "untouched");
  site.daemon().wait_for_log("event=store_trouble");
  modes(0700, 0600);
  CHECK(site.visitor.bring_until_answered(2) == "accepted");
  require_nothing_lost(site);
}

TEST_CASE("a file that another process has locked", "[sqlite]") {
  FileSite site;
  const auto other = open_sqlite(site.store_file(), SqliteAccess::write, {});
  other->begin(SqlMode::write);
  auto request = std::async(std::launch::async, [&] { return site.visitor.bring(0); });
  for (int i = 0; i < 20; ++i) CHECK(site.visitor.post() == "untouched");
  const bool waited = request.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
  SECTION("for long") {
    CHECK(request.get() == kLater);
    CHECK(waited);
    other->rollback();
    CHECK(site.visitor.bring(0) == "accepted");
  }
  SECTION("for a while") {
    other->rollback();
    CHECK(request.get() == "accepted");
  }
  require_nothing_lost(site);
}

TEST_CASE("a daemon that starts while its file is locked", "[sqlite]") {
  FileSite site;
  CHECK(site.visitor.bring(0) == "accepted");
  site.daemon().stop();
  auto other = open_sqlite(site.store_file(), SqliteAccess::write, {});
  other->run("PRAGMA locking_mode = EXCLUSIVE");  // nobody reads either
  other->begin(SqlMode::write);
  other->run("UPDATE schema_version SET version = version");
  site.daemon().start();
  for (int i = 0; i < 20; ++i) CHECK(site.visitor.post() == "untouched");
  CHECK(site.visitor.bring(1) == kLater);
  other->rollback();
  other.reset();
  CHECK(site.visitor.bring_until_answered(1) == "accepted");
  require_nothing_lost(site);
}

TEST_CASE("a file whose journal is taken away", "[sqlite]") {
  FileSite site;
  CHECK(site.visitor.bring(0) == "accepted");
  for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(site.store_file() + end);
  CHECK(site.visitor.bring_until_answered(1) == "accepted");
  CHECK(site.visitor.post() == "untouched");
  site.daemon().send_signal(SIGKILL);
  site.daemon().wait_for_end();
  site.daemon().start();
  CHECK(site.visitor.bring_until_answered(2) == "accepted");
  require_nothing_lost(site);
}

TEST_CASE("a file that is taken away", "[sqlite]") {
  FileSite site;
  const std::string aside = site.store_file() + ".aside";
  CHECK(site.visitor.bring(0) == "accepted");
  std::filesystem::rename(site.store_file(), aside);
  CHECK(site.visitor.bring(1) == kLater);
  CHECK(site.visitor.bring(1) == kLater);
  CHECK(site.visitor.post() == "untouched");
  CHECK_FALSE(std::filesystem::exists(site.store_file()));
  SECTION("and put back") {
    std::filesystem::rename(aside, site.store_file());
    CHECK(site.visitor.bring(1) == "accepted");
    require_nothing_lost(site);
  }
  SECTION("for good: a restart makes a new one") {
    site.daemon().stop();
    std::filesystem::remove_all(site.store_folder());
    std::filesystem::create_directory(site.store_folder());
    site.daemon().start();
    CHECK(site.visitor.bring(1) == "accepted");
  }
}
