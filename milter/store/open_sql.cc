#include "milter/store/open_sql.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include "milter/store/patience.h"
#include "milter/store/sql_pq.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

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

SqlPools sqlite_pools(const std::string& path, StoreAccess access, const SqliteOptions& options) {
  SqlPools pools;
  const auto share = std::make_shared<SqliteShare>();
  if (access != StoreAccess::read) {
    // A file that goes away while we run was moved by somebody who may put it back, or another: an empty one
    // in its place would forget everything.
    const auto made = std::make_shared<std::atomic<bool>>(access == StoreAccess::write);
    const auto own = [path, options, made, share] {
      auto connection = open_sqlite(path, *made ? SqliteAccess::write : SqliteAccess::create,
                                    with_what_is_left(options), share);
      *made = true;
      return connection;
    };
    pools.writers = std::make_shared<SqlPool>(own, 1);
  }
  pools.readers = std::make_shared<SqlPool>(
      [path, options, share] {
        return open_sqlite(path, SqliteAccess::read, with_what_is_left(options), share);
      },
      kReaders);
  return pools;
}

SqlPools postgresql_pools(const std::string& url, StoreAccess access) {
  SqlPools pools;
  pools.readers = std::make_shared<SqlPool>([url] { return open_pq(url); }, kConnections);
  if (access != StoreAccess::read) pools.writers = pools.readers;
  return pools;
}

/// `source` with connections that `pools` makes, anew at each try, and the first of them used for the schema.
SqlSource opened_with(SqlSource source, std::function<SqlPools()> pools, StoreAccess access,
                      std::span<const Migration> steps) {
  const auto progress = std::make_shared<SchemaProgress>();
  source.progress = progress;
  source.open = [pools = std::move(pools), access, steps, progress, name = source.name,
                 patience = source.patience] {
    try {
      SqlPools made = pools();
      const auto end = StoreClock::now() + patience;
      if (access == StoreAccess::own)
        migrate(*made.writers->take(end), steps, *progress);
      else
        require_current(*made.readers->take(end), steps);
      return made;
    } catch (const SqlError& error) {
      throw StoreError(name + ": " + error.what(), false);
    }
  };
  return source;
}

}  // namespace

SqlSource sqlite_source(const std::string& path, StoreAccess access, const SqliteOptions& options,
                        std::span<const Migration> steps) {
  SqlSource source;
  source.name = "sqlite:" + path;
  source.grouped = true;
  source.patience = options.patience;
  return opened_with(
      std::move(source), [path, access, options] { return sqlite_pools(path, access, options); }, access,
      steps);
}

SqlSource postgresql_source(const std::string& url, StoreAccess access, std::span<const Migration> steps) {
  SqlSource source;
  source.name = shown_pq_url(url);
  source.patience = kServerPatience;
  return opened_with(
      std::move(source), [url, access] { return postgresql_pools(url, access); }, access, steps);
}

std::unique_ptr<Store> open_sql_store(SqlSource source) {
  auto store = std::make_unique<SqlStore>(std::move(source));
  store->open_now();
  return store;
}

}  // namespace ccgate
