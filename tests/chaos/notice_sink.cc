#include "tests/chaos/notice_sink.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <stdexcept>

namespace ccgate {
namespace {

bool readable(int fd, int stop) {
  pollfd wanted[2] = {{fd, POLLIN, 0}, {stop, POLLIN, 0}};
  return poll(wanted, 2, -1) > 0 && wanted[1].revents == 0;
}

std::string field(const std::string& message, const std::string& name) {
  const std::size_t at = message.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const std::size_t start = at + name.size() + 4;
  return message.substr(start, message.find("\r\n", start) - start);
}

std::string author(const std::string& message) {
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto is_part = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '.'; };
  for (std::size_t at = message.find("\r\n\r\n"); at < message.size(); ++at) {
    if (message[at] != 'a') continue;
    std::size_t end = at + 1;
    while (end < message.size() && is_digit(message[end])) ++end;
    if (end == at + 1 || end == message.size() || message[end] != '@') continue;
    ++end;
    while (end < message.size() && is_part(message[end])) ++end;
    return message.substr(at, end - at);
  }
  return "";
}

}  // namespace

NoticeSink::NoticeSink() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, generic, &size) != 0 || pipe2(stop_pipe_, O_CLOEXEC) != 0)
    throw std::runtime_error("cannot serve on loopback");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

NoticeSink::~NoticeSink() {
  close(stop_pipe_[1]);
  thread_.join();
  for (std::thread& each : conversations_) each.join();
  close(stop_pipe_[0]);
  close(listener_);
}

std::map<NoticeSink::Notice, int> NoticeSink::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

void NoticeSink::serve() {
  while (readable(listener_, stop_pipe_[0])) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    // The daemons have one connection each; those of killed ones end at once.
    if (conversations_.size() >= 64) {
      for (std::thread& each : conversations_) each.join();
      conversations_.clear();
    }
    conversations_.emplace_back([this, client] {
      converse(client);
      close(client);
    });
  }
}

void NoticeSink::note(const std::string& message, const std::string& recipient) {
  const std::lock_guard lock(mutex_);
  ++taken_[{field(message, "Message-ID"), recipient, author(message)}];
}

void NoticeSink::converse(int client) {
  const auto say = [client](const std::string& line) {
    const std::string text = line + "\r\n";
    return send(client, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  };
  if (!say("220 mx.example.org ESMTP")) return;
  std::string pending, recipient;
  bool data = false;
  for (;;) {
    const std::string end = data ? "\r\n.\r\n" : "\r\n";
    std::size_t at = pending.find(end);
    while (at == std::string::npos) {
      char octets[8192];
      if (!readable(client, stop_pipe_[0])) return;
      const ssize_t count = recv(client, octets, sizeof octets, 0);
      if (count <= 0) return;
      pending.append(octets, static_cast<std::size_t>(count));
      at = pending.find(end);
    }
    const std::string line = pending.substr(0, at);
    pending.erase(0, at + end.size());
    // Counted before it is answered for: what the client does not hear of, came all the same.
    if (data) note(line, recipient);
    if (line.starts_with("RCPT TO:")) recipient = line.substr(8);
    if (!say(line == "DATA" && !data ? "354 go on" : "250 2.0.0 Ok")) return;
    data = line == "DATA" && !data;
  }
}

}  // namespace ccgate
