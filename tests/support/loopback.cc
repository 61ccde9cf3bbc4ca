#include "tests/support/loopback.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <stdexcept>

namespace ccgate::test {

Loopback::Loopback(int backlog)
    : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), stop_pipe_(open_pipe()) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const int fd = listener_.get();
  if (!listener_ || !stop_pipe_ || bind(fd, generic, size) != 0 || listen(fd, backlog) != 0 ||
      getsockname(fd, generic, &size) != 0)
    throw std::runtime_error("cannot serve on loopback");
  port_ = ntohs(address.sin_port);
}

void Loopback::stop() noexcept {
  stop_pipe_.writer.reset();
}

bool Loopback::stopped() const {
  pollfd over{stop_pipe_.reader.get(), POLLIN, 0};
  return poll(&over, 1, 0) > 0;
}

bool Loopback::readable(int client, int milliseconds) const {
  pollfd wanted[2] = {{client, POLLIN, 0}, {stop_pipe_.reader.get(), POLLIN, 0}};
  return poll(wanted, 2, milliseconds) > 0 && wanted[1].revents == 0;
}

Descriptor Loopback::accept() const {
  while (readable(listener_.get())) {
    Descriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client) return client;
  }
  return Descriptor();
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
