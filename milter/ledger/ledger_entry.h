// milter/ledger/ledger_entry.h: the end of one transaction -> what the ledger keeps of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "milter/decision/decision.h"
#include "milter/store/records.h"

namespace ccgate {

// Octets of each text that are kept, and people; an explanation beyond is kept without its details.
inline constexpr std::size_t kKeptAddress = 320;
inline constexpr std::size_t kKeptMessageId = 998;
inline constexpr std::size_t kKeptPeople = 50;
inline constexpr std::size_t kKeptExplanation = 256 * 1024;
/// Of a refusal: anybody can cause one.
inline constexpr std::size_t kKeptExplanationRefused = 16 * 1024;

/// Every member, as the store takes it: UTF-8 without NUL, of bounded length whatever the message holds. The
/// author's address is written in lower case, so that it can be found. `cctlds` are those decided, or where
/// none was, those named. `decided` is `now` (seconds since 1970), `keep_until` that and the list's
/// retention. Of a transaction that ended in an internal error too.
[[nodiscard]] LedgerEntry ledger_entry(const TransactionStart& start, const std::vector<HeaderField>& fields,
                                       const TransactionResult& result, std::int64_t now);

/// Hex SHA-256 of what DKIM (each signature's domain, selector, algorithm and result) and SPF said; equal in
/// every run for equal evidence.
[[nodiscard]] std::string evidence_digest(const Evidence& evidence);

/// `550 5.7.2 text [id]` as the client got it; empty where the MTA uses its own words.
[[nodiscard]] std::string reply_line(const Reply& reply);
/// The reply of such a line, its text without the id; nullopt for an empty one.
[[nodiscard]] std::optional<Reply> read_reply_line(std::string_view line);

}  // namespace ccgate
