#include "milter/mime/content_type.h"

#include "milter/mime/charset.h"
#include "milter/mime/mime_cost.h"
#include "milter/mime/transfer_encoding.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("Content-Type, strictly") {
  struct Row {
    std::string_view field;
    const char* want;  // `type name=value ...`; nullptr: refused
  };
  const auto row = GENERATE(values<Row>({
      {" text/plain", "text/plain"},
      {"TEXT/Plain; CHARSET=UTF-8", "text/plain charset=UTF-8"},
      {" text/plain;\n charset=\"a b\" ; x=y;", "text/plain charset=a b x=y"},
      {"text/plain; charset=\"\"", "text/plain charset="},
      {"", nullptr},
      {"text", nullptr},
      {"text/", nullptr},
      {"/plain", nullptr},
      {"text /plain", nullptr},
      {"text/plain charset=x", nullptr},
      {"text/plain; charset", nullptr},
      {"text/plain; charset=", nullptr},
      {"text/plain; charset =x", nullptr},
      {"text/plain; charset=x; Charset=y", nullptr},
      {"text/plain; charset=\"x", nullptr},
      {"text/plain; charset=\"\\x\"", nullptr},
      {"text/plain; charset=x y", nullptr},
      {"text/plain (comment)", nullptr},
      {"text/plain;; x=y", nullptr},
      {"text/plain, text/html", nullptr},
      {std::string_view("text/plain\0", 11), nullptr},
  }));
  INFO(row.field);
  const auto type = parse_content_type(row.field);
  REQUIRE(type.has_value() == (row.want != nullptr));
  if (!type) return;
  std::string told = type->type;
  for (const auto& [name, value] : type->params) told += " " + name + "=" + value;
  CHECK(told == row.want);
}

TEST_CASE("Content-Transfer-Encoding") {
  CHECK(parse_transfer_encoding(" 7BIT ") == TransferEncoding::identity);
  CHECK(parse_transfer_encoding("Base64") == TransferEncoding::base64);
  CHECK(parse_transfer_encoding("quoted-printable") == TransferEncoding::quoted_printable);
  CHECK_FALSE(parse_transfer_encoding("x-uuencode"));
  CHECK_FALSE(parse_transfer_encoding("base64 (x)"));
  CHECK_FALSE(parse_transfer_encoding(""));
}

TEST_CASE("quoted-printable that every decoder reads alike") {
  for (const auto* plain : {"", "=", "=41", "=4a=0A", "a=\r\nb", "a=\nb", "a=", "a=\r"}) {
    INFO(plain);
    CHECK(is_plain_quoted_printable(plain));
  }
  for (const auto* odd : {"=4", "=4g", "a= \r\nb", "a=\tb", "a= ", "==41"}) {
    INFO(odd);
    CHECK_FALSE(is_plain_quoted_printable(odd));
  }
  CHECK(decode_quoted_printable("=41=7a=\r\n b=\nc =E9=") == "Az bc \xe9");
}

TEST_CASE("base64") {
  CHECK(is_plain_base64("am9p\r\n bg==\r\n"));
  CHECK_FALSE(is_plain_base64("am9pbg==am9pbg=="));
  CHECK_FALSE(is_plain_base64("am9"));
  CHECK(decode_base64("am9p\r\n bg==\r\n") == "join");
  CHECK(decode_base64("//79") == "\xff\xfe\xfd");
  CHECK(decode_base64("").empty());
}

TEST_CASE("charsets in which ASCII is not ASCII are none") {
  for (const auto* charset :
       {"utf-7", "utf-16", "utf-16le", "utf-32", "ibm037", "hz-gb-2312", "utf-7-imap"}) {
    INFO(charset);
    CHECK_FALSE(is_known_charset(charset));
    CHECK_FALSE(to_utf8("a", charset));
  }
  for (const auto* charset :
       {"", "US-ASCII", "UTF-8", "ISO-8859-1", "windows-1252", "KOI8-R", "Shift_JIS", "EUC-KR", "big5",
        "gb18030", "iso-2022-jp", "tis-620", "iso-8859-8-i", "ks_c_5601-1987", "windows-874"}) {
    INFO(charset);
    CHECK(is_known_charset(charset));
    CHECK(to_utf8("Name: a\r\n", charset) == "Name: a\r\n");
  }
}

TEST_CASE("what is cheap to parse") {
  CHECK(is_cheap_mime("", 1));
  CHECK(is_cheap_mime("Content-Type: a/b\n\n--b\ncontent-type: a/b\n", 2));
  CHECK_FALSE(is_cheap_mime("Content-Type: a/b\n\n--b\ncontent-type : a/b\n", 1));
}

}  // namespace
}  // namespace ccgate
