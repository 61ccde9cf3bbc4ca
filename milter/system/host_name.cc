#include "milter/system/host_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "policy/names/domain.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr std::string_view kIpv6 = "IPv6:";

std::string text_of(int family, const void* octets) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, octets, text.data(), text.size()) == nullptr ? "" : text.data();
}

}  // namespace

std::string own_host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

bool is_full_host_name(std::string_view name) {
  const auto domain = Domain::parse(name);
  if (!domain) return false;
  const std::string& ascii = domain->ascii();
  const std::size_t dot = ascii.rfind('.');
  if (dot == std::string::npos) return false;
  const std::string_view last = std::string_view(ascii).substr(dot + 1);
  return last != "localhost" && last != "localdomain" && !std::all_of(last.begin(), last.end(), is_digit);
}

std::string address_literal(const SocketAddress& address) {
  std::string text;
  if (address.family() == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address.octets, sizeof in);
    text = text_of(AF_INET, &in.sin_addr);
  } else if (address.family() == AF_INET6) {
    constexpr std::size_t kBeforeIpv4 = 12;
    sockaddr_in6 in6{};
    std::memcpy(&in6, &address.octets, sizeof in6);
    if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
      text = text_of(AF_INET, in6.sin6_addr.s6_addr + kBeforeIpv4);
    else if (text = text_of(AF_INET6, &in6.sin6_addr); !text.empty())
      text.insert(0, kIpv6);
  }
  return text.empty() ? "" : "[" + text + "]";
}

bool is_address_literal(const std::string& text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  std::string inside = text.substr(1, text.size() - 2);
  if (inside.starts_with(kIpv6)) inside.erase(0, kIpv6.size());
  const auto address = inet_address(inside);
  return address && address_literal(*address) == text;
}

std::string greeting_name(const std::string& configured, const std::string& host_name,
                          const std::optional<SocketAddress>& own_end) {
  if (!configured.empty()) return configured;
  if (is_full_host_name(host_name)) return Domain::parse(host_name)->ascii();
  const std::string literal = own_end ? address_literal(*own_end) : "";
  return literal.empty() ? "[127.0.0.1]" : literal;
}

}  // namespace ccgate
