#include "tests/store/sqlite_watch.h"

#include <sqlite3.h>

#include <mutex>
#include <utility>

namespace ccgate {

namespace {

std::mutex seen_mutex;
std::vector<SqliteWatch::Statement> seen_statements;

int on_end(unsigned, void*, void* ended, void*) {
  auto* statement = static_cast<sqlite3_stmt*>(ended);
  const char* sql = sqlite3_sql(statement);
  const std::lock_guard lock(seen_mutex);
  seen_statements.push_back({sql ? sql : "", sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1)});
  return 0;
}

int on_open(sqlite3* database, char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, on_end, nullptr);
}

// As sqlite3_auto_extension is documented to be called.
void (*entry())() {
  return reinterpret_cast<void (*)()>(on_open);
}

}  // namespace

SqliteWatch::SqliteWatch() {
  sqlite3_auto_extension(entry());
}
SqliteWatch::~SqliteWatch() {
  sqlite3_cancel_auto_extension(entry());
}

std::vector<SqliteWatch::Statement> SqliteWatch::take() const {
  const std::lock_guard lock(seen_mutex);
  return std::exchange(seen_statements, {});
}

std::int64_t steps_of(const std::vector<SqliteWatch::Statement>& statements) {
  std::int64_t steps = 0;
  for (const SqliteWatch::Statement& statement : statements) steps += statement.steps;
  return steps;
}

std::vector<std::string> query_plan(const std::string& path, const std::string& sql) {
  std::vector<std::string> lines;
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &statement, nullptr) ==
          SQLITE_OK)
    while (sqlite3_step(statement) == SQLITE_ROW)
      lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
  else
    lines.emplace_back(sqlite3_errmsg(database));
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return lines;
}

}  // namespace ccgate
