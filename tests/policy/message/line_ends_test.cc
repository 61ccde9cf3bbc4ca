#include "policy/message/line_ends.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("CR and LF are of use together only, in pieces of any size") {
  struct Row {
    const char* body;
    bool bare;
  };
  for (const Row& row : {Row{"", false},
                         {"a", false},
                         {"\r\n", false},
                         {"a\r\n\r\nb\r\n", false},
                         {"\n", true},
                         {"\r", true},
                         {"a\nb\r\n", true},
                         {"a\rb\r\n", true},
                         {"a\r\r\n", true},
                         {"a\r\n\n", true},
                         {"a\n\r\n", true},
                         {"a\r\nb\r", true},
                         {"a\r\n\rb", true}}) {
    const std::string body = row.body;
    for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
      LineEnds ends;
      for (std::size_t at = 0; at < body.size(); at += piece)
        ends.add(std::string_view(body).substr(at, piece));
      ends.finish();
      INFO(body << " by " << piece);
      CHECK(ends.bare() == row.bare);
    }
  }
}

}  // namespace ccgate
