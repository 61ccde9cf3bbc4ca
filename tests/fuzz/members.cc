// Members from a file, and written into one.
#include "milter/members/csv_rows.h"
#include "milter/members/member_import.h"
#include "milter/members/member_lines.h"
#include "milter/members/member_text.h"
#include "policy/text/issue_sink.h"
#include "policy/text/utf8.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestTable = std::size_t{1024} * 1024;  // of 16 MiB: many rows are as few
constexpr std::int64_t kImported = 1894708800;

void check_members(const std::optional<std::vector<Member>>& members, const Issues& issues) {
  expect(members.has_value() != has_errors(issues), "half a file of members is none");
  if (!members) return;
  for (const Member& each : *members) {
    const auto address = Address::parse(each.email);
    expect(address && address->key() == each.address, "a member has an address", each.email);
    expect(Domain::parse(each.cctld) && Domain::parse(each.cctld)->ascii() == each.cctld, "and a ccTLD",
           each.cctld);
    for (const std::string* text : {&each.name, &each.phone, &each.other_email}) {
      expect_utf8(member_text(*text), "what is shown is UTF-8");
      expect(member_text(member_text(*text)) == member_text(*text), "what is harmless stays", *text);
    }
    expect(each.checked == 0 && each.voucher.empty(), "nobody stands for whom a file names");
  }
}

void run_members(std::string_view input) {
  Issues issues;
  check_members(read_members_csv(input, "f", "tld-ops", kImported, issues), issues);
  issues.clear();
  check_members(read_member_lines(input, "f", "tld-ops", kImported, issues), issues);
  (void)are_member_lines(input);
  Issues none;
  IssueSink sink("f", input, none);
  std::string written;
  std::vector<CsvRow> rows;
  read_csv(input, sink, [&](const CsvRow& row) {
    expect(!row.cells.empty() && row.cells.size() <= kMostCells, "cells are bounded");
    rows.push_back(row);
    return rows.size() < 10000;
  });
  if (has_errors(none)) return;
  for (const CsvRow& row : rows) {
    std::string line;
    for (const CsvCell& cell : row.cells)
      line += (&cell == row.cells.data() ? "" : ",") + csv_cell(cell.text);
    const std::string text = "x," + line + "\r\n";  // never an empty line
    Issues more;
    IssueSink other("f", text, more);
    read_csv(text, other, [&](const CsvRow& again) {
      expect(again.cells.size() == std::min(row.cells.size() + 1, kMostCells), "a row reads itself", text);
      for (std::size_t i = 1; i < again.cells.size(); ++i) {
        const std::string& now = again.cells[i].text;
        const std::string& then = row.cells[i - 1].text;
        expect(now == then || now == "'" + then, "a cell reads itself", now);
        expect(now.empty() || std::string_view("=+-@\t\r").find(now.front()) == std::string_view::npos,
               "no cell is run by a spreadsheet", now);
      }
      return true;
    });
  }
}

std::vector<std::string> members_seeds() {
  return {
      "cctld,name,email,phone,other_email,since\r\nxa,\"Anne \"\"A\"\"\",anne@nic.xa,+999 "
      "1,a@b.example,2020-01-01\r\n",
      "cctld,name,email,phone\nxn--p1ai,'=1+1,b@nic.xa,\n\n.xb,B\xc3\xb6,c@nic.xb,1\n",
      "\"Anne, #1, .xa, +31 20 1234567\" <anne@nic.xa>\n=?utf-8?q?J=C3=B6rg=2C_=2Exb?= <j@nic.xb>\n"};
}

std::vector<std::string> members_extremes() {
  const std::string head = "cctld,name,email,phone\n";
  std::vector<std::string> all;
  for (const char* piece :
       {",", "\"", "\"\"", "a,b\n", "\n", "xa,A,a@nic.xa,1\n", "xa,\"", "'", "\r", "=?utf-8?q?x?= "}) {
    all.push_back(head + filled_up(piece, kLargestTable / 2));
    all.push_back(filled_up(piece, kLargestTable / 2));
  }
  all.push_back("\"" + filled_up("A, .xa, ", kLargestTable / 2) + "\" <a@nic.xa>\n");
  return all;
}

}  // namespace

Target members_target() {
  return {"members", kLargestTable, run_members, members_seeds, members_extremes};
}

}  // namespace ccgate::fuzz
