// milter/store/open_sql.h: databases of either kind as stores.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "milter/store/migrations.h"
#include "milter/store/sql_database.h"
#include "milter/store/sql_sqlite.h"
#include "milter/store/store.h"
#include "milter/store/store_access.h"

namespace ccgate {

// Where the connections of a store come from. To open it, one is made and the schema seen to, so that what is
// wrong is told then: a StoreError with the name of the store. `steps` leads to the schema that the database
// shall have, and outlives the opening.

[[nodiscard]] SqlSource sqlite_source(const std::string& path, StoreAccess access,
                                      const SqliteOptions& options = {},
                                      std::span<const Migration> steps = migrations());
/// `url`: a libpq connection URI.
[[nodiscard]] SqlSource postgresql_source(const std::string& url, StoreAccess access,
                                          std::span<const Migration> steps = migrations());

/// A store that is open. Throws StoreError.
[[nodiscard]] std::unique_ptr<Store> open_sql_store(SqlSource source);

}  // namespace ccgate
