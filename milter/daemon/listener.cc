#include "milter/daemon/listener.h"

#include <fmt/core.h>

#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "milter/daemon/connections.h"

namespace ccgate {
namespace {

[[noreturn]] void fail(const std::string& spec, const std::string& what) {
  throw std::runtime_error(fmt::format("cannot listen on `{}`: {}", spec, what));
}

/// The library listens only once its thread is at work; from here on clients wait instead of being turned
/// away.
void start_listening(const std::string& spec, int fd) {
  if (listen(fd, SOMAXCONN) != 0) fail(spec, std::strerror(errno));
}

/// Handed on to every connection. The library writes an answer with its edits in several pieces, and each
/// would wait for the acknowledgement of the one before.
void send_at_once(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

gid_t group_id(const std::string& spec, const std::string& name) {
  if (const group* found = getgrnam(name.c_str())) return found->gr_gid;
  fail(spec, fmt::format("there is no group `{}`; create it or mend `socket: {{group: ...}}`", name));
}

std::string folder_of(const std::string& path) {
  return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

/// In a user namespace (user_namespaces(7)) with few groups, all others look alike.
bool is_seen(gid_t group) {
  std::ifstream map("/proc/self/gid_map");
  for (std::uint64_t first = 0, outside = 0, count = 0; map >> first >> outside >> count;)
    if (group >= first && group - first < count) return true;
  return false;
}

/// What is made in a folder with the set-group-ID bit has the group of the folder: then nothing is to be
/// done, and where a service manager hides all groups but our own (PrivateUsers) nothing could be. The unit
/// leaves us no chown(2) at all. False with errno.
bool give_to(const std::string& path, gid_t group) {
  if (group == static_cast<gid_t>(-1)) return true;
  struct stat socket {
  }, folder{};
  const bool known = lstat(path.c_str(), &socket) == 0 && stat(folder_of(path).c_str(), &folder) == 0;
  if (known && socket.st_gid == group) return true;
  if (chown(path.c_str(), static_cast<uid_t>(-1), group) == 0) return true;
  const int error = errno;
  const bool inherited = known && (folder.st_mode & S_ISGID) != 0 && socket.st_gid == folder.st_gid;
  const bool taken = inherited && !is_seen(group);
  errno = error;
  return taken;
}

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

std::optional<SocketAddress> address_of_handle(const Descriptor& handle) {
  if (!handle || access("/proc/self/fd", X_OK) != 0) return std::nullopt;
  return unix_address("/proc/self/fd/" + std::to_string(handle.get()));
}

}  // namespace

Listener::Listener(const std::string& spec, SocketRights rights) : spec_(spec), rights_(std::move(rights)) {
  if (spec.starts_with("fd:"))
    take_over();
  else if (spec.starts_with("inet"))
    listen_at_port();
  else
    listen_at_path();
}

Listener::~Listener() {
  remove_name();
}

/// Whoever can connect is believed to be the MTA.
void Listener::check_reach() const {
  if (rights_.is_public || address_.is_on_this_machine()) return;
  fail(spec_,
       "other machines could connect; use an address of loopback, or `socket: {public: true}` where a "
       "firewall lets only the mail server in");
}

void Listener::take_over() {
  int fd = -1;
  const char* end = spec_.data() + spec_.size();
  if (std::from_chars(spec_.data() + 3, end, fd).ptr != end) fail(spec_, "the descriptor is not a number");
  if (fcntl(fd, F_GETFD) < 0) fail(spec_, "the descriptor is not open");
  const auto address = bound_address(fd);
  if (!address) fail(spec_, "the descriptor is no socket");
  address_ = target_ = *address;
  check_reach();
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  if (address_.is_inet()) send_at_once(fd);
  know_name(address_.path());
  socket_ = Descriptor(fd);
}

void Listener::listen_at_port() {
  const bool six = spec_.starts_with("inet6:");
  const std::size_t colon = spec_.find(':');
  const std::size_t at = std::min(spec_.find('@'), spec_.size());
  const std::string port = spec_.substr(colon + 1, at - colon - 1);
  const std::string host = at == spec_.size() ? "" : spec_.substr(at + 1);
  addrinfo hints{};
  hints.ai_family = six ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found))
    fail(spec_, gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  address_ = to_socket_address(found->ai_addr, found->ai_addrlen);
  check_reach();
  socket_ = Descriptor(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  send_at_once(socket_.get());
  if (bind(socket_.get(), address_.get(), address_.size) != 0) fail(spec_, std::strerror(errno));
  start_listening(spec_, socket_.get());
  address_ = target_ = bound_address(socket_.get()).value_or(address_);  // the port may have been 0
}

void Listener::listen_at_path() {
  path_ = spec_.starts_with("unix:") ? spec_.substr(5) : spec_;
  // The lock is held as long as the socket has its name: whoever gets it may take a stale socket away.
  const std::string lock = path_ + ".lock";
  const auto fail_nameless = [&](const std::string& why) {
    path_.clear();
    fail(spec_, why);
  };
  if (!unix_address(path_)) fail_nameless("the path is empty or too long");
  lock_ = Descriptor(open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock_ && errno == ENOENT) fail_nameless("its folder does not exist; create it first");
  if (!lock_) fail_nameless(lock + ": " + std::strerror(errno));
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) fail_nameless("another process serves it");
  socket_ = bind_path();
  address_ = bound_address(socket_.get()).value_or(unix_address(path_).value());
}

/// A new socket that listens under the name, which must be free or stale.
Descriptor Listener::bind_path() {
  const SocketAddress address = unix_address(path_).value();
  const gid_t group = rights_.group.empty() ? static_cast<gid_t>(-1) : group_id(spec_, rights_.group);
  if (touch(address)) fail(spec_, "another process serves it");
  struct stat status {};
  if (lstat(path_.c_str(), &status) == 0) {
    if (!S_ISSOCK(status.st_mode)) fail(spec_, "there is a file of that name, and it is no socket");
    unlink(path_.c_str());
  }
  Descriptor fresh(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // Nobody gets in between bind and the final mode.
  const mode_t before = umask(0177);
  const bool bound = bind(fresh.get(), address.get(), address.size) == 0;
  const int error = errno;
  umask(before);
  if (!bound) fail(spec_, std::strerror(error));
  const bool granted = give_to(path_, group) && chmod(path_.c_str(), rights_.mode.value_or(0660)) == 0;
  if (!granted) {
    const std::string why = std::strerror(errno);
    unlink(path_.c_str());
    fail(spec_, fmt::format("cannot set its group and mode: {}; or let its folder have that group, and the "
                            "set-group-ID bit, as in `chgrp {} {} && chmod g+s {}`",
                            why, rights_.group.empty() ? "GROUP" : rights_.group, folder_of(path_),
                            folder_of(path_)));
  }
  start_listening(spec_, fresh.get());
  know_name(path_);
  return fresh;
}

void Listener::remove_name() noexcept {
  // Another process may have put its own socket there.
  if (!path_.empty() && !is_lost()) unlink(path_.c_str());
  path_.clear();
  // Not the lock file: a process that just opened it would hold a lock on nothing.
  lock_ = Descriptor();
}

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

std::optional<int> Listener::open_connections() const {
  const auto connections = accepted_at(address_);
  if (!connections) return std::nullopt;
  const auto now_at = bound_address(socket_.get());
  const bool queue = now_at && *now_at == address_ && waits_to_be_accepted(socket_.get());
  return static_cast<int>(connections->size()) + (queue ? 1 : 0);
}

std::optional<int> Listener::unread_connections() const {
  const auto connections = accepted_at(address_);
  if (!connections) return std::nullopt;
  // Where one was closed meanwhile, whatever has its number now costs a kick too many at most.
  std::vector<pollfd> descriptors;
  for (const int fd : *connections) descriptors.push_back({fd, POLLIN, 0});
  return poll(descriptors.data(), descriptors.size(), 0);
}

}  // namespace ccgate
