#include "milter/store/sql_sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>
#include <thread>
#include <unordered_map>

namespace ccgate {

namespace {

constexpr SqlDialect kDialect{'?', "TEXT", "INTEGER PRIMARY KEY AUTOINCREMENT", ""};

struct Close {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
constexpr const char* kJournalGone = "its journal was removed or replaced";
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

std::string words_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

[[noreturn]] void fail(sqlite3* database, int code) {
  const std::string own = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw SqlError(SqlFault::other, "locked by another process for too long");
    case SQLITE_CONSTRAINT:
      throw SqlError(SqlFault::constraint, own);
    case SQLITE_FULL:
      throw SqlError(SqlFault::other, "no space is left: " + own);
    case SQLITE_READONLY:
      throw SqlError(SqlFault::other, "cannot be written to: " + own);
    case SQLITE_NOTADB:
      throw SqlError(SqlFault::other, "is no SQLite database");
    case SQLITE_CORRUPT:
      throw SqlError(SqlFault::other, "is damaged: " + own);
    case SQLITE_CANTOPEN: {
      const int error = database ? sqlite3_system_errno(database) : 0;
      throw SqlError(SqlFault::other, "cannot be opened: " + (error != 0 ? words_of(error) : own));
    }
    // What was written may be there or not: the file is opened anew.
    case SQLITE_IOERR:
      throw SqlError(SqlFault::lost, own);
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      throw SqlError(SqlFault::other, own);
  }
}

class SqliteConnection : public SqlConnection {
 public:
  SqliteConnection(const std::string& path, SqliteAccess access, const SqliteOptions& options,
                   std::shared_ptr<SqliteShare> share)
      : path_(path), writes_(access != SqliteAccess::read), journal_(path), share_(std::move(share)) {
    if (!share_) share_ = std::make_shared<SqliteShare>();
    if (!share_->enter()) throw SqlError(SqlFault::again, "its journal was removed or replaced");
    entered_.reset(share_.get());
    const FolderLock opening(path, FolderLock::Kind::opening);
    sqlite3* opened = nullptr;
    const int flags = access == SqliteAccess::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) fail(opened, code);
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, static_cast<int>(options.patience.count()));
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    run("PRAGMA trusted_schema = OFF");
    if (access == SqliteAccess::read) {
      note_journal();
      return;
    }
    // SQLite opens a file that it may not write to for reading, and says so at the first write only.
    if (sqlite3_db_readonly(opened, "main") == 1) throw SqlError(SqlFault::other, "is read-only");
    use_journal(options.patience);
    note_journal();
    run("PRAGMA synchronous = FULL");
    run("PRAGMA journal_size_limit = 67108864");
    run("PRAGMA secure_delete = ON");  // what is purged is gone from the file too
    if (options.pages_at_most > 0) run("PRAGMA max_page_count = " + std::to_string(options.pages_at_most));
  }

  ~SqliteConnection() override {
    if (writes_ && !journal_.in_place()) rescue();
    statements_.clear();
    database_.reset();  // before others may open it
  }

