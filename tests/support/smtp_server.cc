#include "tests/support/smtp_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace ccgate::test {
namespace {

/// False when the test is over, or after `milliseconds`.
bool readable(int fd, int stop, int milliseconds = -1) {
  pollfd wanted[2] = {{fd, POLLIN, 0}, {stop, POLLIN, 0}};
  return poll(wanted, 2, milliseconds) > 0 && wanted[1].revents == 0;
}

bool send_text(int fd, const std::string& text) {
  return send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace

SmtpServer::SmtpServer(std::string step, std::string reply)
    : step_(std::move(step)), reply_(std::move(reply)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || bind(listener_, generic, size) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, generic, &size) != 0 || pipe2(stop_pipe_, O_CLOEXEC) != 0)
    throw std::runtime_error("cannot serve on loopback");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

SmtpServer::~SmtpServer() {
  close(stop_pipe_[1]);
  thread_.join();
  close(stop_pipe_[0]);
  close(listener_);
}

std::vector<std::string> SmtpServer::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

void SmtpServer::note(std::string line) {
  const std::lock_guard lock(mutex_);
  received_.push_back(std::move(line));
}

void SmtpServer::serve() {
  while (readable(listener_, stop_pipe_[0])) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    converse(client);
    close(client);
  }
}

bool SmtpServer::answer(int client, const std::string& step, const std::string& good) {
  const std::string& reply = step == step_ ? reply_ : good;
  if (reply == kClose) return false;
  if (reply.empty()) {  // silence, until the client has had enough
    char octet = 0;
    while (readable(client, stop_pipe_[0]) && recv(client, &octet, 1, 0) > 0) continue;
    return false;
  }
  if (reply == kDrip) {
    while (send_text(client, "2") && !readable(client, stop_pipe_[0], 5)) {
      pollfd over{stop_pipe_[0], POLLIN, 0};
      if (poll(&over, 1, 0) > 0) break;
    }
    return false;
  }
  if (reply == kFlood) {
    const std::string line = "250-" + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 1000; ++i)
      if (!send_text(client, line)) return false;
    return true;
  }
  return send_text(client, reply + "\r\n");
}

void SmtpServer::converse(int client) {
  if (!answer(client, "connect", "220 mx.example.org ESMTP")) return;
  std::string pending;
  bool data = false;
  for (;;) {
    const std::string end = data ? "\r\n.\r\n" : "\r\n";
    std::size_t at = pending.find(end);
    while (at == std::string::npos) {
      char octets[4096];
      if (!readable(client, stop_pipe_[0])) return;
      const ssize_t count = recv(client, octets, sizeof octets, 0);
      if (count <= 0) return;
      pending.append(octets, static_cast<std::size_t>(count));
      at = pending.find(end);
    }
    const std::string line = pending.substr(0, at);
    pending.erase(0, at + end.size());
    note(line);
    const std::string step = data ? "." : line.substr(0, line.find(' '));
    const std::string good = data             ? "250 2.0.0 Ok: queued as 4xyz"
                             : step == "DATA" ? "354 go on"
                             : step == "EHLO" ? "250-mx.example.org\r\n250-SIZE 10240000\r\n250 8BITMIME"
                             : step == "QUIT" ? "221 2.0.0 Bye"
                                              : "250 2.1.0 Ok";
    if (!answer(client, step, good)) return;
    data = step == "DATA" && !data && step_ != step;
  }
}

}  // namespace ccgate::test
