// What becomes of the socket while it is served: its name is lost, new clients are refused.
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "milter/listener.h"

namespace ccgate {
namespace {

/// A socket in a folder of its own, gone as soon as it is bound: nobody but this process, by way of `handle`,
/// can connect.
Descriptor bind_nowhere(Descriptor& handle) {
  std::array<char, 32> folder{"/tmp/ccgate-stop-XXXXXX"};
  if (mkdtemp(folder.data()) == nullptr) return Descriptor();
  const std::string path = std::string(folder.data()) + "/socket";
  Descriptor out(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto address = unix_address(path);
  const bool bound = address && bind(out.get(), address->get(), address->size) == 0;
  if (bound) handle = Descriptor(open(path.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW));
  unlink(path.c_str());
  rmdir(folder.data());
  return bound && listen(out.get(), SOMAXCONN) == 0 ? std::move(out) : Descriptor();
}

bool waits_to_be_accepted(int fd) {
  pollfd descriptor{fd, POLLIN, 0};
  return poll(&descriptor, 1, 0) > 0;
}

/// Until nobody is in the queue, since a queue is closed with its socket; a moment at most.
void let_in(int fd) {
  for (int i = 0; i < 50 && waits_to_be_accepted(fd); ++i) poll(nullptr, 0, 2);
}

std::optional<SocketAddress> address_of_handle(const Descriptor& handle) {
  if (!handle || access("/proc/self/fd", X_OK) != 0) return std::nullopt;
  return unix_address("/proc/self/fd/" + std::to_string(handle.get()));
}

}  // namespace

void Listener::know_name(const std::string& path) {
  struct stat status {};
  if (path.empty() || lstat(path.c_str(), &status) != 0) return;
  watched_path_ = path;
  device_ = status.st_dev;
  inode_ = status.st_ino;
  Descriptor handle(open(path.c_str(), O_PATH | O_CLOEXEC | O_NOFOLLOW));
  const auto target = address_of_handle(handle);
  const std::lock_guard lock(mutex_);
  handle_ = std::move(handle);
  target_ = target ? *target : unix_address(path).value_or(address_);
}

void Listener::kick() const noexcept {
  const std::lock_guard lock(mutex_);
  touch(target_);
}

bool Listener::is_lost() const noexcept {
  if (watched_path_.empty()) return false;
  struct stat status {};
  return lstat(watched_path_.c_str(), &status) != 0 || status.st_dev != device_ || status.st_ino != inode_;
}

void Listener::bind_anew() {
  const SocketAddress before = target_;
  const Descriptor old_handle = Descriptor(handle_ ? fcntl(handle_.get(), F_DUPFD_CLOEXEC, 0) : -1);
  const Descriptor fresh = bind_path();
  let_in(socket_.get());
  dup3(fresh.get(), socket_.get(), O_CLOEXEC);
  wake_library(address_of_handle(old_handle).value_or(before));
}

void Listener::refuse_new() noexcept {
  if (!path_.empty()) return remove_name();
  const bool handed_over = spec_.starts_with("fd:");
  Descriptor handle;
  Descriptor quiet = bind_nowhere(handle);
  const auto target = address_of_handle(handle);
  // Never ready either; kicks have no effect then.
  if (!quiet) quiet = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!handed_over) let_in(socket_.get());
  dup3(quiet.get(), socket_.get(), O_CLOEXEC);
  SocketAddress before = target ? *target : SocketAddress();
  {
    const std::lock_guard lock(mutex_);
    std::swap(handle_, handle);
    std::swap(target_, before);
  }
  // Where the socket was handed over, the next process finds a client in its queue that is gone already.
  wake_library(before);
}

/// The library waits in poll(2) for seconds at a time: at the socket that had the number when it began, which
/// has to wake it, and to find something ready then it looks at the one that has the number now.
void Listener::wake_library(const SocketAddress& before) const noexcept {
  kick();
  touch(before);
}

void Listener::leave_to_other() noexcept {
  path_.clear();
  socket_ = Descriptor();
  lock_ = Descriptor();
  handle_ = Descriptor();
}

/// Of the own address of a connection: that of one which came to any address of the machine is the one it
/// came to.
bool Listener::serves(const SocketAddress& own) const noexcept {
  return own == address_ || (own.is_inet() && address_.is_inet() && own.port() == address_.port());
}

std::optional<std::vector<int>> Listener::accepted() const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc/self/fd"), closedir);
  if (!folder) return std::nullopt;
  std::vector<int> out;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    int fd = -1;
    if (std::from_chars(name.data(), name.data() + name.size(), fd).ec != std::errc()) continue;
    const auto address = bound_address(fd);
    int listens = 0;
    socklen_t size = sizeof listens;
    if (address && serves(*address) && getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 &&
        listens == 0)
      out.push_back(fd);
  }
  return out;
}

std::optional<int> Listener::open_connections() const {
  const auto connections = accepted();
  if (!connections) return std::nullopt;
  const auto now_at = bound_address(socket_.get());
  const bool queue = now_at && *now_at == address_ && waits_to_be_accepted(socket_.get());
  return static_cast<int>(connections->size()) + (queue ? 1 : 0);
}

std::optional<int> Listener::unread_connections() const {
  const auto connections = accepted();
  if (!connections) return std::nullopt;
  // Where one was closed meanwhile, whatever has its number now costs a kick too many at most.
  std::vector<pollfd> descriptors;
  for (const int fd : *connections) descriptors.push_back({fd, POLLIN, 0});
  return poll(descriptors.data(), descriptors.size(), 0);
}

}  // namespace ccgate
