// milter/tool/waiting_tool.h: `ccgate ask` and `ccgate held`: what waits, and what an operator does about it.
// Each returns its exit status.
#pragma once

#include <cstdint>
#include <string>

#include "milter/tool/ledger_input.h"

namespace ccgate {

/// What all of them take.
struct WaitingSource {
  LedgerSource source;
  std::int64_t now = 0;
  bool json = false;
};

/// How far back held mail is looked for: no longer is anything kept in a hold queue that somebody looks
/// after.
inline constexpr std::int64_t kHeldDays = 30;
/// How many of each are shown.
inline constexpr std::size_t kMostWaiting = 200;

[[nodiscard]] int run_ask_list(const WaitingSource& from);
/// `id` of a question, or of a decision that asked some. Once in an hour.
[[nodiscard]] int run_ask_resend(const WaitingSource& from, const std::string& id);
[[nodiscard]] int run_ask_cancel(const WaitingSource& from, const std::string& id, const std::string& why);

[[nodiscard]] int run_held_list(const WaitingSource& from);
/// Records that a message is held no more. Does nothing to the message, which is the mail server's.
[[nodiscard]] int run_held_release(const WaitingSource& from, const std::string& id, const std::string& why);

}  // namespace ccgate
