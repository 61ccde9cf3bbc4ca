// milter/store/sql_sqlite.h: a file as database.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "milter/store/sql.h"
#include "milter/store/sqlite_journal.h"

namespace ccgate {

struct SqliteOptions {
  std::chrono::milliseconds patience{5000};  ///< with another process that holds the lock
  std::int64_t pages_at_most = 0;            ///< size of the file, in pages of 4096 octets; 0: no bound
};

enum class SqliteAccess {
  create,  ///< writes; an empty file of mode 0600 is made when none is there
  write,   ///< writes to a file that is there
  read,
};

/// A connection to the file `path`, with a journal beside it (`-wal`, `-shm`) so that readers and one writer
/// do not wait for each other; a commit is on the disk when it returns. The file system must be local.
/// A journal that is removed or replaced meanwhile is noticed at begin and at commit: what it held is put
/// into the file, and the connection is lost. SqlError, the reason in words, when it cannot be opened so.
[[nodiscard]] std::unique_ptr<SqlConnection> open_sqlite(const std::string& path, SqliteAccess access,
                                                         const SqliteOptions& options,
                                                         std::shared_ptr<SqliteShare> share = nullptr);

}  // namespace ccgate
