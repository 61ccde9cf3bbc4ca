// tests/store/sqlite_watch.h: what SQLite does for the stores of this process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ccgate {

/// Watches connections that are opened while it lives. One at a time.
class SqliteWatch {
 public:
  SqliteWatch();
  ~SqliteWatch();
  SqliteWatch(const SqliteWatch&) = delete;
  SqliteWatch& operator=(const SqliteWatch&) = delete;

  struct Statement {
    std::string sql;
    std::int64_t steps;  ///< of SQLite's machine: the same for the same work, whatever the machine's speed
  };
  /// Those that ended since it was asked last.
  [[nodiscard]] std::vector<Statement> take() const;
};

/// The steps of all of them.
[[nodiscard]] std::int64_t steps_of(const std::vector<SqliteWatch::Statement>& statements);

/// How SQLite would carry out `sql` in the file `path`: one line for each table.
[[nodiscard]] std::vector<std::string> query_plan(const std::string& path, const std::string& sql);

}  // namespace ccgate
