// milter/store/store_part.h: what every part of a store promises, and what several of them can do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "milter/store/records.h"
#include "milter/store/store_error.h"

namespace ccgate {

/// What one kind of user asks of a store: operations, not SQL. Thread-safe; every function throws StoreError
/// and nothing else (but std::bad_alloc). Each is one transaction. None waits longer than some seconds for a
/// lock, or for a store that is being opened. Times are the caller's: the store has no clock. Texts with NUL
/// or broken UTF-8 are a StoreError.
///
/// One store is all of its parts: so they inherit virtually.
class StorePart {
 public:
  StorePart() = default;
  StorePart(const StorePart&) = delete;
  StorePart& operator=(const StorePart&) = delete;
  virtual ~StorePart() = default;
};

/// One decision, looked at.
class EntryReader : public virtual StorePart {
 public:
  [[nodiscard]] virtual std::optional<LedgerEntry> find_entry(const std::string& id) = 0;
  [[nodiscard]] virtual std::optional<Question> find_question(const std::string& id) = 0;
};

/// What follows decisions that were recorded before.
class EventWriter : public virtual StorePart {
 public:
  /// Events of such decisions, and tasks that follow from them. An event of a decision that is not there, or
  /// was purged, is left out, here and in every part. An event `repeated` or `unclear` is counted in the
  /// one that is there.
  virtual void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) = 0;
};

}  // namespace ccgate
