#include "tests/chaos/notice_sink.h"

#include <unistd.h>

#include <cctype>

namespace ccgate {
namespace {

std::string field(const std::string& message, const std::string& name) {
  const std::size_t at = message.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const std::size_t start = at + name.size() + 4;
  return message.substr(start, message.find("\r\n", start) - start);
}

/// The first address `aNUMBER` of the body, which is shown as `a1[@]nic[.]xa`.
std::string author(std::string message) {
  std::erase_if(message, [](char c) { return c == '[' || c == ']'; });
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

NoticeSink::NoticeSink() : thread_([this] { serve(); }) {}

NoticeSink::~NoticeSink() {
  loopback_.stop();
  thread_.join();
  for (std::thread& each : conversations_) each.join();
}

std::map<NoticeSink::Notice, int> NoticeSink::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

void NoticeSink::serve() {
  while (auto client = loopback_.accept()) {
    // The daemons have one connection each; those of killed ones end at once.
    if (conversations_.size() >= 64) {
      for (std::thread& each : conversations_) each.join();
      conversations_.clear();
    }
    conversations_.emplace_back([this, client = std::move(client)] { converse(client.get()); });
  }
}

void NoticeSink::note(const std::string& message, const std::string& recipient) {
  const std::lock_guard lock(mutex_);
  ++taken_[{field(message, "Message-ID"), recipient, author(message)}];
}

void NoticeSink::converse(int client) {
  const auto say = [client](const std::string& line) {
    return test::Loopback::send_text(client, line + "\r\n");
  };
  if (!say("220 mx.example.org ESMTP")) return;
  std::string pending, recipient;
  bool data = false;
  while (const auto line = loopback_.read_until(client, pending, data ? "\r\n.\r\n" : "\r\n")) {
    // Counted before it is answered for: what the client does not hear of, came all the same.
    if (data) note(*line, recipient);
    if (line->starts_with("RCPT TO:")) recipient = line->substr(8);
    data = *line == "DATA" && !data;
    if (!say(data ? "354 go on" : "250 2.0.0 Ok")) return;
  }
}

}  // namespace ccgate
