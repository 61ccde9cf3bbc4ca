#include "milter/evidence/resolv_conf.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "milter/system/files.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargest = 64 * 1024;

bool is_address(const std::string& text) {
  std::array<unsigned char, 16> octets{};
  if (inet_pton(AF_INET, text.c_str(), octets.data()) == 1) return true;
  const std::string without_zone = text.substr(0, text.find('%'));  // fe80::1%eth0
  return inet_pton(AF_INET6, without_zone.c_str(), octets.data()) == 1;
}

/// The next word of `rest`, which loses it.
std::string_view take_word(std::string_view& rest) {
  constexpr std::string_view kBlanks = " \t\r";
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(kBlanks));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace

std::vector<std::string> name_servers(const ResolverOptions& options) {
  if (!options.servers.empty()) return options.servers;
  std::string why;
  const auto text = read_file(options.resolv_conf, kLargest, why);
  if (!text) throw std::runtime_error("cannot read " + options.resolv_conf + ": " + why);
  std::vector<std::string> servers;
  for (std::string_view rest = *text; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (take_word(line) != "nameserver") continue;
    const std::string address(take_word(line));
    if (is_address(address) && std::find(servers.begin(), servers.end(), address) == servers.end())
      servers.push_back(address);
  }
  if (servers.empty()) servers.emplace_back("127.0.0.1");
  return servers;
}

}  // namespace ccgate
