// milter/store/sql.h: one connection to a database that speaks SQL, whichever it is.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ccgate {

/// What went wrong, as far as it matters to what is done next.
enum class SqlFault {
  again,       ///< two transactions got in each other's way; this one did nothing and may be run again
  constraint,  ///< a row that must not be there twice
  lost,        ///< the connection is gone
  other,
};
class SqlError : public std::runtime_error {
 public:
  SqlError(SqlFault fault, const std::string& what) : std::runtime_error(what), fault_(fault) {}
  [[nodiscard]] SqlFault fault() const noexcept { return fault_; }

 private:
  SqlFault fault_;
};

/// A parameter. Texts are looked at until `run` returns.
using SqlValue = std::variant<std::int64_t, std::string_view>;

class SqlRow {
 public:
  explicit SqlRow(std::vector<std::string> columns) : columns_(std::move(columns)) {}
  /// NULL is an empty text. SqlError: no such column.
  [[nodiscard]] const std::string& text(std::size_t column) const;
  /// SqlError: not a number.
  [[nodiscard]] std::int64_t integer(std::size_t column) const;

 private:
  std::vector<std::string> columns_;
};
using SqlRows = std::vector<SqlRow>;

/// Where the two databases differ in what they read.
struct SqlDialect {
  char placeholder = '?';        ///< before the number of a parameter
  std::string_view text;         ///< {text}: column type of texts that compare by their octets
  std::string_view serial;       ///< {serial}: type of a column that numbers the rows, rising
  std::string_view skip_locked;  ///< {skip_locked}: takes the rows chosen, without those taken by others
};
/// `sql` with `?N` and `{word}` replaced.
[[nodiscard]] std::string in_dialect(std::string_view sql, const SqlDialect& dialect);

enum class SqlMode {
  write,    ///< sees what is committed, and changes it
  append,   ///< likewise, adding to the ledger
  schema,   ///< changes the tables, for as long as that takes
  settled,  ///< reads, when no transaction of mode `append` that began earlier is still at work
};

/// Of one thread at a time. All functions but rollback throw SqlError.
class SqlConnection {
 public:
  SqlConnection() = default;
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;
  virtual ~SqlConnection() = default;

  /// One statement, prepared once; parameters are `?1`, `?2`. SqlError before anything is sent: a text with
  /// NUL or broken UTF-8. Outside of begin and commit it is a transaction of its own.
  SqlRows run(std::string_view sql, std::span<const SqlValue> values);
  SqlRows run(std::string_view sql, std::initializer_list<SqlValue> values = {}) {
    return run(sql, std::span<const SqlValue>(values.begin(), values.size()));
  }

  /// Locks of others are waited for until then; so is a server that does not answer.
  virtual void wait_until(std::chrono::steady_clock::time_point end) = 0;
  virtual void begin(SqlMode mode) = 0;
  /// `lost`: nobody knows whether it was committed.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// Until the end of the transaction, nobody else in a transaction gets past the lock of this name.
  virtual void lock(std::string_view name) = 0;
  [[nodiscard]] virtual bool has_table(std::string_view name) = 0;
  /// False: only good to be closed.
  [[nodiscard]] virtual bool usable() const noexcept = 0;

 protected:
  virtual SqlRows execute(std::string_view sql, std::span<const SqlValue> values) = 0;
};

/// SqlError when `text` has NUL or is no UTF-8.
void require_storable(std::string_view text);

}  // namespace ccgate
