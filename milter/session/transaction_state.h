// milter/session/transaction_state.h: what a transaction gathers, step by step: fields, body, evidence. For
// transaction.cc alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "milter/session/decide.h"
#include "policy/message/line_ends.h"
#include "policy/message/line_limit.h"

namespace ccgate {

struct TransactionState {
  TransactionState(const Services& shared, Running running_now, TransactionStart from);

  const Services& services;
  Running running;
  TransactionStart start;
  Envelope envelope;
  std::chrono::steady_clock::time_point begun;
  std::int64_t now;
  DnsBatch dns;

  std::vector<HeaderField> fields;
  std::size_t header_bytes = 0;
  std::size_t header_count = 0;
  std::optional<std::variant<Message, Fault>> read;
  std::optional<DkimMessage> dkim;
  std::string body;
  std::size_t body_bytes = 0;
  LineLimit body_lines;
  LineEnds body_ends;

  [[nodiscard]] const Limits& limits() const { return running.rules->config.limits; }
  [[nodiscard]] bool headers_over() const {
    return header_bytes > limits().header_bytes || header_count > kMaxFields;
  }
  [[nodiscard]] bool message_over() const { return body_bytes + header_bytes > limits().message_bytes; }

  // Decided by the header section: no recipient's list takes this mail for a command.
  bool untouched = false;

  // Every one is judged by itself.
  static constexpr std::ptrdiff_t kMaxCommands = 20;
  // Each kept field costs more than its octets.
  static constexpr std::size_t kMaxFields = 5000;

  [[nodiscard]] bool may_be_untouched() const;
  [[nodiscard]] bool is_untouched() const;
  [[nodiscard]] bool may_have_long_lines() const;
  [[nodiscard]] bool is_bounce_of_mta() const;
  void prefetch_sender();
  [[nodiscard]] std::optional<Fault> fault() const;
  /// Waits for DNS.
  [[nodiscard]] Evidence evidence(const Message& message);
  /// All of it, at the end of the message.
  [[nodiscard]] Gathered gathered();
};

}  // namespace ccgate
