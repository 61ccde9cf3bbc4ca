#include "policy/text/text_lines.h"

#include "policy/text/issue_sink.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("places count characters of any line end") {
  const TextLines lines("a\xc3\xa9z\r\n\nlast");
  CHECK(lines.line(1) == "a\xc3\xa9z");
  CHECK(lines.line(3) == "last");
  CHECK(lines.line(4).empty());
  CHECK(lines.at(3) == Position{1, 3});
  CHECK(lines.at(1) == Position{1, 2});
  CHECK(lines.at(6) == Position{2, 1});
  CHECK(lines.at(99) == Position{3, 5});
}

TEST_CASE("places are right in any order of asking") {
  const std::string text = "\xd0\xba\xd0\xbb\nabc\n\n\xd1\x8e z";
  const std::vector<std::pair<std::size_t, Position>> places{{0, {1, 1}},  {2, {1, 2}}, {4, {1, 3}},
                                                             {5, {2, 1}},  {7, {2, 3}}, {9, {3, 1}},
                                                             {10, {4, 1}}, {13, {4, 3}}};
  const TextLines lines(text);
  for (const auto& [from, first] : places) {
    for (const auto& [to, second] : places) {
      CHECK(lines.at(from) == first);
      CHECK(lines.at(to) == second);
    }
  }
}

TEST_CASE("of a very long line only the neighbourhood of the place is kept") {
  std::string text = "short\n";
  for (int i = 0; i < 10'000; ++i) text += i == 7000 ? "!" : "\xd0\xba";
  const TextLines lines(text);
  CHECK(lines.around({1, 3}).text == "short");
  CHECK(lines.around({1, 3}).column == 1);
  CHECK(lines.around({7, 1}).text.empty());
  CHECK(lines.around({2, 1}).column == 1);
  CHECK(lines.around({2, 0}).column == 1);
  CHECK(lines.around({2, 99'999}).text.ends_with("\xba"));
  for (const std::size_t column :
       {std::size_t{7001}, std::size_t{100}, std::size_t{9000}, std::size_t{7001}}) {
    const TextLines::Part part = lines.around({2, column});
    CHECK(part.text.size() < 3000);
    CHECK(part.text.find('!') == (column == 7001 ? 2 * (7001 - part.column) : std::string_view::npos));
  }
  Issues issues;
  IssueSink("f", text, issues).error({2, 7001}, "odd");
  const std::string shown = render(issues.at(0));
  CHECK_THAT(shown, contains("f:2:7001: error: odd\n...") && contains("\xba!\xd0") &&
                        contains("\n" + std::string(103, ' ') + "^\n"));
}
