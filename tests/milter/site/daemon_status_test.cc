#include "milter/site/daemon_status.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

DaemonStatus some_status() {
  return {4711,
          "0.1.0",
          1894708800,
          1894708860,
          "/etc/ccgate/ccgate.yaml",
          "fd:3",
          "unix:/run/ccgate/ccgate.sock",
          "abc",
          {{"tld-ops", "def"}}};
}

}  // namespace

TEST_CASE("what a daemon writes of itself is read as it was") {
  const std::string text = status_json(some_status());
  CHECK(text == R"({"ccgate_status":1,"pid":4711,"version":"0.1.0","started":"2030-01-15T12:00:00Z",)"
                R"("since":"2030-01-15T12:01:00Z","config":"/etc/ccgate/ccgate.yaml","listen":"fd:3",)"
                R"("socket":"unix:/run/ccgate/ccgate.sock","rules":"abc","policies":{"tld-ops":"def"}})"
                "\n");
  std::string why;
  CHECK(parse_status(text, why) == some_status());
}

TEST_CASE("what is no status is none, and says so") {
  const std::string good = status_json(some_status());
  std::vector<std::string> bad{
      "", "{}", "[]", "1", R"({"ccgate_status":2})", good.substr(0, good.size() / 2)};
  for (const char* key :
       {"pid", "version", "started", "since", "config", "listen", "socket", "rules", "policies"}) {
    std::string without = good;
    without.replace(without.find(std::string("\"") + key + "\""), std::string(key).size() + 2, "\"other\"");
    bad.push_back(without);
  }
  for (const std::string& text : bad) {
    INFO(text);
    std::string why;
    CHECK_FALSE(parse_status(text, why));
    CHECK_FALSE(why.empty());
  }
  std::string more = good, why;
  more.insert(1, R"("later":[1,2],)");
  CHECK(parse_status(more, why) == some_status());
}

TEST_CASE("one file for each process") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("ccgate-status-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  CHECK(read_statuses(folder).empty());
  std::ofstream(status_file(folder, 0)) << status_json(some_status());
  std::ofstream(status_file(folder, 1)) << "?";
  const auto found = read_statuses(folder);
  REQUIRE(found.size() == 2);
  CHECK(found[0].status == some_status());
  CHECK(found[1].file == (folder / "status-2.json").string());
  CHECK_FALSE(found[1].status);
  fs::remove(found[1].file);
  REQUIRE(mkfifo(found[1].file.c_str(), 0600) == 0);
  CHECK(read_statuses(folder).at(1).why == "it is no plain file");
  fs::remove_all(folder);
}
