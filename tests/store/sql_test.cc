#include "milter/store/sql.h"

#include "tests/store/idle_connection.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("SQL is written in the dialect of the database") {
  const SqlDialect dialect{'$', "TEXT COLLATE \"C\"", "BIGSERIAL", "FOR UPDATE SKIP LOCKED"};
  CHECK(in_dialect("SELECT a FROM b WHERE c = ?1 AND d = ?2 {skip_locked}", dialect) ==
        "SELECT a FROM b WHERE c = $1 AND d = $2 FOR UPDATE SKIP LOCKED");
  CHECK(in_dialect("CREATE TABLE b (n {serial}, a {text} NOT NULL)", dialect) ==
        "CREATE TABLE b (n BIGSERIAL, a TEXT COLLATE \"C\" NOT NULL)");
  CHECK(in_dialect("", dialect).empty());
  CHECK_THROWS_WITH(in_dialect("SELECT {colour}", dialect), "no word of SQL: colour");
}

TEST_CASE("a row tells when a column is not there, or no number") {
  const SqlRow row({"12", "", "twelve", "12x", "99999999999999999999"});
  CHECK(row.text(0) == "12");
  CHECK(row.integer(0) == 12);
  CHECK(row.text(1).empty());
  for (const std::size_t column : {1U, 2U, 3U, 4U})
    CHECK_THROWS_WITH(row.integer(column), "the database gave no number where one should be");
  CHECK_THROWS_WITH(row.text(5), "the database gave too few columns");
}

TEST_CASE("what a database would not keep as it is does not reach it") {
  IdleConnection connection;
  CHECK(connection.run("SELECT ?1", {"\u00fcber"}).empty());
  CHECK_THROWS_WITH(connection.run("SELECT ?1", {std::string_view("a\0b", 3)}), "a text has a NUL in it");
  CHECK_THROWS_WITH(connection.run("SELECT ?1", {"\xff"}), "a text is not UTF-8");
}
