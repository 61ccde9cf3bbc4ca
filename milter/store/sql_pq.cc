#include "milter/store/sql_pq.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <unordered_map>

namespace ccgate {

namespace {

constexpr SqlDialect kDialect{'$', "TEXT COLLATE \"C\"", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                              "FOR UPDATE SKIP LOCKED"};
constexpr int kOldestServer = 120000;  // MATERIALIZED
// Longer than any timeout that the server is told: after it the server, or the way to it, is given up.
constexpr std::chrono::seconds kDeadline{8};
constexpr std::chrono::milliseconds kLeast{250};
constexpr std::chrono::seconds kSchemaDeadline{4 * 3600};  // of millions of rows

using Result = std::unique_ptr<PGresult, decltype([](PGresult* result) { PQclear(result); })>;
using Options = std::unique_ptr<PQconninfoOption, decltype([](PQconninfoOption* o) { PQconninfoFree(o); })>;

/// The first line of a message of libpq.
std::string first_line(const char* message) {
  std::string line = message ? message : "";
  line.resize(std::min(line.find('\n'), line.size()));
  return line.empty() ? "the connection broke" : line;
}

/// SQLSTATE -> what to do about it (PostgreSQL's documentation, appendix A).
SqlFault fault_of(std::string_view state) {
  const std::string_view of_class = state.substr(0, 2);
  if (state == "40001" || state == "40P01") return SqlFault::again;
  if (of_class == "23") return SqlFault::constraint;
  // 57P: the server goes down, comes up, or ended an idle connection. 25006: this one has become a standby;
  // 26000 and 0A000: what was prepared is not there, or not the same, any more. A new connection helps.
  if (of_class == "08" || state.substr(0, 3) == "57P" || state == "25006" || state == "25P03" ||
      state == "26000" || state == "0A000")
    return SqlFault::lost;
  return SqlFault::other;
}

/// A number for pg_advisory_xact_lock: FNV-1a.
std::int64_t lock_number(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::string_view part : {std::string_view("ccgate "), name})
    for (const char octet : part) hash = (hash ^ static_cast<unsigned char>(octet)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash);
}

class PqConnection : public SqlConnection {
 public:
  explicit PqConnection(const std::string& url) {
    // What stands before the URL it may say otherwise.
    constexpr std::array keywords{"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                  "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                                  "dbname",           "client_encoding",  static_cast<const char*>(nullptr)};
    const std::array values{
        "4", "10", "5", "3", "10000", "ccgate", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
    connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (!connection_) throw std::bad_alloc();
    if (PQstatus(connection_.get()) != CONNECTION_OK) lose();
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    if (PQserverVersion(connection_.get()) < kOldestServer)
      throw SqlError(SqlFault::other, "is older than PostgreSQL 12");
    const char* encoding = PQparameterStatus(connection_.get(), "server_encoding");
    if (!encoding || std::string_view(encoding) != "UTF8")
      throw SqlError(SqlFault::other, "holds texts in another encoding than UTF8");
    if (PQsetnonblocking(connection_.get(), 1) != 0) lose();
    // Without these a session waits for ever behind one that stands still.
    simple(
        "SELECT set_config(name, CASE name WHEN 'lock_timeout' THEN '4000'"
        " WHEN 'statement_timeout' THEN '5000' WHEN 'idle_in_transaction_session_timeout' THEN '10000' END, "
        "false)"
        " FROM pg_settings WHERE source = 'default' AND name IN"
        " ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout')");
  }

  void wait_until(std::chrono::steady_clock::time_point end) override { patience_ = end; }

  void begin(SqlMode mode) override {
    in_no_hurry_ = mode == SqlMode::schema;
    switch (mode) {
      case SqlMode::write:
        simple("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        return;
      case SqlMode::schema:
        simple("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = 0");
        return;
      case SqlMode::append:
        simple("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock_shared(" +
               std::to_string(lock_number("ledger")) + ")");
        return;
      case SqlMode::settled:
        // Those that append wait behind us while we wait for one of them.
        simple(
            "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL lock_timeout = 2000;"
            " SELECT pg_advisory_xact_lock(" +
            std::to_string(lock_number("ledger")) + ")");
        return;
    }
  }

  void commit() override {
    patience_.reset();  // nobody would know whether it was committed
    const Result result = simple("COMMIT");
    in_no_hurry_ = false;
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
      throw SqlError(SqlFault::other, "the server rolled the transaction back");
  }

  void rollback() noexcept override {
    switch (PQtransactionStatus(connection_.get())) {
      case PQTRANS_IDLE:
        return;
      case PQTRANS_INTRANS:
      case PQTRANS_INERROR:
        try {
          simple("ROLLBACK");
          in_no_hurry_ = false;
          return;
        } catch (...) {
          break;
        }
      case PQTRANS_ACTIVE:
      case PQTRANS_UNKNOWN:
        break;
    }
    usable_ = false;
  }

  void lock(std::string_view name) override { run("SELECT pg_advisory_xact_lock(?1)", {lock_number(name)}); }

  bool has_table(std::string_view name) override {
    // to_regclass would answer from a cache, which a table that came while we waited for a lock is not in.
    return !run("SELECT 1 FROM pg_tables WHERE tablename = ?1 AND schemaname = ANY (current_schemas(false))",
                {name})
                .empty();
  }

  bool usable() const noexcept override { return usable_; }

 protected:
  SqlRows execute(std::string_view sql, std::span<const SqlValue> values) override {
    const std::string& name = prepared(sql);
    std::vector<std::string> texts;  // NUL behind each
    texts.reserve(values.size());
    for (const SqlValue& value : values) {
      if (const auto* number = std::get_if<std::int64_t>(&value))
        texts.push_back(std::to_string(*number));
      else
        texts.emplace_back(std::get<std::string_view>(value));
    }
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(pointers.size()),
                            pointers.data(), nullptr, nullptr, 0) == 0)
      lose();
    const Result result = answer();
    SqlRows rows;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      std::vector<std::string> columns;
      for (int column = 0; column < PQnfields(result.get()); ++column)
        columns.emplace_back(PQgetvalue(result.get(), row, column),
                             static_cast<std::size_t>(PQgetlength(result.get(), row, column)));
      rows.emplace_back(std::move(columns));
    }
    return rows;
  }

