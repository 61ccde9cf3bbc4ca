#include "milter/store/token.h"

#include <set>

#include "policy/request/own_address.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("each token is another one, and fits into an address") {
  std::set<std::string> tokens;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = new_token();
    CHECK(is_token(token));
    tokens.insert(token);
  }
  CHECK(tokens.size() == 1000);
}

TEST_CASE("of a token its hash is kept") {
  CHECK(token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(token_hash("abd") != token_hash("abc"));
}

TEST_CASE("texts are compared whole") {
  CHECK(same_in_constant_time("", ""));
  CHECK(same_in_constant_time("abc", "abc"));
  CHECK_FALSE(same_in_constant_time("abc", "abd"));
  CHECK_FALSE(same_in_constant_time("abc", "bbc"));
  CHECK_FALSE(same_in_constant_time("abc", "ab"));
  CHECK_FALSE(same_in_constant_time("abc", "abcd"));
}
