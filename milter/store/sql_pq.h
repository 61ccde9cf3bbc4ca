// milter/store/sql_pq.h: PostgreSQL as database.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "milter/store/sql.h"

namespace ccgate {

/// A connection to what `url`, a libpq connection URI, names. Nothing on it waits for longer than some
/// seconds, unless the URL or the server's settings for the account say otherwise. SqlError, the reason in
/// words, when there is none.
[[nodiscard]] std::unique_ptr<SqlConnection> open_pq(const std::string& url);

/// Why it is no connection URI; empty: it is one. Never shows a password.
[[nodiscard]] std::string fault_of_pq_url(const std::string& url);
/// What is told of it in logs: host, port and name, without account and password.
[[nodiscard]] std::string shown_pq_url(const std::string& url);

}  // namespace ccgate
