#include "milter/daemon/connections.h"

#include <dirent.h>
#include <poll.h>

#include <charconv>
#include <memory>
#include <string_view>

namespace ccgate {
namespace {

/// Of the own address of a connection: that of one which came to any address of the machine is the one it
/// came to.
bool is_at(const SocketAddress& own, const SocketAddress& address) noexcept {
  return own == address || (own.is_inet() && address.is_inet() && own.port() == address.port());
}

}  // namespace

std::optional<std::vector<int>> accepted_at(const SocketAddress& at) {
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
    if (address && is_at(*address, at) && getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 &&
        listens == 0)
      out.push_back(fd);
  }
  return out;
}

bool waits_to_be_accepted(int fd) noexcept {
  pollfd descriptor{fd, POLLIN, 0};
  return poll(&descriptor, 1, 0) > 0;
}

void let_in(int fd) noexcept {
  for (int i = 0; i < 50 && waits_to_be_accepted(fd); ++i) poll(nullptr, 0, 2);
}

}  // namespace ccgate
