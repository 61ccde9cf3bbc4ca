// policy/registry/position_index.h: positions in somebody else's array, found by hash. No key is kept a
// second time, and nothing points anywhere: a copy works with a copy of the array.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ccgate {

/// Eight octets a slot, in one block: a million entries cost 16 MiB and no allocation each.
class PositionIndex {
 public:
  /// The first position that was added under `hash` and that `same(position)` is true for. `same` is asked
  /// for few others: those whose hashes agree in 32 bits.
  template <typename Same>
  [[nodiscard]] std::optional<std::uint32_t> find(std::size_t hash, const Same& same) const {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t mark = mark_of(hash);
    for (std::size_t at = mark & (slots_.size() - 1); slots_[at].mark != 0; at = next(at))
      if (slots_[at].mark == mark && same(slots_[at].position)) return slots_[at].position;
    return std::nullopt;
  }

  /// Does not look whether the key is there already.
  void add(std::size_t hash, std::uint32_t position) {
    reserve(used_ + 1);
    put({mark_of(hash), position});
    ++used_;
  }

  /// Makes room for `count` positions in all.
  void reserve(std::size_t count) {
    std::size_t size = slots_.empty() ? 8 : slots_.size();
    while (size * 3 < count * 4) size *= 2;
    if (size == slots_.size()) return;
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(size));
    for (const Slot& slot : before)
      if (slot.mark != 0) put(slot);
  }

 private:
  struct Slot {
    std::uint32_t mark = 0;  // of the hash; 0: free
    std::uint32_t position = 0;
  };

  static std::uint32_t mark_of(std::size_t hash) noexcept {
    const auto folded = static_cast<std::uint32_t>(std::uint64_t{hash} ^ (std::uint64_t{hash} >> 32U));
    return folded == 0 ? 1 : folded;
  }
  [[nodiscard]] std::size_t next(std::size_t at) const noexcept { return (at + 1) & (slots_.size() - 1); }
  void put(const Slot& slot) {
    std::size_t at = slot.mark & (slots_.size() - 1);
    while (slots_[at].mark != 0) at = next(at);
    slots_[at] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them, at most three quarters taken
  std::size_t used_ = 0;
};

}  // namespace ccgate
