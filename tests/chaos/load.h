// tests/chaos/load.h: mail servers that bring requests, each until it has an answer for good.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/milter_client.h"

namespace ccgate {

/// What became of one request.
struct Answered {
  std::string author;      ///< a0@nic.xa, a1@nic.xb, ...: each request has its own
  std::string message_id;  ///< likewise
  std::string reply;       ///< the last one; empty: delivered
  std::string id;          ///< of the decision, as the mark in the delivered message has it
  std::size_t cctlds = 1;  ///< of the request, all of one registry
  int tries = 0;
  bool repeated = false;       ///< it was brought once more after it was delivered
  std::string repeated_reply;  ///< empty: delivered
  std::string repeated_id;     ///< of that
};

/// Threads that speak to the daemons as MTAs do: the same octets again, to one or the other, when the
/// connection breaks or the answer is `later`. Now and then one forgets that it had delivered a request, as
/// an MTA does that crashes.
class Load {
 public:
  /// `sockets` of the daemons. `seed`: of all that is random here.
  Load(std::vector<std::string> sockets, std::uint64_t seed, unsigned threads);
  ~Load();  ///< stops
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Answers so far, `later` too; it rises as long as something works.
  [[nodiscard]] std::size_t answers() const noexcept { return answers_; }
  [[nodiscard]] std::size_t refused_for_now() const noexcept { return later_; }
  /// Begins no more requests, waits until those begun have their answer, or gives up on them.
  std::vector<Answered> finish();

 private:
  void run(std::uint64_t seed);
  Answered bring(std::size_t number, const std::function<std::uint64_t(std::uint64_t)>& draw);

  const std::vector<std::string> sockets_;
  std::atomic<bool> stop_{false};
  std::atomic<std::size_t> next_{0}, answers_{0}, later_{0};
  std::mutex mutex_;
  std::vector<Answered> answered_;
  std::vector<std::thread> threads_;
};

/// One try of one request; `reply` is `4` when the connection broke.
[[nodiscard]] Answered bring_once(const std::string& socket, std::size_t number);

/// A subscription by its own author, with the ccTLD's contact in copy: accepted by SPF, with Load's policy.
[[nodiscard]] MilterMail request_of(std::size_t number);
/// For how many ccTLDs: one, or all six of a registry.
[[nodiscard]] std::size_t cctlds_of(std::size_t number);

}  // namespace ccgate
