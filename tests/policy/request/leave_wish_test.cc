#include "policy/request/leave_wish.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("a mail that asks only to leave") {
  struct Mail {
    const char* subject;
    const char* text;
    bool want;
  };
  const auto row = GENERATE(values<Mail>({
      {"unsubscribe", "", true},
      {"Re: Unsubscribe", "Please take me off.\nAnne", true},
      {"", "> hello\nPlease remove anne@nic.example\n", true},
      {"leave", "and subscribe Bob instead", false},
      {"leave", "It was fun\xe3\x85\xa4subscribe Bob instead", false},  // a filler is seen as a gap
      {"leave", "and add bob@nic.example", false},
      {"unsubscribe", "Bitte Bob aufnehmen", false},
      {"unsubscribe", "ボブの登録をお願いします", false},
      {"hello", "How are you?", false},
      {"", "", false},
  }));
  INFO(row.subject << " / " << row.text);
  CHECK(asks_only_to_leave(Words{row.subject, row.text, true, "", true, {}}) == row.want);
  CHECK_FALSE(asks_only_to_leave(Words{row.subject, row.text, false, "charset", true, {}}));
}

TEST_CASE("a leave address asks by itself") {
  CHECK(asks_only_to_leave(Words{"", "bye", true, "", true, {}}, true));
  CHECK_FALSE(asks_only_to_leave(Words{"", "Bob will join", true, "", true, {}}, true));
}

}  // namespace
}  // namespace ccgate
