#include "milter/tool/daemon_probe.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <string_view>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"

namespace ccgate {
namespace {

constexpr std::chrono::milliseconds kProbeTime{2000};

std::optional<SocketAddress> address_of(std::string_view listen) {
  if (listen.starts_with("unix:")) return unix_address(std::string(listen.substr(5)));
  const std::size_t colon = listen.find(':'), at = listen.find('@');
  if (!listen.starts_with("inet") || colon == listen.npos || at == listen.npos) return std::nullopt;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(listen.data() + colon + 1, listen.data() + at, port);
  auto address = inet_address(std::string(listen.substr(at + 1)));
  if (!address || error != std::errc() || end != listen.data() + at) return std::nullopt;
  auto* octets = reinterpret_cast<sockaddr*>(&address->octets);
  if (address->family() == AF_INET)
    reinterpret_cast<sockaddr_in*>(octets)->sin_port = htons(port);
  else
    reinterpret_cast<sockaddr_in6*>(octets)->sin6_port = htons(port);
  return address;
}

/// SMFIC_OPTNEG of version 6 that offers every action and step, as libmilter's mfdef.h has it.
std::string offer() {
  const std::uint32_t words[] = {htonl(6), htonl(0x1ff), htonl(0x1fffff)};
  const std::uint32_t size = htonl(1 + sizeof words);
  std::string packet(reinterpret_cast<const char*>(&size), sizeof size);
  packet += 'O';
  packet.append(reinterpret_cast<const char*>(words), sizeof words);
  return packet;
}

bool is_ready(int fd, short events) {
  pollfd wait{fd, events, 0};
  return poll(&wait, 1, static_cast<int>(kProbeTime.count())) == 1;
}

std::string words_of_error(int error) {
  return std::strerror(error);
}

/// Empty: it answers.
std::string fault_of(const SocketAddress& address) {
  const Descriptor socket(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) return words_of_error(errno);
  if (connect(socket.get(), address.get(), address.size) != 0 && errno != EINPROGRESS)
    return words_of_error(errno);
  if (!is_ready(socket.get(), POLLOUT)) return "does not answer in time";
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error != 0)
    return words_of_error(error);
  const std::string packet = offer();
  if (send(socket.get(), packet.data(), packet.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(packet.size()))
    return words_of_error(errno);
  char answer[5] = {};
  if (!is_ready(socket.get(), POLLIN)) return "takes connections, and does not answer in time";
  if (recv(socket.get(), answer, sizeof answer, 0) != sizeof answer || answer[4] != 'O')
    return "answers as no milter does";
  return "";
}

}  // namespace

std::vector<DaemonAnswer> probe_daemon(const std::vector<std::string>& listen) {
  std::vector<DaemonAnswer> answers;
  for (const std::string& each : listen) {
    if (each.starts_with("fd:")) continue;
    const auto address = address_of(each);
    const std::string fault = address ? fault_of(*address) : "is no address that can be asked";
    answers.push_back({each, fault.empty(), fault});
  }
  return answers;
}

}  // namespace ccgate
