#include "tests/support/loopback.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace ccgate::test {

Loopback::Loopback(int backlog) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || bind(listener_, generic, size) != 0 || listen(listener_, backlog) != 0 ||
      getsockname(listener_, generic, &size) != 0 || pipe2(stop_pipe_, O_CLOEXEC) != 0)
    throw std::runtime_error("cannot serve on loopback");
  port_ = ntohs(address.sin_port);
}

Loopback::~Loopback() {
  stop();
  close(stop_pipe_[0]);
  close(listener_);
}

void Loopback::stop() noexcept {
  if (stop_pipe_[1] >= 0) close(std::exchange(stop_pipe_[1], -1));
}

bool Loopback::stopped() const {
  pollfd over{stop_pipe_[0], POLLIN, 0};
  return poll(&over, 1, 0) > 0;
}

bool Loopback::readable(int client, int milliseconds) const {
  pollfd wanted[2] = {{client, POLLIN, 0}, {stop_pipe_[0], POLLIN, 0}};
  return poll(wanted, 2, milliseconds) > 0 && wanted[1].revents == 0;
}

std::optional<int> Loopback::accept() const {
  while (readable(listener_)) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) return client;
  }
  return std::nullopt;
}

std::optional<std::string> Loopback::read_until(int client, std::string& pending,
                                                const std::string& end) const {
  std::size_t at = pending.find(end);
  while (at == std::string::npos) {
    char octets[8192];
    if (!readable(client)) return std::nullopt;
    const ssize_t count = recv(client, octets, sizeof octets, 0);
    if (count <= 0) return std::nullopt;
    pending.append(octets, static_cast<std::size_t>(count));
    at = pending.find(end);
  }
  std::string text = pending.substr(0, at);
  pending.erase(0, at + end.size());
  return text;
}

bool Loopback::send_text(int client, const std::string& text) {
  return send(client, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace ccgate::test
