// milter/system/socket_address.h: the address of a socket, of whatever family.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

namespace ccgate {

struct SocketAddress {
  sockaddr_storage octets{};
  socklen_t size = 0;

  [[nodiscard]] int family() const noexcept { return octets.ss_family; }
  [[nodiscard]] bool is_inet() const noexcept { return family() == AF_INET || family() == AF_INET6; }
  [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&octets); }
  /// Of a unix socket with a name in the file system; empty otherwise.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::uint16_t port() const noexcept;  ///< 0: none
  /// No other machine can connect: a unix socket, 127.0.0.0/8 (in IPv6 too) or ::1.
  [[nodiscard]] bool is_on_this_machine() const noexcept;
  friend bool operator==(const SocketAddress& a, const SocketAddress& b) noexcept;
};

/// nullopt: the path is empty or too long.
[[nodiscard]] std::optional<SocketAddress> unix_address(const std::string& path);
/// Without a port; nullopt: not an IPv4 or IPv6 address.
[[nodiscard]] std::optional<SocketAddress> inet_address(const std::string& host) noexcept;
/// ADDRESS:PORT or [ADDRESS]:PORT, of IPv4 or IPv6, and no name. The port is from 1 to 65535.
[[nodiscard]] std::optional<SocketAddress> inet_endpoint(const std::string& text);
/// Where `fd` is bound; nullopt when it is no socket.
[[nodiscard]] std::optional<SocketAddress> bound_address(int fd) noexcept;
[[nodiscard]] SocketAddress to_socket_address(const sockaddr* address, socklen_t size) noexcept;

/// Connects, without waiting, and closes at once. False when nobody listens there.
bool touch(const SocketAddress& address) noexcept;

}  // namespace ccgate
