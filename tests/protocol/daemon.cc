#include "tests/protocol/daemon.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <thread>

#include "milter/system/descriptor.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr std::chrono::seconds kPatience{30};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Polls until `condition()`; false when it did not come true in time.
template <typename Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

int count(std::string_view text, std::string_view part) {
  int times = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

int to_status(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

Daemon::Daemon(const std::string& dns_server, const std::string& site) {
  std::string pattern = std::filesystem::temp_directory_path() / "ccgate-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  folder_ = pattern;
  const std::map<std::string, std::string> words{{"@FOLDER@", folder_},
                                                 {"@DNS@", dns_server},
                                                 {"@MIXED@", "split"},
                                                 {"@FETCHED@", format_timestamp(std::time(nullptr))}};
  for (const auto& entry : std::filesystem::directory_iterator(site)) {
    std::string text = read_file(entry.path());
    for (const auto& [word, value] : words) text = replaced(std::move(text), word, value);
    std::string name = entry.path().filename();
    if (name.ends_with(".in")) name.resize(name.size() - 3);
    write(name, text);
  }
}

Daemon::~Daemon() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Daemon::launch(std::vector<std::string> arguments) {
  const std::string log_file = folder_ + "/log";
  arguments.insert(arguments.begin(), {CCGATE_MILTER_BIN, "-c", config_file()});
  std::vector<char*> argv;
  for (std::string& each : arguments) argv.push_back(each.data());
  argv.push_back(nullptr);
  const Descriptor output(open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  const Descriptor input(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);
    prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);  // root too obeys the modes of files
    dup2(input.get(), STDIN_FILENO);
    dup2(output.get(), STDOUT_FILENO);
    dup2(log_fd_ >= 0 ? log_fd_ : output.get(), STDERR_FILENO);
    execv(CCGATE_MILTER_BIN, argv.data());
    _exit(127);
  }
  if (pid_ < 0) throw std::runtime_error("cannot fork");
}

void Daemon::start(std::vector<std::string> arguments) {
  const int ready_before = count(log(), "event=ready");
  launch(std::move(arguments));
  const bool in_time = eventually([&] { return count(log(), "event=ready") > ready_before || !running(); });
  if (!in_time || !running()) throw std::runtime_error("ccgate-milter did not start:\n" + log());
}

int Daemon::run_to_end() {
  launch({});
  return wait_for_end();
}

bool Daemon::running() {
  int status = 0;
  if (pid_ > 0 && waitpid(pid_, &status, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

void Daemon::send_signal(int number) const {
  if (pid_ <= 0 || kill(pid_, number) != 0) throw std::runtime_error("ccgate-milter does not run");
}

int Daemon::wait_for_end() {
  int status = 0;
  if (!eventually([&] { return waitpid(pid_, &status, WNOHANG) == pid_; }))
    throw std::runtime_error("ccgate-milter does not end:\n" + log());
  pid_ = -1;
  return to_status(status);
}

int Daemon::stop() {
  send_signal(SIGTERM);
  return wait_for_end();
}

std::string Daemon::read(const std::string& name) const {
  return read_file(folder_ + "/" + name);
}

void Daemon::write(const std::string& name, std::string_view text) const {
  std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
}

void Daemon::replace(const std::string& name, std::string_view text) const {
  write(name + ".new", text);
  std::filesystem::rename(file(name + ".new"), file(name));
}

void Daemon::edit(const std::string& name, std::string_view from, std::string_view to) const {
  const std::string before = read(name);
  if (before.find(from) == std::string::npos)
    throw std::runtime_error(name + " does not hold " + std::string(from));
  write(name, replaced(before, from, to));
}

std::string Daemon::log() const {
  return read("log");
}

void Daemon::wait_for_log(std::string_view text, int times) const {
  if (!eventually([&] { return count(log(), text) >= times; }))
    throw std::runtime_error("no `" + std::string(text) + "` in the log:\n" + log());
}

long Daemon::status(std::string_view name) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    long value = 0;
    if (word == name && status >> value) return value;
  }
  throw std::runtime_error("no " + std::string(name) + " of ccgate-milter");
}

long Daemon::peak_memory_kib() const {
  return status("VmHWM:");
}

Holdings Daemon::holdings() const {
  const std::filesystem::directory_iterator descriptors("/proc/" + std::to_string(pid_) + "/fd");
  return {status("VmRSS:"), static_cast<long>(std::distance(begin(descriptors), end(descriptors))),
          status("Threads:")};
}

void Daemon::limit_files(std::optional<unsigned long> octets) const {
  rlimit limit{};
  if (prlimit(pid_, RLIMIT_FSIZE, nullptr, &limit) != 0) throw std::runtime_error("cannot read a limit");
  limit.rlim_cur = octets ? *octets : limit.rlim_max;
  if (prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr) != 0) throw std::runtime_error("cannot set a limit");
}

}  // namespace ccgate
