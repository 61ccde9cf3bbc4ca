#include "policy/prose/line_words.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// Words between bars, with a mark of their kind before: `.` dotted, `@` address, `=` option; those in
/// brackets behind `(`.
std::string told(std::string_view line) {
  std::string out;
  for (const LineWord& word : line_words(line)) {
    if (!out.empty()) out += '|';
    if (word.bracket > 0) out += '(';
    if (word.kind == LineWord::Kind::dotted) out += '.';
    if (word.kind == LineWord::Kind::address) out += '@';
    if (word.kind == LineWord::Kind::option) out += '=';
    out += word.text;
  }
  return out;
}

TEST_CASE("a line as words") {
  struct Row {
    const char* line;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"", ""},
      {"subscribe xa, .xb", "subscribe|xa|.xb"},
      {"*xa* \"xb\" <xc>", "xa|xb|xc"},
      {"[a] (b (c)) {d}", "(a|(b|(c|(d"},
      {"(open", "open"},
      {"xn--p1ai sign-up", "xn--p1ai|sign-up"},
      {"anne+list@nic.example, <mailto:a@x.example>", "@anne+list@nic.example|@mailto:a@x.example"},
      {"https://nic.example/.xa/xb www.nic.example", "@https://nic.example/.xa/xb|@www.nic.example"},
      {"digest=no", "=digest=no"},
      {"nic.xa. .xa.", "nic.xa|.xa"},
      {"don't d'.xa", "don|t|d|.xa"},
      {".xa-Registry .xn--p1ai", ".xa|Registry|.xn--p1ai"},
      {"xaの登録。よろしく", "xa|の登録|よろしく"},
      {"参加.xa和.xb", "参加|.xa|和|.xb"},
      {"... - \xe2\x80\x93 \xf0\x9f\x99\x8f", ""},
  }));
  INFO(row.line);
  CHECK(told(row.line) == row.want);
}

}  // namespace
}  // namespace ccgate
