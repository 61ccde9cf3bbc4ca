#include "milter/system/accounts.h"

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

struct AccountFolder {
  AccountFolder() {
    fs::create_directories(path);
    chmod(path.c_str(), 0755);
    std::ofstream(path / "file") << "text";
    set("file", 0644);
  }
  ~AccountFolder() { fs::remove_all(path); }
  void set(const char* name, mode_t mode) const { chmod((path / name).c_str(), mode); }
  fs::path path = fs::temp_directory_path() / ("ccgate-accounts-test-" + std::to_string(getpid()));
  std::string file = path / "file";
};

}  // namespace

TEST_CASE("accounts and groups of the machine") {
  CHECK(has_account("root"));
  CHECK_FALSE(has_account("no such account"));
  CHECK(has_group("root"));
  CHECK_FALSE(has_group("no such group"));
  CHECK(is_in_group("root", "root"));
  CHECK_FALSE(is_in_group("nobody", "root"));
  CHECK_FALSE(is_in_group("root", "no such group"));
  CHECK_FALSE(is_in_group("no such account", "root"));
  CHECK_FALSE(own_account().empty());
  CHECK(is_root("root"));
  CHECK_FALSE(is_root("nobody"));
  CHECK_FALSE(is_root("no such account"));
}

TEST_CASE("the groups that a process was given count for its account") {
  if (geteuid() != 0) return;  // who may not change them
  const pid_t child = fork();
  if (child == 0) {
    const gid_t given = getgrnam("nogroup")->gr_gid;
    _exit(!is_in_group("root", "nogroup") && setgroups(1, &given) == 0 && is_in_group("root", "nogroup") &&
                  !is_in_group("nobody", "root")
              ? 0
              : 1);
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("what an account may do, by owners and modes along the way") {
  const AccountFolder folder;
  CHECK(unreadable_for("nobody", folder.file).empty());
  CHECK(unreadable_for("root", folder.file).empty());
  CHECK(unreadable_for("no such account", folder.file).empty());
  CHECK(unreadable_for("nobody", folder.file + "x").empty());
  CHECK(unrunnable_for("nobody", folder.file) == "may not run " + folder.file);
  CHECK(no_place_for_files_of("nobody", folder.path) == "may not make files in " + folder.path.string());
  CHECK(no_place_for_files_of("root", folder.path).empty());
  folder.set("file", 0600);
  CHECK(unreadable_for("nobody", folder.file) == "may not read " + folder.file);
  folder.set("", 0700);
  CHECK(unreadable_for("nobody", folder.file) == "may not enter " + folder.path.string());
  folder.set("", 0777);
  CHECK(no_place_for_files_of("nobody", folder.path).empty());
}

TEST_CASE("what everybody may write or replace") {
  const AccountFolder folder;
  CHECK_FALSE(writable_by_all(folder.file));
  folder.set("file", 0666);
  CHECK(writable_by_all(folder.file) == folder.file);
  folder.set("file", 0644);
  folder.set("", 0777);
  CHECK(writable_by_all(folder.file) == folder.path.string());
  folder.set("", 01777);  // as /tmp: nobody replaces what is another's
  CHECK_FALSE(writable_by_all(folder.file));
  CHECK_FALSE(writable_by_all(folder.file + "x"));
}

TEST_CASE("what a group or everybody may write, whoever may replace it") {
  const AccountFolder folder;
  const std::string above = folder.path.parent_path();  // /tmp, as a rule
  struct stat status {};
  REQUIRE(stat(above.c_str(), &status) == 0);
  const bool open_above = (status.st_mode & 022) != 0;
  CHECK(writable_by_others(folder.path) == (open_above ? std::optional(above) : std::nullopt));
  folder.set("", 0775);
  CHECK(writable_by_others(folder.path) == (open_above ? above : folder.path.string()));
  CHECK_FALSE(writable_by_others("/usr"));
  CHECK_FALSE(writable_by_others(folder.path / "none"));
}
