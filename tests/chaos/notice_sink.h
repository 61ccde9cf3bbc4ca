// tests/chaos/notice_sink.h: a mail server on loopback that counts what it is given.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/loopback.h"

namespace ccgate {

/// Serves any number of connections at a time, and takes all mail.
class NoticeSink {
 public:
  NoticeSink();
  ~NoticeSink();
  NoticeSink(const NoticeSink&) = delete;
  NoticeSink& operator=(const NoticeSink&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return loopback_.port(); }

  struct Notice {
    std::string message_id, recipient;
    std::string author;  ///< the first `aN@...` of its text
    auto operator<=>(const Notice&) const = default;
  };
  /// How often each came.
  [[nodiscard]] std::map<Notice, int> taken() const;

 private:
  void serve();
  void converse(int client);
  void note(const std::string& message, const std::string& recipient);

  test::Loopback loopback_{64};
  mutable std::mutex mutex_;
  std::map<Notice, int> taken_;
  std::vector<std::thread> conversations_;  // of the thread that serves
  std::thread thread_;
};

}  // namespace ccgate
