#include "policy/text/lines.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Lines = std::vector<std::string_view>;

TEST_CASE("lines end wherever a list manager ends them") {
  CHECK(split_lines("") == Lines{});
  CHECK(split_lines("a\r\n\r\nb\nc") == Lines{"a", "b", "c"});
  CHECK(split_lines("a\vb\fc\x1c"
                    "d\xc2\x85"
                    "e\xe2\x80\xa8"
                    "f\xe2\x80\xa9g") == Lines{"a", "b", "c", "d", "e", "f", "g"});
}

TEST_CASE("words end at Unicode blanks too") {
  CHECK(split_words(" join\t xa\xc2\xa0xb\xe3\x80\x80xc ") == Lines{"join", "xa", "xb", "xc"});
}

TEST_CASE("reply marks, tags and quote marks are removed from the start") {
  struct Row {
    std::string_view line, want;
  };
  const auto row = GENERATE(values<Row>({
      {"join", "join"},
      {"Re: join", "join"},
      {"RE : Fwd: AW: join", "join"},
      {"Re[2]: [tld-ops] Re: join", "join"},
      {"> > >> join", "join"},
      {"回复：join", "join"},
      {"> [x] SV: | join", "join"},
      {"subscribe: xa", "subscribe: xa"},
      {"[no end join", "[no end join"},
      {"", ""},
  }));
  INFO(row.line);
  CHECK(strip_reply_prefixes(row.line) == row.want);
}

TEST_CASE("spellings of one label fold to one") {
  CHECK(fold_letters("Téléphone") == "telephone");
  CHECK(fold_letters("Te\xcc\x81l\xc3\xa9phone") == "telephone");
  CHECK(fold_letters("ＮＡＭＥ") == "name");
  CHECK(fold_letters("ТЕЛЕФОН") == "телефон");
  CHECK(fold_letters("un\xe3\x85\xa4SUB\xef\xb8\x8fscribe") ==
        "un subscribe");  // a filler, a variation selector
  CHECK(fold_letters("E\xe2\x80\x91Mail\xe2\x80\x8e") == "e-mail");
  CHECK(fold_letters("imię") == "imie");
  CHECK(fold_letters("N\xc2\xad"
                     "a\xef\xb8\x8fme") == "name");
}

}  // namespace
}  // namespace ccgate
