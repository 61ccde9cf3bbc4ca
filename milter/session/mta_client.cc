#include "milter/session/mta_client.h"

#include <netinet/in.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ccgate {

std::optional<ClientAddress> client_of(const sockaddr* address) {
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    std::array<std::uint8_t, 4> octets{};
    std::memcpy(octets.data(), &in.sin_addr, octets.size());
    return ClientAddress::v4(octets);
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, address, sizeof in);
    std::array<std::uint8_t, 16> octets{};
    std::memcpy(octets.data(), &in.sin6_addr, octets.size());
    return ClientAddress::v6(octets);
  }
  return std::nullopt;
}

bool is_local_submission(const sockaddr* address) {
  if (address == nullptr) return true;
  in_port_t port = 0;
  if (address->sa_family == AF_INET)
    std::memcpy(&port, reinterpret_cast<const char*>(address) + offsetof(sockaddr_in, sin_port), sizeof port);
  else if (address->sa_family == AF_INET6)
    std::memcpy(&port, reinterpret_cast<const char*>(address) + offsetof(sockaddr_in6, sin6_port),
                sizeof port);
  const auto client = client_of(address);
  return port == 0 && (!client || client->is_loopback());
}

}  // namespace ccgate
