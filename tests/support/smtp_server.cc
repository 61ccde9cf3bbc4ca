#include "tests/support/smtp_server.h"

#include <sys/socket.h>

#include <utility>

namespace ccgate::test {

SmtpServer::SmtpServer(std::string step, std::string reply)
    : SmtpServer(std::map<std::string, std::string>{{std::move(step), std::move(reply)}}) {}

SmtpServer::SmtpServer(std::map<std::string, std::string> replies)
    : replies_(std::move(replies)), thread_([this] { serve(); }) {}

SmtpServer::~SmtpServer() {
  loopback_.stop();
  thread_.join();
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
  while (const auto client = loopback_.accept()) {
    converse(client.get());
  }
}

bool SmtpServer::answer(int client, const std::string& line, const std::string& step,
                        const std::string& good) {
  const auto whole = replies_.find(line);
  const auto wanted = whole != replies_.end() ? whole : replies_.find(step);
  const std::string& reply = wanted != replies_.end() ? wanted->second : good;
  if (reply == kClose) return false;
  if (reply.empty()) {  // silence, until the client has had enough
    char octet = 0;
    while (loopback_.readable(client) && recv(client, &octet, 1, 0) > 0) continue;
    return false;
  }
  if (reply == kDrip) {
    while (Loopback::send_text(client, "2") && !loopback_.readable(client, 5) && !loopback_.stopped())
      continue;
    return false;
  }
  if (reply == kFlood) {
    const std::string flood = "250-" + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 1000; ++i)
      if (!Loopback::send_text(client, flood)) return false;
    return true;
  }
  return Loopback::send_text(client, reply + "\r\n");
}

void SmtpServer::converse(int client) {
  if (!answer(client, "", "connect", "220 mx.example.org ESMTP")) return;
  std::string pending;
  bool data = false;
  while (const auto line = loopback_.read_until(client, pending, data ? "\r\n.\r\n" : "\r\n")) {
    note(*line);
    const std::string step = data ? "." : line->substr(0, line->find(' '));
    const std::string good = data             ? "250 2.0.0 Ok: queued as 4xyz"
                             : step == "DATA" ? "354 go on"
                             : step == "EHLO" ? "250-mx.example.org\r\n250-SIZE 10240000\r\n250 8BITMIME"
                             : step == "QUIT" ? "221 2.0.0 Bye"
                                              : "250 2.1.0 Ok";
    if (!answer(client, *line, step, good)) return;
    data = step == "DATA" && !data && !replies_.contains(step);
  }
}

}  // namespace ccgate::test
