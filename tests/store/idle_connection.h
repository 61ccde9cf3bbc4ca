// tests/store/idle_connection.h: a connection to nothing.
#pragma once

#include "milter/store/sql.h"

namespace ccgate {

/// Does what it is told, and gives no rows.
class IdleConnection : public SqlConnection {
 public:
  bool good = true;  ///< usable

  void wait_until(std::chrono::steady_clock::time_point /*end*/) override {}
  void begin(SqlMode /*mode*/) override {}
  void commit() override {}
  void rollback() noexcept override {}
  void lock(std::string_view /*name*/) override {}
  bool has_table(std::string_view /*name*/) override { return false; }
  [[nodiscard]] bool usable() const noexcept override { return good; }

 protected:
  SqlRows execute(std::string_view /*sql*/, std::span<const SqlValue> /*values*/) override { return {}; }
};

}  // namespace ccgate
