// milter/session/transaction.h: one message to gated recipients, from its envelope to the answer. The daemon,
// `ccgate explain` and `ccgate test` all decide through this class.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "milter/decision/decision.h"
#include "milter/decision/services.h"

namespace ccgate {

struct TransactionState;

/// Not thread-safe; may move between threads from call to call. Exceptions (bad_alloc, or a defect) are the
/// caller's to turn into a tempfail with `internal_error_result`.
class Transaction {
 public:
  /// At least one recipient is gated. Puts the first DNS questions in flight.
  Transaction(const Services& services, Running running, TransactionStart start);
  ~Transaction();

  /// One field, value with leading blank, folds as LF. Fields beyond limits.header_bytes are counted, not
  /// kept.
  void header(std::string_view name, std::string_view value);
  /// Reads the header section; DKIM key questions go in flight.
  void end_of_headers();
  /// False: nothing more is needed (the MTA may skip the rest).
  bool body(std::string_view octets);
  /// Waits for DNS, decides. Call once, last. The result refers to policies of the ruleset, which lives as
  /// long as this object.
  [[nodiscard]] TransactionResult finish();

  [[nodiscard]] const TransactionStart& start() const noexcept;
  [[nodiscard]] const std::vector<HeaderField>& fields() const noexcept;

 private:
  std::unique_ptr<TransactionState> state_;
};

}  // namespace ccgate
