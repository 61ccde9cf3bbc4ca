// What people are shown of what others wrote: in the log, on terminals, in mails, tables and pages.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "milter/iana/foreign_text.h"
#include "milter/members/member_text.h"
#include "milter/notice/plain_text.h"
#include "milter/notice/shown_value.h"
#include "milter/report/html_writer.h"
#include "milter/system/log.h"
#include "milter/system/log_output.h"
#include "milter/tool/explain_text.h"
#include "milter/tool/ledger_show.h"
#include "milter/tool/ledger_table.h"
#include "milter/tool/output.h"
#include "policy/text/characters.h"
#include "policy/text/terminal_text.h"
#include "policy/text/utf8.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestShown = std::size_t{256} * 1024;

/// UTF-8 without what repaints a terminal or turns a line around; `lines`: it has several.
void expect_harmless(const std::string& text, const char* what, bool lines = false) {
  expect_utf8(text, what);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = read_code_point(text, at).value_or(0);
    if (code == '\t' || (lines && code == '\n')) continue;
    expect(!is_control(code) && !is_line_end(code) && !is_direction_mark(code), what, text);
  }
}

/// Nothing of it is a link: each mark that one needs stands in brackets, or before a blank or the end.
void expect_no_link(const std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c != '.' && c != ':' && c != '@' && c != '/') continue;
    const bool bracketed = at > 0 && text[at - 1] == '[' && at + 1 < text.size() && text[at + 1] == ']';
    const bool last = at + 1 == text.size() || text[at + 1] == ' ' || (c == '.' && text[at + 1] == '.');
    expect(bracketed || ((c == '.' || c == ':') && last), "no mark of a link", text);
  }
  expect(text.find_first_of("<>\\`") == std::string::npos, "no mark of markup", text);
}

void check_log(const std::string& text) {
  LogLine line(LogLevel::info, "decision");
  line.add("from", text).add("number", 1).add("why", text);
  const std::string plain = line.render(LogFormat::logfmt, 1894708800);
  expect(plain.size() < kLongestLogLine, "a line is bounded");
  expect_harmless(plain, "a line of the log is one");
  const std::string json = line.render(LogFormat::json, 1894708800);
  expect(json.size() < kLongestLogLine && json.find('\n') == std::string::npos, "so is one of JSON");
  expect_harmless(json, "a line of JSON in the log is harmless");
  const auto read = nlohmann::json::parse(json, nullptr, false);
  expect(read.is_object() && read.contains("event") && read.contains("why"), "a line of JSON can be read",
         json);
}

void check_ledger(const std::string& text) {
  LedgerEntry entry;
  entry.id = "7k2m9qx40c1d";
  entry.list = entry.author = entry.author_domain = entry.mail_from = entry.helo = entry.message_id = text;
  entry.cctlds = entry.recipients = {text};
  entry.client = entry.verdict = entry.ground = entry.rule = entry.reply = entry.queue_id = text;
  entry.people = R"([{"name": )" +
                 nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
                 R"(, "email": "a@b"}])";
  entry.explanation = text;
  LedgerEvent event;
  event.who = event.detail = text;
  expect_harmless(LedgerTable(0).lines({{1, entry}}), "a table is harmless", true);
  expect_harmless(LedgerTable(80).lines({{1, entry}}), "a table that is cut is harmless", true);
  expect_harmless(show_decision({entry, {event}, {}}), "a decision shown is harmless", true);
  const auto json = show_decision_json({entry, {event}, {}});
  expect_harmless(json_line(json), "a line of JSON is harmless", true);
  nlohmann::ordered_json explanation = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!explanation.is_discarded())
    expect_harmless(explain_text(explanation), "an explanation is harmless", true);
}

void run_shown(std::string_view input) {
  const std::string text(input);
  expect_harmless(shown(input), "what is shown is harmless");
  expect_harmless(clean_value(input, 300), "a value of a mail is harmless");
  expect_harmless(plain_words(input, 300), "words in a mail are harmless");
  expect_no_link(plain_words(input, 300));
  expect_harmless(plain_sentence(input, 300), "a sentence in a mail is harmless");
  expect_harmless(shown_foreign_address(input), "an address of others is harmless");
  expect_no_link(shown_foreign_address(input));
  expect_harmless(shown_person(input, input, input, input), "a person is harmless");
  expect_harmless(member_text(input), "a member is harmless");
  expect_printable(quoted_ascii(input), "what is quoted is ASCII");
  expect_harmless(one_line(shown(input)), "one line is one");
  expect_printable(value_of(plain_words(input, 300)).subject, "a Subject is ASCII");
  check_log(text);
  check_ledger(text);
  HtmlWriter page;
  page.doctype().open("p", {{"title", text}}).text(input).others(input).element("b", input);
  const std::string html = page.take();
  expect_harmless(html, "a page is harmless", true);
  expect(std::count(html.begin(), html.end(), '<') == 7, "nothing in a page becomes markup", html);
  Issue issue;
  issue.file = issue.what = issue.help = issue.line = text;
  issue.at = {3, 5};
  expect_utf8(render(issue), "an issue is UTF-8");
}

std::vector<std::string> shown_seeds() {
  return {"Anne <anne@nic.xa>",
          "\x1b[2J\x1b]0;x\x07",
          "a\u202eb\u2066c\u2069",
          "www.evil.example http://a.b/c",
          "a\xff\xc0\x80z",
          "{\"event\":\"x\"}\n<script>alert(1)</script>",
          "\u3002\uff0e\u2024 \uff20 \u29f8",
          "192.0.2.1 5.1.1 2001:db8::1",
          "=cmd|'/C calc'!A0",
          "\xc2\x85\xe2\x80\xa8\x7f",
          repository_file("tests/ledger/explanation.json")};
}

std::vector<std::string> shown_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"\x1b", "\u202e", "\xff", ".", "a.", "\"", "\\", "<", "[", "{\"a\":", "\u0301",
                            "\n", " ", "\u200d", "\xf0\x9f\x98\x80", "1:"})
    all.push_back(filled_up(piece, kLargestShown - 10));
  return all;
}

}  // namespace

Target shown_target() {
  return {"shown", kLargestShown, run_shown, shown_seeds, shown_extremes};
}

}  // namespace ccgate::fuzz
