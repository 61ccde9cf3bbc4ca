#include "milter/store/probe.h"

#include <string_view>

#include "milter/store/open_sql.h"
#include "milter/store/sql_database.h"

namespace ccgate {
namespace {

constexpr std::string_view kFile = "sqlite:";

SqlSource probed(const std::string& url) {
  return url.starts_with(kFile) ? sqlite_source(url.substr(kFile.size()), StoreAccess::write)
                                : postgresql_source(url, StoreAccess::write);
}

/// Ends a transaction without an error, and without what it did.
struct Undo {};

std::int64_t size_of(SqlConnection& connection, const std::string& url) {
  const std::string_view sql =
      url.starts_with(kFile) ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                             : "SELECT pg_database_size(current_database())";
  return connection.run(sql).at(0).integer(0);
}

}  // namespace

StoreProbe probe_store(const std::string& url) {
  StoreProbe probe;
  try {
    SqlDatabase database(probed(url));
    database.open_now();
    database.read([&](SqlConnection& c) {
      probe.schema = static_cast<std::size_t>(c.run("SELECT version FROM schema_version").at(0).integer(0));
      probe.octets = size_of(c, url);
      const SqlRows newest = c.run("SELECT decided FROM ledger ORDER BY number DESC LIMIT 1");
      if (!newest.empty()) probe.newest = newest.at(0).integer(0);
      const SqlRows tasks = c.run("SELECT count(*), coalesce(min(due), 0) FROM tasks WHERE done = 0");
      probe.backlog.waiting = tasks.at(0).integer(0);
      probe.backlog.oldest_due = tasks.at(0).integer(1);
      return 0;
    });
    try {
      database.write(SqlMode::write, [](SqlConnection& c) {
        c.run("UPDATE schema_version SET version = version");
        throw Undo{};
      });
    } catch (const Undo&) {
      return probe;
    } catch (const StoreError& error) {
      probe.not_written = error.what();
    }
  } catch (const StoreError& error) {
    probe.why = error.what();
  }
  return probe;
}

}  // namespace ccgate
