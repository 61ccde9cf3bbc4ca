#include "milter/system/replace_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

struct ReplacedFolder {
  std::filesystem::path path;
  ReplacedFolder() {
    std::string name = std::filesystem::temp_directory_path().string() + "/ccgate-replace-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
    path = name;
  }
  ~ReplacedFolder() { std::filesystem::remove_all(path); }
  ReplacedFolder(const ReplacedFolder&) = delete;
  ReplacedFolder& operator=(const ReplacedFolder&) = delete;

  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator()));
  }
};

std::string content(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a file is replaced whole, and keeps its rights") {
  const ReplacedFolder folder;
  const auto file = folder.path / "page.html";
  CHECK(replace_file(file, "one").empty());
  CHECK(content(file) == "one");
  REQUIRE(chmod(file.c_str(), 0640) == 0);
  const std::string large(3'000'000, 'x');
  CHECK(replace_file(file, large).empty());
  CHECK(content(file) == large);
  struct stat now {};
  REQUIRE(stat(file.c_str(), &now) == 0);
  CHECK((now.st_mode & 0777) == 0640);
  CHECK(folder.files() == 1);
}

TEST_CASE("where nothing can be written, nothing changes") {
  const ReplacedFolder folder;
  CHECK_FALSE(replace_file(folder.path / "none" / "page.html", "one").empty());
  std::filesystem::create_directory(folder.path / "page.html");
  CHECK(replace_file(folder.path / "page.html", "one") == "it is no plain file");
  CHECK(folder.files() == 1);
}
