// tests/support/order_server.h: the PostgreSQL server that tests/store/postgresql.py started for this run.
#pragma once

#include <string>

namespace ccgate {

/// `restart`, `crash` (and start), `stop` or `start`. Returns when it is done.
void order_server(const std::string& what);

/// CCGATE_TEST_POSTGRESQL; empty: this run has no server.
[[nodiscard]] std::string server_url();

}  // namespace ccgate
