#include "milter/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>

namespace ccgate {
namespace {

[[noreturn]] void fail(const std::string& spec, const std::string& what) {
  throw std::runtime_error("cannot listen on `" + spec + "`: " + what);
}

sockaddr_un unix_address(const std::string& spec, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) fail(spec, "the path is empty or too long");
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

bool connects(const sockaddr* address, socklen_t size) noexcept {
  const int probe = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return false;
  const bool connected = connect(probe, address, size) == 0 || errno == EINPROGRESS || errno == EAGAIN;
  close(probe);
  return connected;
}

/// The library listens only once its thread is at work; from here on clients wait instead of being turned
/// away.
void start_listening(const std::string& spec, int fd) {
  if (listen(fd, SOMAXCONN) != 0) fail(spec, std::strerror(errno));
}

gid_t group_id(const std::string& spec, const std::string& name) {
  if (const group* found = getgrnam(name.c_str())) return found->gr_gid;
  fail(spec, "there is no group `" + name + "`; create it or mend `socket: {group: ...}`");
}

}  // namespace

Listener::Listener(const std::string& spec, const SocketRights& rights) : spec_(spec) {
  if (spec.starts_with("fd:"))
    take_over();
  else if (spec.starts_with("inet"))
    listen_at_port();
  else
    listen_at_path(rights);
}

void Listener::take_over() {
  int fd = -1;
  const char* end = spec_.data() + spec_.size();
  if (std::from_chars(spec_.data() + 3, end, fd).ptr != end) fail(spec_, "the descriptor is not a number");
  if (fcntl(fd, F_GETFD) < 0) fail(spec_, "the descriptor is not open");
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
  socket_ = Descriptor(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(socket_.get(), found->ai_addr, found->ai_addrlen) != 0) fail(spec_, std::strerror(errno));
  start_listening(spec_, socket_.get());
}

void Listener::listen_at_path(const SocketRights& rights) {
  const std::string path = spec_.starts_with("unix:") ? spec_.substr(5) : spec_;
  const sockaddr_un address = unix_address(spec_, path);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  const gid_t group = rights.group.empty() ? static_cast<gid_t>(-1) : group_id(spec_, rights.group);
  // The lock is held as long as the process lives: whoever gets it may take a stale socket away.
  const std::string lock = path + ".lock";
  lock_ = Descriptor(open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock_.get() < 0 && errno == ENOENT) fail(spec_, "its folder does not exist; create it first");
  if (lock_.get() < 0) fail(spec_, lock + ": " + std::strerror(errno));
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 || connects(generic, sizeof address))
    fail(spec_, "another process serves it");
  struct stat status {};
  if (lstat(path.c_str(), &status) == 0) {
    if (!S_ISSOCK(status.st_mode)) fail(spec_, "there is a file of that name, and it is no socket");
    unlink(path.c_str());
  }
  socket_ = Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // Nobody gets in between bind and the final mode.
  const mode_t before = umask(0177);
  const bool bound = bind(socket_.get(), generic, sizeof address) == 0;
  const int error = errno;
  umask(before);
  if (!bound) fail(spec_, std::strerror(error));
  const bool granted = chown(path.c_str(), static_cast<uid_t>(-1), group) == 0 &&
                       chmod(path.c_str(), rights.mode.value_or(0660)) == 0;
  if (!granted) {
    const std::string why = std::strerror(errno);
    unlink(path.c_str());
    fail(spec_, "cannot set its group and mode: " + why);
  }
  path_ = path;
  start_listening(spec_, socket_.get());
}

Listener::Listener(Listener&& other) noexcept
    : spec_(std::move(other.spec_)),
      path_(std::exchange(other.path_, {})),
      socket_(std::move(other.socket_)),
      lock_(std::move(other.lock_)) {}

Listener::~Listener() {
  remove_name();
}

void Listener::poke() const noexcept {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0)
    connects(reinterpret_cast<const sockaddr*>(&address), size);
}

void Listener::remove_name() noexcept {
  if (path_.empty()) return;
  unlink(path_.c_str());  // not the lock file: a process that just opened it would hold a lock on nothing
  path_.clear();
}

}  // namespace ccgate
