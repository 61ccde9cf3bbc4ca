#include "milter/store/sql.h"

#include <charconv>

#include "policy/text/utf8.h"

namespace ccgate {

const std::string& SqlRow::text(std::size_t column) const {
  if (column >= columns_.size()) throw SqlError(SqlFault::other, "the database gave too few columns");
  return columns_[column];
}

std::int64_t SqlRow::integer(std::size_t column) const {
  const std::string& digits = text(column);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw SqlError(SqlFault::other, "the database gave no number where one should be");
  return value;
}

std::string in_dialect(std::string_view sql, const SqlDialect& dialect) {
  std::string out;
  out.reserve(sql.size() + 16);
  while (!sql.empty()) {
    const std::size_t plain = std::min(sql.find_first_of("?{"), sql.size());
    out += sql.substr(0, plain);
    sql.remove_prefix(plain);
    if (sql.empty()) break;
    if (sql.front() == '?') {
      out += dialect.placeholder;
      sql.remove_prefix(1);
      continue;
    }
    const std::size_t close = sql.find('}');
    const std::string_view word = sql.substr(1, close - 1);
    if (word == "text")
      out += dialect.text;
    else if (word == "serial")
      out += dialect.serial;
    else if (word == "skip_locked")
      out += dialect.skip_locked;
    else
      throw SqlError(SqlFault::other, "no word of SQL: " + std::string(word));
    sql.remove_prefix(close + 1);
  }
  return out;
}

void require_storable(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) throw SqlError(SqlFault::other, "a text has a NUL in it");
  if (!is_utf8(text)) throw SqlError(SqlFault::other, "a text is not UTF-8");
}

SqlRows SqlConnection::run(std::string_view sql, std::span<const SqlValue> values) {
  for (const SqlValue& value : values)
    if (const auto* text = std::get_if<std::string_view>(&value)) require_storable(*text);
  return execute(sql, values);
}

}  // namespace ccgate
