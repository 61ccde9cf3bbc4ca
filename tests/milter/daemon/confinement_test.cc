#include "milter/daemon/confinement.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "milter/site/config_yaml.h"
#include "milter/system/descriptor.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

namespace fs = std::filesystem;

/// A site beside files that are none of its business; not below /tmp, which stays open to the daemon.
class Place {
 public:
  Place() {
    std::string name = fs::current_path() / "confinement-XXXXXX";
    path_ = mkdtemp(name.data());
    for (const char* folder : {"etc", "data", "store", "run", "private"})
      fs::create_directory(path_ / folder);
    write("data/contacts.json", "{}");
    write("private/key", "secret");
    write("etc/hook", "#!/bin/sh\ncat\n");
    fs::permissions(path_ / "etc/hook", fs::perms::owner_all);
    fs::create_symlink(path_ / "data/contacts.json", path_ / "etc/contacts.json");
    name_data("");
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(path_); }

  /// ccgate.yaml; `more`: lines of it.
  void name_data(const std::string& more) const {
    write("etc/ccgate.yaml",
          "ccgate: 1\nlisten: unix:" + at("run/ccgate.sock") +
              "\ncontacts: {file: contacts.json}\nstore: sqlite:" + at("store/ccgate.db") +
              "\nhooks: {accepted: [hook, --list, one]}\n" + more +
              "lists:\n  one: {address: one@lists.example, manager: plain, policy: one.policy.yaml, owner: "
              "a@lists.example}\n");
  }
  [[nodiscard]] std::string at(const std::string& name) const { return path_ / name; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  [[nodiscard]] std::string config_file() const { return at("etc/ccgate.yaml"); }
  [[nodiscard]] Config config() const {
    std::ifstream file(config_file());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Issues issues;
    auto config = parse_config(text, config_file(), issues);
    REQUIRE(config);
    return std::move(*config);
  }

 private:
  fs::path path_;
};

/// What `inside` prints in a process that is confined as a daemon of this site.
std::string said_by_confined(const Place& place, const std::function<void(std::FILE*, Confinement&)>& inside,
                             CallFilter kind = CallFilter::serving) {
  const Config config = place.config();
  Pipe pipe = open_pipe();
  REQUIRE(pipe);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDERR_FILENO);
    Confinement confinement(place.config_file());
    confinement.limit_files(config);
    confinement.filter_calls_of(kind);
    std::FILE* out = fdopen(pipe.writer.get(), "w");
    inside(out, confinement);
    std::fflush(out);
    _exit(0);
  }
  pipe.writer.reset();
  std::string said;
  std::array<char, 4096> octets{};
  for (ssize_t got = 0; (got = read(pipe.reader.get(), octets.data(), octets.size())) > 0;)
    said.append(octets.data(), static_cast<std::size_t>(got));
  int status = -1;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  return said;
}

/// The error of a call that gives -1; else 0.
template <typename Result>
int error_of(Result result) {
  const int error = errno;
  if (result != static_cast<Result>(-1)) return 0;
  return error;
}
int opened(const std::string& path, int flags) {
  return error_of(open(path.c_str(), flags | O_CLOEXEC, 0600));
}
int called(long number, long first = 0, long second = 0, long third = 0) {
  return error_of(syscall(number, first, second, third));
}

