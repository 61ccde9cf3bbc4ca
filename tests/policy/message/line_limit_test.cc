#include "policy/message/line_limit.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

bool exceeded(const std::string& octets, std::size_t piece) {
  LineLimit limit;
  for (std::size_t at = 0; at < octets.size(); at += piece)
    limit.add(std::string_view(octets).substr(at, piece));
  return limit.exceeded();
}

TEST_CASE("lines of at most 998 octets, in pieces of any size") {
  struct Row {
    const char* story;
    std::string octets;
    bool exceeded;
  };
  const std::string longest(998, 'x');
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", "", false},
      {"998", longest, false},
      {"998 and CRLF, twice", longest + "\r\n" + longest + "\r\n", false},
      {"998 and LF, twice", longest + "\n" + longest + "\n", false},
      {"998 and CR at the end", longest + "\r", false},
      {"999", longest + "x", true},
      {"999 and CRLF", "\r\n" + longest + "x\r\na", true},
      {"999 in the middle", "a\r\n" + longest + "x\r\na\r\n", true},
      {"a CR that ends no line", longest + "\rx", true},
      {"two CR", longest + "\r\r\n", true},
      {"many short lines", std::string(300, '\n') + std::string(900, 'a') + "\n" + std::string(900, 'b'),
       false},
  }));
  INFO(row.story);
  for (const std::size_t piece : {1U, 2U, 7U, 997U, 998U, 999U, 1000U, 100000U}) {
    INFO(piece);
    CHECK(exceeded(row.octets, piece) == row.exceeded);
  }
}

}  // namespace
}  // namespace ccgate
