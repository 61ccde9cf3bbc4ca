#include "milter/doctor/negotiation.h"

#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>
#include <variant>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"
#include "milter/system/socket_io.h"

namespace ccgate {
namespace {

using End = Negotiation::End;

constexpr std::uint32_t kVersion = 6;
constexpr std::uint32_t kAllActions = 0x1ff, kAllSteps = 0x1fffff;  // SMFIF_*, SMFIP_* of that version
constexpr std::size_t kLongestAnswer = 4096;

std::string octets_of(std::uint32_t number) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 0xffU);
  return text;
}

std::uint32_t number_at(std::string_view octets) {
  std::uint32_t number = 0;
  for (const char octet : octets.substr(0, 4)) number = number << 8U | static_cast<unsigned char>(octet);
  return number;
}

std::string packet(char command, const std::string& payload) {
  return octets_of(static_cast<std::uint32_t>(payload.size() + 1)) + command + payload;
}

std::variant<Connection, Negotiation> connect_to_path(const std::string& path) {
  const auto address = unix_address(path);
  if (!address) return Negotiation{End::missing, 0, "the path is too long"};
  // A full queue of the listener is an error at once, not a wait.
  Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (fd && connect(fd.get(), address->get(), address->size) == 0) return Connection(std::move(fd));
  const int error = errno;
  const End end = error == ENOENT || error == ENOTDIR ? End::missing
                  : error == EACCES || error == EPERM ? End::forbidden
                  : error == EAGAIN                   ? End::silent
                                                      : End::dead;
  return Negotiation{end, 0, error == EAGAIN ? "its queue is full" : std::strerror(error)};
}

std::variant<Connection, Negotiation> connect_to_spec(const std::string& spec,
                                                      Connection::Clock::time_point deadline) {
  constexpr std::string_view kUnix = "unix:";
  if (spec.starts_with(kUnix)) return connect_to_path(spec.substr(kUnix.size()));
  const std::size_t colon = spec.find(':'), at = spec.find('@');
  std::uint16_t port = 0;
  if (colon != std::string::npos && at != std::string::npos && at > colon)
    (void)std::from_chars(spec.data() + colon + 1, spec.data() + at, port);
  if (port == 0) return Negotiation{End::dead, 0, "it names no port"};
  auto opened = Connection::open(spec.substr(at + 1), port, std::chrono::seconds(5), deadline, {});
  if (auto* why = std::get_if<std::string>(&opened)) return Negotiation{End::dead, 0, std::move(*why)};
  return std::move(std::get<Connection>(opened));
}

}  // namespace

Negotiation negotiate(const std::string& spec, std::chrono::milliseconds time) {
  const auto deadline = Connection::Clock::now() + time;
  auto connected = connect_to_spec(spec, deadline);
  if (auto* failed = std::get_if<Negotiation>(&connected)) return std::move(*failed);
  auto& connection = std::get<Connection>(connected);
  const auto offer = packet('O', octets_of(kVersion) + octets_of(kAllActions) + octets_of(kAllSteps));
  if (std::string why = connection.send_all(offer, deadline, {}); !why.empty())
    return {End::silent, 0, std::move(why)};
  std::string answer;
  constexpr std::size_t kHead = 5, kNumbers = 12;
  while (answer.size() < kHead || answer.size() < 4 + number_at(answer)) {
    std::string why;
    const auto more = connection.receive(deadline, {}, why);
    if (!more) return {End::silent, 0, std::move(why)};
    answer += *more;
    const bool other = answer.size() >= kHead && (answer[4] != 'O' || number_at(answer) < 1 + kNumbers);
    if (other || answer.size() > kLongestAnswer) return {End::silent, 0, "it answers something else"};
  }
  (void)connection.send_all(packet('Q', ""), deadline, {});
  return {End::agreed, number_at(std::string_view(answer).substr(kHead)), ""};
}

}  // namespace ccgate