int spawned() {
  std::array<char, 10> name{"/bin/true"};
  std::array<char*, 2> argv{name.data(), nullptr};
  pid_t child = -1;
  return posix_spawn(&child, name.data(), nullptr, nullptr, argv.data(), nullptr);
}
int executed() {
  std::array<char, 10> name{"/bin/true"};
  std::array<char*, 2> argv{name.data(), nullptr};
  return error_of(execv(name.data(), argv.data()));
}
int forked() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return error_of(child);
}
int mapped(int rights) {
  return mmap(nullptr, 4096, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0;
}
int made_executable() {
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return error_of(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}
int bound_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const Descriptor fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return error_of(bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
}
int bound_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return error_of(bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
}
int raised_core_limit() {
  const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  return error_of(setrlimit(RLIMIT_CORE, &all));
}

struct Try {
  const char* story;
  std::function<int()> attempt;
  int want;
  int least_abi = 0;  ///< of Landlock, without which it is not forbidden
};

int landlock_abi() {
  constexpr long kCreateRuleset = 444;
  return static_cast<int>(syscall(kCreateRuleset, nullptr, 0, 1));
}

TEST_CASE("confined: what still works, and what does not") {
  const Place place;
  const pid_t parent = getpid();
  const std::vector<Try> tries{
      {"its contacts", [&] { return opened(place.at("etc/contacts.json"), O_RDONLY); }, 0},
      {"a file that comes to be beside them", [&] { return opened(place.at("data/new"), O_RDONLY); }, ENOENT},
      {"configuration of the machine", [] { return opened("/etc/passwd", O_RDONLY); }, 0},
      {"a library", [] { return opened("/usr/lib/os-release", O_RDONLY); }, 0},
      {"nothing", [] { return opened("/dev/null", O_RDWR); }, 0},
      {"its own descriptors", [] { return opened("/proc/self/fd", O_RDONLY | O_DIRECTORY); }, 0},
      {"a new store", [&] { return opened(place.at("store/ccgate.db"), O_RDWR | O_CREAT); }, 0},
      {"its journal", [&] { return opened(place.at("store/ccgate.db-wal"), O_RDWR | O_CREAT); }, 0},
      {"no journal", [&] { return error_of(unlink(place.at("store/ccgate.db-wal").c_str())); }, 0},
      {"a temporary file", [] { return opened("/tmp", O_RDWR | O_TMPFILE); }, 0},
      {"its socket", [&] { return bound_at(place.at("run/ccgate.sock")); }, 0},
      {"no socket", [&] { return error_of(unlink(place.at("run/ccgate.sock").c_str())); }, 0},
      {"a port that the system chooses", [] { return bound_to(0); }, 0},
      {"a limit read",
       [] {
         rlimit limit{};
         return error_of(getrlimit(RLIMIT_NOFILE, &limit));
       },
       0},
      {"a thread",
       [] {
         std::thread([] {}).join();
         return 0;
       },
       0},
      {"datagrams", [] { return error_of(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)); }, 0},
      {"addresses of the machine", [] { return error_of(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0)); },
       0},

      {"a file of others", [&] { return opened(place.at("private/key"), O_RDONLY); }, EACCES, 1},
      {"a folder of others", [&] { return opened(place.at("private"), O_RDONLY); }, EACCES, 1},
      {"the root", [] { return opened("/", O_RDONLY); }, EACCES, 1},
      {"memory of another process",
       [&] { return opened("/proc/" + std::to_string(parent) + "/mem", O_RDONLY); }, EACCES, 1},
      {"the configuration written", [&] { return opened(place.at("etc/ccgate.yaml"), O_WRONLY); }, EACCES, 1},
      {"a hook written", [&] { return opened(place.at("etc/hook"), O_WRONLY); }, EACCES, 1},
      {"the configuration away", [&] { return error_of(unlink(place.at("etc/ccgate.yaml").c_str())); },
       EACCES, 1},
      {"a file beside the contacts", [&] { return opened(place.at("data/new"), O_WRONLY | O_CREAT); }, EACCES,
       1},
      {"the store in another folder",
       [&] { return error_of(rename(place.at("store/ccgate.db").c_str(), place.at("etc/a").c_str())); },
       EACCES, 1},
      {"a folder beside the store", [&] { return error_of(mkdir(place.at("store/a").c_str(), 0700)); },
       EACCES, 1},
      {"the configuration emptied",
       [&] { return error_of(truncate(place.at("etc/ccgate.yaml").c_str(), 0)); }, EACCES, 3},
      {"a port of its choice", [] { return bound_to(20000); }, EACCES, 4},

      {"another program", executed, EPERM},
      {"a hook", spawned, EPERM},
      {"a process", forked, EPERM},
      {"a debugger", [] { return error_of(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }, EPERM},
      {"the same, by a call", [&] { return called(SYS_process_vm_readv, parent); }, EPERM},
      {"a signal", [&] { return error_of(kill(parent, 0)); }, EPERM},
      {"code in memory that can be written", [] { return mapped(PROT_READ | PROT_WRITE | PROT_EXEC); },
       EPERM},
      {"code in memory that was written", made_executable, EPERM},
      {"code from elsewhere in memory", [] { return called(SYS_memfd_create, 0); }, EPERM},
      {"another account", [] { return called(SYS_setuid, 0); }, EPERM},
      {"a namespace", [] { return called(SYS_unshare, CLONE_NEWUSER); }, EPERM},
      {"a mount", [] { return called(SYS_mount); }, EPERM},
      {"a ring", [] { return called(SYS_io_uring_setup, 1); }, EPERM},
      {"a program in the kernel", [] { return called(SYS_bpf); }, EPERM},
      {"a key", [] { return called(SYS_keyctl); }, EPERM},
      {"a link", [&] { return error_of(symlink("/root", place.at("store/a").c_str())); }, EPERM},
      {"core dumps", raised_core_limit, ENOSYS},
      {"being looked into", [] { return error_of(prctl(PR_SET_DUMPABLE, 1)); }, ENOSYS},
      {"the wire", [] { return error_of(socket(AF_PACKET, SOCK_RAW, 0)); }, ENOSYS},
      {"a call that nobody has thought of", [] { return called(2000); }, ENOSYS},
  };
  const std::string said = said_by_confined(place, [&](std::FILE* out, Confinement&) {
    for (const Try& each : tries) std::fprintf(out, "%s: %d\n", each.story, each.attempt());
    rlimit core{1, 1};
    getrlimit(RLIMIT_CORE, &core);
    std::fprintf(out, "core %d, dumpable %d, no new privileges %d\n", static_cast<int>(core.rlim_max),
                 prctl(PR_GET_DUMPABLE), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  });
  const int abi = landlock_abi();
  std::string want;
  for (const Try& each : tries)
    if (each.least_abi <= abi) want += std::string(each.story) + ": " + std::to_string(each.want) + "\n";
  want += "core 0, dumpable 0, no new privileges 1\n";
  if (abi >= 4) CHECK(said == want);
  CHECK_THAT(said, contains("another program: 1\n"));
}

TEST_CASE("confined: a parent of several may signal") {
  const Place place;
  const auto inside = [](std::FILE* out, Confinement&) {
    std::fprintf(out, "%d %d\n", error_of(kill(getpid(), 0)), executed());
  };
  CHECK(said_by_confined(place, inside, CallFilter::supervising) == "0 1\n");
}

TEST_CASE("confined: the hooks that ccgate.yaml names are run, and nothing else") {
  const Place place;
  const std::string said = said_by_confined(place, [&](std::FILE* out, Confinement& confinement) {
    const RunProgram run = confinement.runner();
    const auto tell = [&](const std::vector<std::string>& argv) {
      const ProgramResult result = run(argv, "input\n", {}, {});
      std::fprintf(out, "%d %s%s\n", static_cast<int>(result.end), result.output.c_str(), result.why.c_str());
    };
    tell({place.at("etc/hook"), "--list", "one"});
    tell({place.at("etc/hook"), "--list", "two"});
    tell({place.at("etc/hook")});
    tell({"/bin/sh", "-c", "echo broken into"});
    tell({"/usr/sbin/sendmail", "-i", "-f", "a@nic.xa", "--", "b@nic.xa"});
  });
  const std::string refused = "4 the configuration, as it is now, does not name it\n";
  CHECK(said == "0 input\n\n" + refused + refused + refused + refused);
}

TEST_CASE("confined: a new configuration that leads elsewhere takes a restart") {
  const Place place;
  const std::string said = said_by_confined(place, [&](std::FILE* out, Confinement& confinement) {
    std::fprintf(out, "%s\n", confinement.outside().c_str());
  });
  CHECK(said == "\n");
  // What was named when the process began is what the object knows; the file is read anew.
  const Config before = place.config();
  place.name_data("aliases: [" + place.at("private/aliases") + ", /etc/aliases]\n");
  Pipe pipe = open_pipe();
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDERR_FILENO);
    Confinement confinement(place.config_file());
    confinement.limit_files(before);
    const std::string why = confinement.outside();
    [[maybe_unused]] const auto written = write(pipe.writer.get(), why.data(), why.size());
    _exit(0);
  }
  pipe.writer.reset();
  std::array<char, 1000> octets{};
  const ssize_t got = read(pipe.reader.get(), octets.data(), octets.size());
  CHECK(waitpid(child, nullptr, 0) == child);
  if (landlock_abi() < 1) return;
  CHECK(std::string(octets.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))) ==
        place.at("private") +
            " is outside the folders that the daemon kept for itself when it started: this takes a restart");
}

TEST_CASE("confined: not where ccgate.yaml says so") {
  const Place place;
  place.name_data("confine: false\n");
  const std::string said = said_by_confined(place, [&](std::FILE* out, Confinement& confinement) {
    const ProgramResult result = confinement.runner()({"/bin/echo", "a"}, "", {}, {});
    std::fprintf(out, "%s%d %d\n", result.output.c_str(), opened(place.at("private/key"), O_RDONLY),
                 prctl(PR_GET_DUMPABLE));
  });
  CHECK(said == "a\n0 0\n");
}

}  // namespace
}  // namespace ccgate
