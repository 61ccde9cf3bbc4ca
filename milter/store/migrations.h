// milter/store/migrations.h: the tables, and how they came to be as they are.
#pragma once

#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "milter/store/sql.h"

namespace ccgate {

/// What leads from one version of the schema to the next: statements, run in one transaction.
using Migration = std::vector<std::string_view>;

/// All of them; the first makes version 1 of an empty database.
[[nodiscard]] std::span<const Migration> migrations();

/// What `migrate` is at, for those who wait for it. Any thread may ask.
class SchemaProgress {
 public:
  void begin(std::size_t from, std::size_t to, std::size_t statements) noexcept;
  void count() noexcept { ++done_; }
  void end() noexcept { statements_ = 0; }
  /// `schema 5 becomes 7: 3 of 8 statements are done`; empty while nothing is under way.
  [[nodiscard]] std::string text() const;

 private:
  std::atomic<std::size_t> from_{0}, to_{0}, done_{0}, statements_{0};
};

/// Brings the database to the version that `steps` leads to, and tells `progress`. Of several processes at
/// once one does it. SqlError: it is of a newer version already.
void migrate(SqlConnection& connection, std::span<const Migration> steps, SchemaProgress& progress);

/// SqlError, in words for people, unless the database is of exactly the version that `steps` leads to.
void require_current(SqlConnection& connection, std::span<const Migration> steps);

}  // namespace ccgate
