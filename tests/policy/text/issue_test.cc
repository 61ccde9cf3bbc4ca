#include "policy/text/issue.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("an issue is shown with its line and a caret under the place") {
  struct Row {
    const char* story;
    Issue issue;
    std::string want;
  };
  const auto e = Severity::error;
  const auto row = GENERATE_COPY(values<Row>({
      {"a whole one",
       {e, "a.yaml", {3, 5}, "unknown key `adress`", "did you mean `address`?", "    adress: x"},
       "a.yaml:3:5: error: unknown key `adress`\n    adress: x\n    ^\nhelp: did you mean `address`?\n"},
      {"a warning without help",
       {Severity::warning, "a.yaml", {1, 1}, "odd", "", "x"},
       "a.yaml:1:1: warning: odd\nx\n^\n"},
      {"a note without place", {Severity::note, "a.yaml", {}, "odd", "", ""}, "a.yaml: note: odd\n"},
      {"a line without column", {e, "a.yaml", {7, 0}, "odd", "", "x: y"}, "a.yaml:7: error: odd\nx: y\n"},
      {"no file", {e, "", {}, "odd", "", ""}, "error: odd\n"},
      {"a tab before the place", {e, "a", {1, 4}, "odd", "", "\ta: b"}, "a:1:4: error: odd\n\ta: b\n\t  ^\n"},
      {"letters of two octets",
       {e, "a", {1, 6}, "odd", "", "\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87:x"},
       "a:1:6: error: odd\n\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87:x\n     ^\n"},
      {"wide letters",
       {e, "a", {1, 3}, "odd", "", "\xe5\x8f\xb0\xe7\x81\xa3x"},
       "a:1:3: error: odd\n\xe5\x8f\xb0\xe7\x81\xa3x\n    ^\n"},
      {"a combining accent",
       {e, "a", {1, 3}, "odd", "", "e\xcc\x81x"},
       "a:1:3: error: odd\ne\xcc\x81x\n ^\n"},
      {"a place at the end of the line", {e, "a", {1, 3}, "odd", "", "ab"}, "a:1:3: error: odd\nab\n  ^\n"},
      {"a place beyond it", {e, "a", {1, 9}, "odd", "", "ab"}, "a:1:9: error: odd\nab\n  ^\n"},
      {"controls and direction marks are not passed on",
       {e, "a", {1, 1}, "key `\x1b[2J`", "", "\xe2\x80\xaex\x07"},
       "a:1:1: error: key `\xef\xbf\xbd[2J`\n\xef\xbf\xbdx\xef\xbf\xbd\n^\n"},
      {"octets that are no UTF-8",
       {e, "a", {1, 3}, "odd", "", "\xff\xc3x"},
       "a:1:3: error: odd\n\xef\xbf\xbd\xef\xbf\xbdx\n  ^\n"},
  }));
  INFO(row.story);
  CHECK(render(row.issue) == row.want);
}

TEST_CASE("a long line is cut to the neighbourhood of the place") {
  const std::string line = std::string(500, 'a') + "B" + std::string(500, 'c');
  const std::string shown = render({Severity::error, "a", {1, 501}, "odd", "", line});
  CHECK(shown == "a:1:501: error: odd\n..." + std::string(100, 'a') + "B" + std::string(99, 'c') + "...\n" +
                     std::string(103, ' ') + "^\n");
}

TEST_CASE("the nearest word is within a third of the length") {
  struct Row {
    const char* word;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"adress", "address"},
      {"addresss", "address"},
      {"addrses", "address"},  // neighbours swapped count as one
      {"ADDRESS", "address"},
      {"polcy", "policy"},
      {"manger", "manager"},
      {"frm", "form"},
      {"fm", ""},
      {"completely", ""},
      {"", ""},
  }));
  INFO(row.word);
  const std::vector<std::string> known{"address", "manager", "form", "policy"};
  CHECK(nearest(row.word, known) == row.want);
  const std::string want = row.want;
  CHECK(did_you_mean(row.word, known) == (want.empty() ? "" : "did you mean `" + want + "`?"));
}

TEST_CASE("only errors count as errors, and issues sort by place") {
  Issues issues{{Severity::warning, "a", {9, 1}, "w", "", ""},
                {Severity::note, "a", {2, 7}, "n", "", ""},
                {Severity::note, "a", {2, 1}, "m", "", ""}};
  CHECK_FALSE(has_errors(issues));
  sort_by_place(issues, 0);
  CHECK(issues[0].what == "m");
  CHECK(issues[2].what == "w");
  issues.push_back({});
  CHECK(has_errors(issues));
}
