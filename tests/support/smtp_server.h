// tests/support/smtp_server.h: an SMTP server on loopback that behaves as badly as a test wants.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/loopback.h"

namespace ccgate::test {

/// Serves one connection after the other. Steps: `connect`, `EHLO`, `HELO`, `MAIL`, `RCPT`, `DATA`, `.` and
/// `QUIT`; also a whole line, as `RCPT TO:<a@b.example>`.
class SmtpServer {
 public:
  /// `reply`: what it sends at `step` in place of its good reply, without line end; empty: nothing, and it
  /// waits until the client goes.
  explicit SmtpServer(std::string step = "none", std::string reply = "");
  /// Several, by their steps.
  explicit SmtpServer(std::map<std::string, std::string> replies);
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer();

  static constexpr const char* kClose = "(close)";  ///< it hangs up
  static constexpr const char* kDrip = "(drip)";    ///< an octet now and then, for ever
  static constexpr const char* kFlood = "(flood)";  ///< more than anybody reads

  [[nodiscard]] std::uint16_t port() const noexcept { return loopback_.port(); }
  /// Lines of the client, and messages as one, as they came, without the end mark.
  [[nodiscard]] std::vector<std::string> received() const;

 private:
  void serve();
  void converse(int client);
  bool answer(int client, const std::string& line, const std::string& step, const std::string& good);
  void note(std::string line);

  std::map<std::string, std::string> replies_;
  Loopback loopback_{8};
  mutable std::mutex mutex_;
  std::vector<std::string> received_;
  std::thread thread_;
};

}  // namespace ccgate::test
