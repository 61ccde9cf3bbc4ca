#include "milter/contacts/publish.h"

#include <grp.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "ccgate-publish-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream in(path_ / name);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  [[nodiscard]] bool has(const std::string& name) const { return fs::exists(path_ / name); }

 private:
  fs::path path_;
};

/// Runs `work` in a child as an account that is nobody's; true when it did not throw. For root alone.
template <typename Work>
bool works_for_another_account(const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kOther = 65534;
    if (setgroups(0, nullptr) != 0 || setgid(kOther) != 0 || setuid(kOther) != 0) _exit(2);
    try {
      work();
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) != 2);
  return WEXITSTATUS(status) == 0;
}

/// Runs `work` in a child that gets SIGKILL before its system call number `calls`; true when it ended first.
template <typename Work>
bool killed_before_call(int calls, const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    try {
      work();
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSTOPPED(status));
  // One stop before each system call and one behind it.
  for (int stop = 0; stop <= 2 * calls; ++stop) {
    ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      CHECK(WEXITSTATUS(status) == 0);
      return true;
    }
  }
  kill(child, SIGKILL);
  while (waitpid(child, &status, 0) == child && !WIFSIGNALED(status)) continue;
  return false;
}

}  // namespace

TEST_CASE("the last ten files are kept") {
  const Folder folder;
  const ContactsFolder contacts(folder.file("contacts.json"));
  for (int i = 0; i < 13; ++i) contacts.publish(std::to_string(i), "line " + std::to_string(i) + "\n");
  CHECK(folder.text("contacts.json") == "12");
  for (int i = 1; i <= 10; ++i)
    CHECK(folder.text("contacts.json." + std::to_string(i)) == std::to_string(12 - i));
  CHECK_FALSE(folder.has("contacts.json.11"));
  CHECK_FALSE(folder.has("contacts.json.new"));
  CHECK_THAT(folder.text("contacts-history.jsonl"), contains("line 0\nline 1\n"));
}

TEST_CASE("a history line that was cut short does not spoil the next") {
  const Folder folder;
  std::ofstream(folder.file("contacts-history.jsonl")) << "{\"cct";
  const ContactsFolder contacts(folder.file("contacts.json"));
  contacts.publish("{}", "{\"cctld\": \"xa\"}\n");
  CHECK(folder.text("contacts-history.jsonl") == "{\"cct\n{\"cctld\": \"xa\"}\n");
}

