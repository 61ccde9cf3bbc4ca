#include "milter/system/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "milter/system/descriptor.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How long a process may have ended, or a stop been asked for, before it is seen.
constexpr milliseconds kWaitStep{20};

/// A program that does not read its input must not end us, whatever the process does with SIGPIPE.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    ours_ = sigismember(&pending, SIGPIPE) == 0;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
  ~WithoutSigpipe() {
    const timespec at_once{0, 0};
    if (ours_) sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_, before_;
  bool ours_ = true;
};

/// posix_spawn(3) with what the header promises. The error number.
int spawn(const std::vector<std::string>& argv, const Pipe& input, const Pipe& output, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (const int error = posix_spawn_file_actions_init(&actions)) return error;
  if (const int error = posix_spawnattr_init(&attributes)) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int error = 0;
  const auto step = [&error](int result) {
    if (error == 0) error = result;
  };
  step(posix_spawn_file_actions_adddup2(&actions, input.reader.get(), STDIN_FILENO));
  step(posix_spawn_file_actions_adddup2(&actions, output.writer.get(), STDOUT_FILENO));
  step(posix_spawn_file_actions_adddup2(&actions, output.writer.get(), STDERR_FILENO));
  step(posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1));
  step(posix_spawnattr_setsigmask(&attributes, &none));
  step(posix_spawnattr_setsigdefault(&attributes, &all));
  step(posix_spawnattr_setpgroup(&attributes, 0));
  step(posix_spawnattr_setflags(&attributes,
                                POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  std::vector<std::string> words = argv;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::string path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  std::string language = "LANG=C.UTF-8";
  std::array<char*, 3> environment{path.data(), language.data(), nullptr};
  if (error == 0)
    error = posix_spawn(&child, argv.front().c_str(), &actions, &attributes, arguments.data(),
                        environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// One started program, until it is waited for.
class Child {
 public:
  Child(pid_t child, Descriptor input, Descriptor output, std::string_view text, std::size_t longest)
      : child_(child), input_(std::move(input)), output_(std::move(output)), text_(text), longest_(longest) {
    for (const int fd : {input_.get(), output_.get()}) fcntl(fd, F_SETFL, O_NONBLOCK);
  }

  /// Feeds and reads for at most a slice; true when it has ended.
  bool step() {
    std::array<pollfd, 2> wanted{pollfd{input_.get(), POLLOUT, 0}, pollfd{output_.get(), POLLIN, 0}};
    poll(wanted.data(), wanted.size(), static_cast<int>(kWaitStep.count()));
    if (wanted[0].revents != 0) feed();
    if (wanted[1].revents != 0) read_output();
    if (waitpid(child_, &status_, WNOHANG) != child_) return false;
    while (read_output()) continue;  // what it had written before
    return true;
  }
  void tell(int number) const noexcept { kill(-child_, number); }
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] std::string take_output() { return std::move(kept_); }

 private:
  void feed() {
    const ssize_t count = text_.empty() ? 0 : write(input_.get(), text_.data(), text_.size());
    if (count > 0) text_.remove_prefix(static_cast<std::size_t>(count));
    const bool gone = count < 0 && errno != EAGAIN && errno != EINTR;  // it does not want to read
    if (text_.empty() || gone) input_.reset();
  }
  /// False when there is nothing to read now, or ever.
  bool read_output() {
    std::array<char, 4096> octets{};
    const ssize_t count = read(output_.get(), octets.data(), octets.size());
    if (count > 0)
      kept_.append(octets.data(), std::min(static_cast<std::size_t>(count), longest_ - kept_.size()));
    if (count == 0) output_.reset();
    return count > 0;
  }

  pid_t child_;
  Descriptor input_, output_;
  std::string_view text_;
  std::size_t longest_;
  std::string kept_;
  int status_ = 0;
};

}  // namespace

ProgramResult run_program(const std::vector<std::string>& argv, std::string_view input,
                          const ProgramLimits& limits, std::stop_token stop) {
  using End = ProgramResult::End;
  if (argv.empty()) return {End::not_started, 0, "", "no program is named"};
  const WithoutSigpipe without;
  Pipe to_child = open_pipe(), from_child = open_pipe();
  if (!to_child || !from_child) return {End::not_started, 0, "", std::strerror(errno)};
  pid_t child = -1;
  if (const int error = spawn(argv, to_child, from_child, child))
    return {End::not_started, 0, "", std::strerror(error)};
  to_child.reader.reset();
  from_child.writer.reset();

  Child running(child, std::move(to_child.writer), std::move(from_child.reader), input, limits.output);
  std::optional<End> ended_by_us;
  bool killed = false;
  auto deadline = Clock::now() + limits.time;
  while (!running.step()) {
    const bool late = Clock::now() >= deadline;
    if (!ended_by_us && (late || stop.stop_requested())) {
      ended_by_us = late ? End::timed_out : End::stopped;
      deadline = Clock::now() + limits.grace;
      running.tell(SIGTERM);
    } else if (ended_by_us && late && !killed) {
      killed = true;
      running.tell(SIGKILL);
    }
  }
  if (ended_by_us) running.tell(SIGKILL);  // whoever of the group is left
  const int status = running.status();
  const bool exited = WIFEXITED(status);
  return {ended_by_us.value_or(exited ? End::exited : End::killed),
          exited ? WEXITSTATUS(status) : WTERMSIG(status), running.take_output(), ""};
}

}  // namespace ccgate
