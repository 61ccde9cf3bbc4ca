#include "milter/store/open_store.h"

#include <algorithm>

#include "milter/store/open_sql.h"
#include "milter/store/sql_pq.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

constexpr std::string_view kSqlite = "sqlite:", kPostgresql = "postgresql://";
constexpr std::chrono::milliseconds kDaemonPatience{5000};  // without a StorePatience

bool is_sqlite(std::string_view url) {
  return url.substr(0, kSqlite.size()) == kSqlite;
}

SqlSource source_of(const std::string& url, StoreAccess access) {
  if (const std::string fault = fault_of_store_url(url); !fault.empty())
    throw StoreError("the URL of the store " + fault, false);
  return is_sqlite(url) ? sqlite_source(url.substr(kSqlite.size()), access) : postgresql_source(url, access);
}

}  // namespace

std::string fault_of_store_url(std::string_view url) {
  if (url.find('\0') != std::string_view::npos) return "has a NUL in it";
  if (is_sqlite(url)) {
    const std::string_view path = url.substr(kSqlite.size());
    if (path.empty() || path.front() != '/') return "has no absolute path after `sqlite:`";
    if (path.back() == '/') return "names a folder, not a file";
    return "";
  }
  if (url.substr(0, kPostgresql.size()) == kPostgresql) return fault_of_pq_url(std::string(url));
  return "is neither `sqlite:/path` nor `postgresql://host/name`";
}

std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access) {
  return open_sql_store(source_of(url, access));
}

std::unique_ptr<Store> open_store_later(const std::string& url, std::chrono::milliseconds patience) {
  SqlSource source = source_of(url, StoreAccess::own);
  source.patience = std::min(source.patience, kDaemonPatience);
  auto store = std::make_unique<SqlStore>(std::move(source));
  store->begin_to_open(patience);
  return store;
}

}  // namespace ccgate
