#include "policy/text/base64.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("base64 both ways (RFC 4648 10)") {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"},
                                                      {"\xff\xfe\xfb", "//77"},
                                                      {"\xfb\xef", "++8="}};
  for (const auto& [octets, text] : rows) {
    INFO(text);
    CHECK(base64_encoded(octets) == text);
    CHECK(base64_decoded(text) == octets);
  }
  CHECK(base64_decoded("Zm9\r\n v Yg") == "foob");
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(base64_decoded(base64_encoded(all)) == all);
}

}  // namespace ccgate
