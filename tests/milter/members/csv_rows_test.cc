#include "milter/members/csv_rows.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// `a|b/c|d` of cells and rows.
std::string csv_read(std::string_view text) {
  Issues issues;
  IssueSink sink("members.csv", text, issues);
  std::string all;
  read_csv(text, sink, [&](const CsvRow& row) {
    if (!all.empty()) all += "/";
    for (std::size_t i = 0; i < row.cells.size(); ++i) all += (i == 0 ? "" : "|") + row.cells[i].text;
    return true;
  });
  CHECK(issues.empty());
  return all;
}

std::string csv_faults(std::string_view text) {
  Issues issues;
  IssueSink sink("members.csv", text, issues);
  read_csv(text, sink, [](const CsvRow&) { return true; });
  std::string all;
  for (const Issue& issue : issues)
    all += std::to_string(issue.at.line) + ":" + std::to_string(issue.at.column) + " " + issue.what + "\n";
  return all;
}

}  // namespace

TEST_CASE("cells and rows of comma-separated values") {
  CHECK(csv_read("").empty());
  CHECK(csv_read("\n\r\n").empty());
  CHECK(csv_read("a,b\nc,d\n") == "a|b/c|d");
  CHECK(csv_read("a,b\r\nc,d") == "a|b/c|d");
  CHECK(csv_read("a,b\n\nc,d\r\n\r\n") == "a|b/c|d");
  CHECK(csv_read(",\n,,") == "|/||");
  CHECK(csv_read("\"a,b\",c") == "a,b|c");
  CHECK(csv_read("\"a \"\"b\"\"\",\"\"\n") == "a \"b\"|");
  CHECK(csv_read("\"a\nb\",c\nd,e") == "a\nb|c/d|e");
  CHECK(csv_read("a\rb,c") == "a\rb|c");
}

TEST_CASE("every fault in comma-separated values is told, with its place") {
  CHECK(csv_faults("a\"b,c\nd,e\"f\"\n") ==
        "1:2 a quote within a cell that does not begin with one\n"
        "2:4 a quote within a cell that does not begin with one\n");
  CHECK(csv_faults("\"a\"b,c\n\"\xc3\xa4\" ,d\n") ==
        "1:4 text behind a closing quote\n2:4 text behind a closing quote\n");
  CHECK(csv_faults("a,b\nc,\"d\ne,f\n") == "2:3 this quote is never closed\n");
  CHECK(csv_faults("\"") == "1:1 this quote is never closed\n");
}

TEST_CASE("a spreadsheet runs no cell") {
  CHECK(csv_cell("Anne") == "Anne");
  CHECK(csv_cell("").empty());
  CHECK(csv_cell("Anne, \"A\"") == "\"Anne, \"\"A\"\"\"");
  CHECK(csv_cell("=HYPERLINK(\"http://evil.example\",\"x\")") ==
        "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"");
  for (const char* run : {"=1", "+1", "-1", "@a", "\tx"}) {
    CHECK(csv_cell(run) == std::string("'") + run);
    CHECK(without_apostrophe(csv_cell(run)) == run);
  }
  CHECK(csv_cell("\rx") == "\"'\rx\"");
  for (const char* plain : {"'", "", "'a", "'' =", "O'Neil"}) CHECK(without_apostrophe(plain) == plain);
}

}  // namespace ccgate
