#include <algorithm>
#include <atomic>

#include "milter/store/sql_pq.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

constexpr std::string_view kSqlite = "sqlite:", kPostgresql = "postgresql://";
constexpr std::size_t kReaders = 4;                 // of a file
constexpr std::size_t kConnections = 8;             // to a server
constexpr std::chrono::seconds kServerPatience{8};  // longer than any timeout that it is told

/// Of the time of the question that is being asked.
SqliteOptions with_what_is_left(SqliteOptions options) {
  const StoreWait wait(options.patience);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(wait.end() - StoreClock::now());
  options.patience = std::clamp(left, std::chrono::milliseconds(0), options.patience);
  return options;
}

/// Uses the first connection for the schema, so that what is wrong is told now.
std::unique_ptr<Store> open_with(SqlSource source, StoreAccess access, std::span<const Migration> steps) {
  try {
    const auto end = StoreClock::now() + source.patience;
    if (access == StoreAccess::own)
      migrate(*source.writers->take(end), steps);
    else
      require_current(*source.readers->take(end), steps);
  } catch (const SqlError& error) {
    throw StoreError(source.name + ": " + error.what(), false);
  }
  return std::make_unique<SqlStore>(std::move(source));
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::string& path, StoreAccess access,
                                         const SqliteOptions& options, std::span<const Migration> steps) {
  SqlSource source;
  source.name = std::string(kSqlite) + path;
  source.grouped = true;
  source.patience = options.patience;
  const auto share = std::make_shared<SqliteShare>();
  if (access == StoreAccess::own) {
    // A file that goes away while we run was moved by somebody who may put it back, or another: an empty one
    // in its place would forget everything.
    const auto made = std::make_shared<std::atomic<bool>>(false);
    const auto own = [path, options, made, share] {
      auto connection = open_sqlite(path, *made ? SqliteAccess::write : SqliteAccess::create,
                                    with_what_is_left(options), share);
      *made = true;
      return connection;
    };
    source.writers = std::make_shared<SqlPool>(own, 1);
  }
  source.readers = std::make_shared<SqlPool>(
      [path, options, share] {
        return open_sqlite(path, SqliteAccess::read, with_what_is_left(options), share);
      },
      kReaders);
  return open_with(std::move(source), access, steps);
}

std::unique_ptr<Store> open_postgresql_store(const std::string& url, StoreAccess access,
                                             std::span<const Migration> steps) {
  SqlSource source;
  source.name = shown_pq_url(url);
  source.patience = kServerPatience;
  source.readers = std::make_shared<SqlPool>([url] { return open_pq(url); }, kConnections);
  if (access == StoreAccess::own) source.writers = source.readers;
  return open_with(std::move(source), access, steps);
}

std::string fault_of_store_url(std::string_view url) {
  if (url.find('\0') != std::string_view::npos) return "has a NUL in it";
  if (url.substr(0, kSqlite.size()) == kSqlite) {
    const std::string_view path = url.substr(kSqlite.size());
    if (path.empty() || path.front() != '/') return "has no absolute path after `sqlite:`";
    if (path.back() == '/') return "names a folder, not a file";
    return "";
  }
  if (url.substr(0, kPostgresql.size()) == kPostgresql) return fault_of_pq_url(std::string(url));
  return "is neither `sqlite:/path` nor `postgresql://host/name`";
}

std::string shown_store_url(const std::string& url) {
  return url.substr(0, kSqlite.size()) == kSqlite ? url : shown_pq_url(url);
}

std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access) {
  if (const std::string fault = fault_of_store_url(url); !fault.empty())
    throw StoreError("the URL of the store " + fault, false);
  if (url.substr(0, kSqlite.size()) == kSqlite) return open_sqlite_store(url.substr(kSqlite.size()), access);
  return open_postgresql_store(url, access);
}

}  // namespace ccgate
