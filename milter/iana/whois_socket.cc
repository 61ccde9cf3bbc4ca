#include "milter/iana/whois_socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <utility>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestQuestion = 255;

NoAnswer timed_out() {
  return {"", true};
}

NoAnswer closed() {
  return {"the server closed the connection without an answer", true};
}

/// False when the time is up.
bool wait_for(int socket, short events, std::chrono::steady_clock::time_point deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd wanted{socket, events, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // what is wrong the next call tells
  }
}

bool try_again() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

std::optional<NoAnswer> send_all(int socket, std::string_view octets, const WhoisLimits& limits) {
  while (!octets.empty()) {
    if (!wait_for(socket, POLLOUT, limits.deadline)) return timed_out();
    const ssize_t sent = send(socket, octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && !try_again()) return closed();
    if (sent > 0) octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return std::nullopt;
}

}  // namespace

bool is_whois_question(std::string_view question) noexcept {
  return !question.empty() && question.size() <= kLongestQuestion && is_printable_ascii(question);
}

std::variant<std::string, NoAnswer> ask_whois(int socket, const std::string& question,
                                              const WhoisLimits& limits) {
  if (auto fault = send_all(socket, question + "\r\n", limits)) return std::move(*fault);
  std::string text;
  std::array<char, 4096> octets{};
  for (;;) {
    if (!wait_for(socket, POLLIN, limits.deadline)) return timed_out();
    const ssize_t count = recv(socket, octets.data(), octets.size(), MSG_DONTWAIT);
    if (count < 0 && try_again()) continue;
    if (count <= 0 && text.empty()) return closed();
    if (count < 0) return NoAnswer{"the answer was cut short", true};
    if (count == 0) return text;
    if (static_cast<std::size_t>(count) > limits.largest - text.size())
      return NoAnswer{"the answer is larger than " + std::to_string(limits.largest) + " bytes", false};
    text.append(octets.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace ccgate
