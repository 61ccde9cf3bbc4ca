#include "milter/system/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void put(const char* name, std::string_view text) const { std::ofstream(path / name) << text; }
  fs::path path = fs::temp_directory_path() / ("ccgate-files-test-" + std::to_string(getpid()));
};

}  // namespace

TEST_CASE("the state of a file tells its versions apart") {
  const Folder folder;
  const std::string file = folder.path / "a";
  CHECK(file_state(file) == FileState{});
  folder.put("a", "one");
  const FileState first = file_state(file);
  CHECK(first.exists);
  CHECK(first.size == 3);
  CHECK(file_state(file) == first);
  folder.put("b", "two");
  fs::rename(folder.path / "b", folder.path / "a");
  CHECK_FALSE(file_state(file) == first);
  const FileState second = file_state(file);
  fs::last_write_time(file, fs::last_write_time(file) - std::chrono::nanoseconds(1));
  CHECK_FALSE(file_state(file) == second);
}

TEST_CASE("a file is read whole, with the state it was read in") {
  const Folder folder;
  const std::string file = folder.path / "a";
  folder.put("a", "text");
  std::string why;
  FileState state;
  CHECK(read_whole_file(file, 4, why, state) == "text");
  CHECK(state == file_state(file));
  CHECK_FALSE(read_whole_file(file, 3, why, state));
  CHECK(why == "larger than 3 bytes");
  CHECK(state.size == 4);
  CHECK_FALSE(read_whole_file(file + "x", 4, why, state));
  CHECK(why == "No such file or directory");
  CHECK_FALSE(state.exists);
  CHECK_FALSE(read_whole_file(folder.path, 4, why, state));
  CHECK(why == "Is a directory");
  const std::string pipe = folder.path / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_FALSE(read_whole_file(pipe, 4, why, state));  // and does not wait for a writer
  CHECK(why == "it is no file");
}

TEST_CASE("paths are relative to the file that names them") {
  CHECK(path_beside("/etc/ccgate/ccgate.yaml", "a.json") == "/etc/ccgate/a.json");
  CHECK(path_beside("/etc/ccgate/ccgate.yaml", "/a.json") == "/a.json");
  CHECK(path_beside("ccgate.yaml", "a.json") == "a.json");
  CHECK(path_beside("conf/ccgate.yaml", "tests/a") == "conf/tests/a");
}
