// milter/tool/ledger_table.h: decisions of the ledger, one line each.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "milter/store/store.h"

namespace ccgate {

/// Lines of aligned columns, made harmless for a terminal. A column is as wide as its widest cell so far, so
/// that lines can follow each other as decisions are made.
class LedgerTable {
 public:
  /// `width`: columns of the terminal, where lines are cut; 0: they are not.
  explicit LedgerTable(std::size_t width) : width_(width) {}
  /// The head of the table before the first of them.
  [[nodiscard]] std::string lines(const std::vector<LedgerRow>& rows);

 private:
  using Cells = std::array<std::string, 9>;
  [[nodiscard]] static Cells cells(const LedgerEntry& entry);
  void widen(const Cells& cells);
  [[nodiscard]] std::string line(const Cells& cells) const;

  std::size_t width_;
  std::array<std::size_t, 9> widths_{};
  bool begun_ = false;
};

}  // namespace ccgate
