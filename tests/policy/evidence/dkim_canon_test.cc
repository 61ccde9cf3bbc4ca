#include "policy/evidence/dkim_canon.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::string canonical_body_of(const std::string& body, bool relaxed, std::size_t piece) {
  CanonicalBody canonical(relaxed);
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += piece) canonical.add(body.substr(at, piece), out);
  canonical.finish(out);
  return out;
}

}  // namespace

TEST_CASE("fields, simple and relaxed") {
  struct Row {
    HeaderField field;
    const char* simple;
    const char* relaxed;
  };
  const std::vector<Row> rows = {
      {{"A", " X"}, "A: X", "a:X"},
      {{"B", " Y\t\n\tZ  "}, "B: Y\t\r\n\tZ  ", "b:Y Z"},
      {{"Subject", ""}, "Subject:", "subject:"},
      {{"Subject", " \t "}, "Subject: \t ", "subject:"},
      {{"To", "\n a@nic.xa,\r\n\tb@nic.xa"}, "To:\r\n a@nic.xa,\r\n\tb@nic.xa", "to:a@nic.xa, b@nic.xa"},
      {{"X-Y", "\t\f \v\xa0\t\x80 "}, "X-Y:\t\f \v\xa0\t\x80 ", "x-y:\f \v\xa0 \x80"},
      {{"From ", " a"}, "From : a", "from:a"},
  };
  for (const Row& row : rows) {
    INFO(row.field.name << ":" << row.field.value);
    CHECK(simple_field(row.field) == row.simple);
    CHECK(relaxed_field(row.field) == row.relaxed);
  }
}

TEST_CASE("bodies, simple and relaxed, in pieces of any size") {
  struct Row {
    const char* body;
    const char* simple;
    const char* relaxed;
  };
  const std::vector<Row> rows = {
      {"", "\r\n", ""},
      {"\r\n", "\r\n", ""},
      {"\r\n\r\n", "\r\n", ""},
      {" \r\n", " \r\n", ""},
      {" \t\r\n \r\n\r\n", " \t\r\n \r\n", ""},
      {" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
      {"no end", "no end\r\n", "no end\r\n"},
      {"a\r\n\r\n \r\nb\r\n", "a\r\n\r\n \r\nb\r\n", "a\r\n\r\n\r\nb\r\n"},
      {"\r\na", "\r\na\r\n", "\r\na\r\n"},
      {"a\r\n\f\r\n", "a\r\n\f\r\n", "a\r\n\f\r\n"},
      {"a \v\xa0 \r\n", "a \v\xa0 \r\n", "a \v\xa0\r\n"},
      // Neither is a line end; such mail is refused before.
      {"a\rb\nc\r\n", "a\rb\nc\r\n", "a\rb\nc\r\n"},
      {"a \r\r\n", "a \r\r\n", "a \r\r\n"},
      {"a\r", "a\r\r\n", "a\r\r\n"},
  };
  for (const Row& row : rows) {
    for (const std::size_t piece : {1U, 2U, 3U, 1000U}) {
      INFO(row.body << " by " << piece);
      CHECK(canonical_body_of(row.body, false, piece) == row.simple);
      CHECK(canonical_body_of(row.body, true, piece) == row.relaxed);
    }
  }
}

}  // namespace ccgate