 private:
  const std::string& prepared(std::string_view sql) {
    const auto known = statements_.find(std::string(sql));
    if (known != statements_.end()) return known->second;
    const std::string name = "ccgate" + std::to_string(statements_.size());
    if (PQsendPrepare(connection_.get(), name.c_str(), in_dialect(sql, kDialect).c_str(), 0, nullptr) == 0)
      lose();
    answer();
    return statements_.emplace(sql, name).first->second;
  }

  /// Statements without parameters; what the last one gave.
  Result simple(const std::string& sql) {
    if (PQsendQuery(connection_.get(), sql.c_str()) == 0) lose();
    return answer();
  }

  /// Of what was sent: its last result, or the first error.
  Result answer() {
    const auto now = std::chrono::steady_clock::now();
    auto end = now + (in_no_hurry_ ? kSchemaDeadline : kDeadline);
    // A server that works gets the time that it needs, however late it is.
    const auto patience = patience_ && !in_no_hurry_ ? std::max(*patience_, now + kLeast) : end;
    const bool patience_ends = patience < end;
    end = std::min(end, patience);
    Result last;
    for (;;) {
      while (PQisBusy(connection_.get()) != 0) wait(end, patience_ends);
      Result result(PQgetResult(connection_.get()));
      if (!result) break;
      if (!last || !is_error(last.get())) last = std::move(result);
    }
    if (!last) lose();
    if (!is_error(last.get())) return last;
    const char* state = PQresultErrorField(last.get(), PG_DIAG_SQLSTATE);
    if (!state) lose();
    const SqlFault fault = fault_of(state);
    if (fault == SqlFault::lost) usable_ = false;
    throw SqlError(fault, first_line(PQresultErrorField(last.get(), PG_DIAG_MESSAGE_PRIMARY)));
  }

  static bool is_error(const PGresult* result) noexcept {
    const ExecStatusType status = PQresultStatus(result);
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
  }

  /// Until something came, or went out. At the end the server is lost, unless it is only the patience of one
  /// client that ends: others may still be served.
  void wait(std::chrono::steady_clock::time_point end, bool patience_ends) {
    const int unsent = PQflush(connection_.get());
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    if (unsent == 1) socket.events |= POLLOUT;
    if (unsent < 0 || socket.fd < 0) lose();
    if (left.count() <= 0) {
      usable_ = false;
      throw SqlError(patience_ends ? SqlFault::other : SqlFault::lost, "the server does not answer");
    }
    poll(&socket, 1, static_cast<int>(left.count()));
    if (PQconsumeInput(connection_.get()) == 0) lose();
  }

  [[noreturn]] void lose() {
    usable_ = false;
    throw SqlError(SqlFault::lost, first_line(PQerrorMessage(connection_.get())));
  }

  std::unique_ptr<PGconn, decltype([](PGconn* connection) { PQfinish(connection); })> connection_;
  std::unordered_map<std::string, std::string> statements_;  // SQL -> name
  bool usable_ = true;
  bool in_no_hurry_ = false;
  std::optional<std::chrono::steady_clock::time_point> patience_;
};

Options parts_of(const std::string& url, std::string* why) {
  char* message = nullptr;
  Options options(PQconninfoParse(url.c_str(), &message));
  if (why && message) *why = first_line(message);
  PQfreemem(message);
  return options;
}

}  // namespace

std::unique_ptr<SqlConnection> open_pq(const std::string& url) {
  return std::make_unique<PqConnection>(url);
}

std::string fault_of_pq_url(const std::string& url) {
  std::string why;
  if (parts_of(url, &why)) return "";
  // The message shows what it does not understand, which may be a password.
  if (url.find('@') != std::string::npos || url.find("password") != std::string::npos)
    return "is no connection URI of PostgreSQL";
  return "is no connection URI of PostgreSQL: " + why;
}

std::string shown_pq_url(const std::string& url) {
  const Options options = parts_of(url, nullptr);
  std::string host, port, name;
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
    const std::string_view keyword = option->keyword;
    const std::string value = option->val ? option->val : "";
    if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = value.empty() ? host : value;
    if (keyword == "port") port = value;
    if (keyword == "dbname") name = value;
  }
  if (!port.empty() && host.find(',') == std::string::npos)
    port = ":" + port;
  else
    port.clear();
  if (!host.empty() && host.front() == '/')
    return "postgresql:///" + name + "?host=" + host + (port.empty() ? "" : "&port=" + port.substr(1));
  return "postgresql://" + host + port + "/" + name;
}

}  // namespace ccgate