  void wait_until(std::chrono::steady_clock::time_point end) override {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    sqlite3_busy_timeout(database_.get(), static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX)));
  }

  void begin(SqlMode mode) override {
    require_in_place();
    // A plain BEGIN takes the lock at the first write, and then fails at once when another transaction came
    // between, without waiting.
    run(mode == SqlMode::settled ? "BEGIN" : "BEGIN IMMEDIATE");
    if (journal_.in_place()) return;
    rollback();  // while the lock was waited for
    require_in_place();
  }
  void commit() override {
    run("COMMIT");
    // What went into a journal without a name is on the disk only when it is in the file.
    if (!journal_.in_place() && !rescue()) throw SqlError(SqlFault::lost, kJournalGone);
  }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_.get()) == 0)
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (sqlite3_get_autocommit(database_.get()) == 0) usable_ = false;
  }
  void lock(std::string_view) override {}  // BEGIN IMMEDIATE has it
  bool has_table(std::string_view name) override {
    return !run("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1", {name}).empty();
  }
  bool usable() const noexcept override { return usable_; }

 protected:
  SqlRows execute(std::string_view sql, std::span<const SqlValue> values) override {
    try {
      if (sqlite3_get_autocommit(database_.get()) != 0) require_in_place();
      return execute_prepared(prepared(sql), values);
    } catch (const SqlError& error) {
      if (error.fault() == SqlFault::lost) usable_ = false;
      throw;
    }
  }

 private:
  /// What is written to a file that has no name any more is lost, and SQLite does not look.
  void require_in_place() {
    int moved = 0;
    if (sqlite3_file_control(database_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
        moved == 0) {
      if (journal_.in_place()) return;
      rescue();
      throw SqlError(SqlFault::lost, kJournalGone);
    }
    usable_ = false;
    throw SqlError(SqlFault::lost, "its file was removed or replaced");
  }

  void note_journal() {
    run("PRAGMA schema_version");  // opens it
    journal_.note();
  }

  /// Puts what the old journal holds, which is open still, into the file; then this connection is closed.
  /// False: not all of it.
  bool rescue() noexcept {
    usable_ = false;
    share_->journal_is_gone();
    if (!writes_ || sqlite3_get_autocommit(database_.get()) == 0) return false;
    sqlite3_busy_timeout(database_.get(), 1000);
    const FolderLock closed(path_, FolderLock::Kind::putting_away);
    const FileId now = journal_.now();
    // Another one is there: whoever made it has put the old one away. What is in the new one must not be
    // mixed with the old.
    if (!closed.held() || (now != FileId{} && now != journal_.noted())) return false;
    // Where the journal has its name, whoever comes next reads it. Nobody may be writing to it by the locks
    // of the old index then.
    if (now == journal_.noted())
      return sqlite3_exec(database_.get(), "BEGIN IMMEDIATE; ROLLBACK", nullptr, nullptr, nullptr) ==
             SQLITE_OK;
    int held = -1, moved = -2;
    return sqlite3_wal_checkpoint_v2(database_.get(), "main", SQLITE_CHECKPOINT_FULL, &held, &moved) ==
               SQLITE_OK &&
           held == moved;
  }

  /// Two processes that do this at once get in each other's way, and SQLite does not wait here.
  void use_journal(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      sqlite3_stmt* made = nullptr;
      int code = sqlite3_prepare_v2(database_.get(), "PRAGMA journal_mode = WAL", -1, &made, nullptr);
      const Statement statement(made);
      if (code == SQLITE_OK) code = sqlite3_step(made);
      if (code == SQLITE_ROW) return;
      if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() >= end)
        fail(database_.get(), code);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  sqlite3_stmt* prepared(std::string_view sql) {
    const auto known = statements_.find(std::string(sql));
    if (known != statements_.end()) return known->second.get();
    const std::string text = in_dialect(sql, kDialect);
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), text.c_str(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) fail(database_.get(), code);
    return statements_.emplace(sql, Statement(made)).first->second.get();
  }

  SqlRows execute_prepared(sqlite3_stmt* statement, std::span<const SqlValue> values) {
    struct Reset {
      sqlite3_stmt* statement;
      ~Reset() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
      }
    } const reset{statement};
    for (std::size_t i = 0; i < values.size(); ++i) bind(statement, static_cast<int>(i) + 1, values[i]);
    SqlRows rows;
    int code = 0;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(row(statement));
    if (code != SQLITE_DONE) fail(database_.get(), code);
    return rows;
  }

  void bind(sqlite3_stmt* statement, int index, const SqlValue& value) {
    int code = 0;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(statement, index, *number);
    } else {
      const auto& text = std::get<std::string_view>(value);
      // A null pointer would be NULL, not an empty text.
      code = sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    }
    if (code != SQLITE_OK) fail(database_.get(), code);
  }

  static SqlRow row(sqlite3_stmt* statement) {
    std::vector<std::string> columns(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const int column = static_cast<int>(i);
      if (const void* text = sqlite3_column_text(statement, column))
        columns[i].assign(static_cast<const char*>(text),
                          static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    return SqlRow(std::move(columns));
  }

  const std::string path_;
  const bool writes_;
  JournalFiles journal_;
  std::shared_ptr<SqliteShare> share_;
  struct Leave {
    void operator()(SqliteShare* share) const noexcept { share->leave(); }
  };
  std::unique_ptr<SqliteShare, Leave> entered_;  // left when database_ is closed
  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string, Statement> statements_;  // finalized before database_ is closed
  bool usable_ = true;
};

/// SQLite makes files that everybody may read.
void create_private(const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file >= 0)
    close(file);
  else if (errno != EEXIST)
    throw SqlError(SqlFault::other, "cannot be made: " + words_of(errno));
}

}  // namespace

std::unique_ptr<SqlConnection> open_sqlite(const std::string& path, SqliteAccess access,
                                           const SqliteOptions& options, std::shared_ptr<SqliteShare> share) {
  if (access == SqliteAccess::create) create_private(path);
  struct stat about {};
  if (stat(path.c_str(), &about) != 0)
    throw SqlError(SqlFault::other, "cannot be opened: " + words_of(errno));
  if (!S_ISREG(about.st_mode)) throw SqlError(SqlFault::other, "is no file");
  return std::make_unique<SqliteConnection>(path, access, options, std::move(share));
}

}  // namespace ccgate
