// milter/store/ledger_reader.h: the decisions of the past, looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/store_part.h"

namespace ccgate {

/// Of the decisions; members without a value do not choose.
struct LedgerFilter {
  std::optional<std::string> list, cctld, verdict, author, request;
  std::optional<std::int64_t> since, until;  ///< seconds since 1970, both included
  std::optional<std::string> id_prefix;
  /// Not 0: only those recorded after this row, without a gap: for following, and, from -1 on, for going
  /// through all of them.
  std::int64_t after_row = 0;
  std::size_t limit = 100;  ///< the newest so many; with after_row, the oldest so many
};
struct LedgerRow {
  std::int64_t row = 0;  ///< rises with every entry recorded
  LedgerEntry entry;
};

/// For whoever tells people what was decided. Changes nothing.
class LedgerReader : public virtual EntryReader {
 public:
  /// In the order they were recorded.
  [[nodiscard]] virtual std::vector<LedgerRow> entries(const LedgerFilter& filter) = 0;
  [[nodiscard]] virtual std::vector<LedgerEvent> events_of(const std::string& decision_id) = 0;
  [[nodiscard]] virtual std::vector<Question> questions_by_decision(const std::string& decision_id) = 0;
};

}  // namespace ccgate