TEST_CASE("the rights of the file stay, a new one is for all to read") {
  const Folder folder;
  const ContactsFolder contacts(folder.file("contacts.json"));
  const mode_t before = umask(077);
  contacts.publish("1", "");
  struct stat status {};
  REQUIRE(stat(folder.file("contacts.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0644);
  REQUIRE(chmod(folder.file("contacts.json").c_str(), 0640) == 0);
  contacts.publish("2", "");
  umask(before);
  REQUIRE(stat(folder.file("contacts.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("what root writes belongs to the owner of the folder, who can go on with it") {
  if (geteuid() != 0) return;  // nobody else can give files away
  const Folder folder;
  constexpr uid_t kOther = 65534;
  REQUIRE(chown(folder.file("").c_str(), kOther, kOther) == 0);
  const std::string file = folder.file("contacts.json");
  ContactsFolder(file).publish("1", "{}\n");
  ContactsFolder(file).publish("2", "{}\n");
  for (const char* name :
       {"contacts.json", "contacts.json.1", "contacts.json.lock", "contacts-history.jsonl"}) {
    INFO(name);
    struct stat status {};
    REQUIRE(stat(folder.file(name).c_str(), &status) == 0);
    CHECK(status.st_uid == kOther);
    CHECK(status.st_gid == kOther);
  }
}

TEST_CASE("a link under the name of a file of ours is not followed") {
  const Folder elsewhere;
  std::ofstream(elsewhere.file("precious")) << "precious";
  for (const char* name : {"contacts.json.lock", "contacts-history.jsonl"}) {
    INFO(name);
    const Folder folder;
    fs::create_symlink(elsewhere.file("precious"), folder.file(name));
    CHECK_THROWS([&] { ContactsFolder(folder.file("contacts.json")).publish("1", "{}\n"); }());
    CHECK(elsewhere.text("precious") == "precious");
  }
  // The next file is made anew, whatever stands there.
  const Folder folder;
  fs::create_symlink(elsewhere.file("precious"), folder.file("contacts.json.new"));
  ContactsFolder(folder.file("contacts.json")).publish("1", "{}\n");
  CHECK(folder.text("contacts.json") == "1");
  CHECK(elsewhere.text("precious") == "precious");
}

TEST_CASE("one run at a time") {
  const Folder folder;
  const std::string file = folder.file("contacts.json");
  {
    const ContactsFolder first(file);
    CHECK_THROWS_WITH(ContactsFolder(file), contains("another run is at work"));
  }
  CHECK_NOTHROW(ContactsFolder(file));
}

TEST_CASE("links that somebody put beside the file are not followed") {
  const Folder folder;
  const std::string file = folder.file("contacts.json");
  std::ofstream(folder.file("victim")) << "kept";
  const auto link_from = [&](const char* name) {
    fs::remove(folder.file(name));
    fs::create_symlink(folder.file("victim"), folder.file(name));
  };

  link_from("contacts.json.lock");
  CHECK_THROWS(ContactsFolder(file));
  fs::remove(folder.file("contacts.json.lock"));
  fs::create_symlink(folder.file("none"), folder.file("contacts.json.lock"));
  CHECK_THROWS(ContactsFolder(file));
  CHECK_FALSE(folder.has("none"));
  fs::remove(folder.file("contacts.json.lock"));

  const ContactsFolder contacts(file);
  link_from("contacts.json.new");
  contacts.publish("1", "");
  CHECK(folder.text("contacts.json") == "1");
  CHECK_FALSE(fs::is_symlink(file));
  link_from("contacts-history.jsonl");
  CHECK_THROWS(contacts.publish("2", "line\n"));
  fs::remove(folder.file("contacts-history.jsonl"));
  fs::create_hard_link(folder.file("victim"), folder.file("contacts-history.jsonl"));
  CHECK_THROWS(contacts.publish("2", "line\n"));
  CHECK(folder.text("contacts.json") == "1");
  CHECK(folder.text("victim") == "kept");
}

TEST_CASE("runs of root and of the folder's owner take turns") {
  if (geteuid() != 0) return;  // nobody else can play both
  const Folder folder;
  REQUIRE(chown(folder.file("").c_str(), 65534, 65534) == 0);
  const std::string file = folder.file("contacts.json");
  // As an administrator writes it by hand: a second name for it is forbidden to the other account.
  std::ofstream(file) << "by hand";
  const mode_t before = umask(077);
  ContactsFolder(file).publish("1", "line 1\n");
  umask(before);
  CHECK(works_for_another_account([&] { ContactsFolder(file).publish("2", "line 2\n"); }));
  ContactsFolder(file).publish("3", "line 3\n");
  CHECK(works_for_another_account([&] { ContactsFolder(file).publish("4", "line 4\n"); }));
  CHECK(folder.text("contacts.json") == "4");
  for (int i = 1; i <= 3; ++i)
    CHECK(folder.text("contacts.json." + std::to_string(i)) == std::to_string(4 - i));
  CHECK(folder.text("contacts.json.4") == "by hand");
  CHECK(folder.text("contacts-history.jsonl") == "line 1\nline 2\nline 3\nline 4\n");
  CHECK_FALSE(folder.has("contacts.json.copy"));
}

TEST_CASE("a folder that is not there is told before anything is asked") {
  const Folder folder;
  CHECK_THROWS_WITH(ContactsFolder(folder.file("none/contacts.json")),
                    contains("No such file or directory; create it"));
}

TEST_CASE("whoever is killed while publishing, before any of its system calls, leaves a whole file") {
  const std::string old(20'000, 'o'), next(30'000, 'n');
  int calls = 0;
  for (bool ended = false; !ended; ++calls) {
    const Folder folder;
    const std::string file = folder.file("contacts.json");
    ContactsFolder(file).publish(old, "{\"line\": 1}\n");
    ended = killed_before_call(calls, [&] { ContactsFolder(file).publish(next, "{\"line\": 2}\n"); });
    INFO("system call " << calls);
    const std::string left = folder.text("contacts.json");
    REQUIRE((left == old || left == next));
    if (ended) CHECK(left == next);
    // The next run finds nothing in its way, and the history readable.
    REQUIRE_NOTHROW(ContactsFolder(file).publish(next, "{\"line\": 3}\n"));
    CHECK(folder.text("contacts.json") == next);
    CHECK_THAT(folder.text("contacts-history.jsonl"), contains("{\"line\": 1}\n"));
    CHECK_THAT(folder.text("contacts-history.jsonl"), contains("\n{\"line\": 3}\n"));
  }
  CHECK(calls > 15);
}
