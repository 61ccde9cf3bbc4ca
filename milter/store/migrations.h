// milter/store/migrations.h: the tables, and how they came to be as they are.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "milter/store/sql.h"

namespace ccgate {

/// What leads from one version of the schema to the next: statements, run in one transaction.
using Migration = std::vector<std::string_view>;

/// All of them; the first makes version 1 of an empty database.
[[nodiscard]] std::span<const Migration> migrations();

/// Brings the database to the version that `steps` leads to. Of several processes at once one does it.
/// SqlError: it is of a newer version already.
void migrate(SqlConnection& connection, std::span<const Migration> steps);

/// SqlError, in words for people, unless the database is of exactly the version that `steps` leads to.
void require_current(SqlConnection& connection, std::span<const Migration> steps);

}  // namespace ccgate
