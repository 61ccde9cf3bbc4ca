#include "milter/system/socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>

#include "milter/system/descriptor.h"

namespace ccgate {

std::string SocketAddress::path() const {
  if (family() != AF_UNIX || size <= offsetof(sockaddr_un, sun_path)) return {};
  const auto* name = reinterpret_cast<const char*>(&octets) + offsetof(sockaddr_un, sun_path);
  return {name, strnlen(name, size - offsetof(sockaddr_un, sun_path))};
}

std::uint16_t SocketAddress::port() const noexcept {
  // At the same place in sockaddr_in and sockaddr_in6.
  sockaddr_in in{};
  std::memcpy(&in, &octets, sizeof in);
  return is_inet() ? ntohs(in.sin_port) : std::uint16_t{0};
}

bool SocketAddress::is_on_this_machine() const noexcept {
  if (family() == AF_UNIX) return true;
  if (family() == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &octets, sizeof in);
    return ntohl(in.sin_addr.s_addr) >> 24 == 127;
  }
  if (family() != AF_INET6) return false;
  sockaddr_in6 in6{};
  std::memcpy(&in6, &octets, sizeof in6);
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr) && in6.sin6_addr.s6_addr[12] == 127;
  return mapped || IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
}

bool operator==(const SocketAddress& a, const SocketAddress& b) noexcept {
  return a.size == b.size && std::memcmp(&a.octets, &b.octets, a.size) == 0;
}

std::optional<SocketAddress> unix_address(const std::string& path) {
  SocketAddress address;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path) return std::nullopt;
  std::memcpy(name.sun_path, path.data(), path.size());
  std::memcpy(&address.octets, &name, sizeof name);
  address.size = sizeof name;
  return address;
}

std::optional<SocketAddress> inet_address(const std::string& host) noexcept {
  sockaddr_in in{};
  in.sin_family = AF_INET;
  if (inet_pton(AF_INET, host.c_str(), &in.sin_addr) == 1)
    return to_socket_address(reinterpret_cast<const sockaddr*>(&in), sizeof in);
  sockaddr_in6 in6{};
  in6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET6, host.c_str(), &in6.sin6_addr) == 1)
    return to_socket_address(reinterpret_cast<const sockaddr*>(&in6), sizeof in6);
  return std::nullopt;
}

std::optional<SocketAddress> inet_endpoint(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = text.substr(0, colon);
  const bool brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (brackets) host = host.substr(1, host.size() - 2);
  auto address = inet_address(host);
  if (!address || (address->family() == AF_INET6) != brackets) return std::nullopt;
  const char* digits = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  std::uint16_t port = 0;
  const auto read = std::from_chars(digits, end, port);
  if (read.ec != std::errc() || read.ptr != end || port == 0 || *digits == '0') return std::nullopt;
  // At the same place in sockaddr_in and sockaddr_in6.
  const std::uint16_t in_network_order = htons(port);
  std::memcpy(reinterpret_cast<char*>(&address->octets) + offsetof(sockaddr_in, sin_port), &in_network_order,
              sizeof in_network_order);
  return address;
}

std::optional<SocketAddress> bound_address(int fd) noexcept {
  SocketAddress address;
  address.size = sizeof address.octets;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&address.octets), &address.size) != 0) return std::nullopt;
  return address;
}

SocketAddress to_socket_address(const sockaddr* address, socklen_t size) noexcept {
  SocketAddress out;
  out.size = std::min<socklen_t>(size, sizeof out.octets);
  std::memcpy(&out.octets, address, out.size);
  return out;
}

bool touch(const SocketAddress& address) noexcept {
  const Descriptor probe(socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!probe) return false;
  // TCP ends with a reset: the port of each of these connections would be taken for a minute.
  const linger at_once{1, 0};
  if (address.is_inet()) setsockopt(probe.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  return connect(probe.get(), address.get(), address.size) == 0 || errno == EINPROGRESS || errno == EAGAIN;
}

}  // namespace ccgate
