// milter/evidence/spf.cc: the client's address, and the first question.
#include "milter/evidence/spf.h"

#include <arpa/inet.h>

#include <algorithm>

namespace ccgate {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::optional<ClientAddress> ClientAddress::parse(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, terminated.c_str(), four.data()) == 1) return v4(four);
  std::array<std::uint8_t, 16> sixteen{};
  if (inet_pton(AF_INET6, terminated.c_str(), sixteen.data()) == 1) return v6(sixteen);
  return std::nullopt;
}

ClientAddress ClientAddress::v4(const std::array<std::uint8_t, 4>& octets) {
  ClientAddress address;
  std::copy(octets.begin(), octets.end(), address.octets_.begin());
  return address;
}

ClientAddress ClientAddress::v6(const std::array<std::uint8_t, 16>& octets) {
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), octets.begin())) {
    return v4({octets[12], octets[13], octets[14], octets[15]});
  }
  ClientAddress address;
  address.v4_ = false;
  address.octets_ = octets;
  return address;
}

bool ClientAddress::is_loopback() const noexcept {
  if (v4_) return octets_[0] == 127;
  return octets_[15] == 1 && std::all_of(octets_.begin(), octets_.end() - 1, [](auto o) { return o == 0; });
}

bool ClientAddress::is_unspecified() const noexcept {
  return std::all_of(octets_.begin(), octets_.end(), [](auto o) { return o == 0; });
}

std::string ClientAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  (void)inet_ntop(v4_ ? AF_INET : AF_INET6, octets_.data(), buffer.data(), buffer.size());
  return buffer.data();
}

void prefetch_spf(const Address& mail_from, DnsBatch& dns) {
  dns.prefetch(mail_from.domain().ascii(), RrType::txt);
}

}  // namespace ccgate
