#include "policy/request/mlmmj.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;
using enum RequestKind;

TEST_CASE("the words of mlmmj, and no others") {
  struct Row {
    const char* word;
    RequestKind kind;
    bool known = true;
  };
  const auto row = GENERATE(values<Row>({
      {"", post},
      {"bounces", post},
      {"bounces-7", post},
      {"bounces-7-anne=nic.example", post},
      {"bounces-confsub-0123", post},
      {"bounces-7/x", subscribe, false},
      {"bouncesx", subscribe, false},
      {"owner", owner},
      {"owners", subscribe, false},
      {"help", other},
      {"Help", other},
      {"helpx", subscribe, false},
      {"help-0123", subscribe, false},
      {"faq", other},
      {"list", other},
      {"get-12", other},
      {"get-x", subscribe, false},
      {"get", subscribe, false},
      {"moderate-0123456789abcdef", other},
      {"release-0123456789abcdef", other},
      {"reject-0123456789abcdef", other},
      {"unsubscribe", unsubscribe},
      {"unsubscribe-digest", unsubscribe},
      {"unsubscribe-nomail", unsubscribe},
      {"unsubscribe-now", subscribe, false},
      {"confsub-0123456789abcdef", confirm},
      {"confsub-nomail-0123", confirm},
      {"confunsub-digest-0123", confirm},
      {"confsub", subscribe, false},
      {"confsub-xyz", subscribe, false},
      {"confsub-0123-subscribe", subscribe, false},
      {"permit-0123", confirm},
      {"obstruct-0123", confirm},
      {"subconf-0123", subscribe, false},
      {"subscribe", subscribe},
      {"subscribe-digest", subscribe},
      {"Subscribe-Both", subscribe},
      {"subscribe-digest+xa", subscribe},
      {"subscribe-xa", subscribe},
      {"subscribers", subscribe, false},
      {"join", subscribe, false},
      {"fr", subscribe, false},
  }));
  INFO(row.word);
  const MlmmjWord word = mlmmj_word(row.word);
  CHECK(word.kind == row.kind);
  CHECK(word.known == row.known);
}

TEST_CASE("words in recipient fields") {
  const ListAddresses list{
      address("mlm@mlmmj.example"), Manager::mlmmj, {}, {address("news@nic.example")}, '+'};
  struct Row {
    const char* to;
    RequestKind kind;
    bool known = true;
  };
  const auto row = GENERATE(values<Row>({
      {"mlm@mlmmj.example", post},
      {"mlm+help@mlmmj.example", other},
      {"mlm+odd@mlmmj.example", subscribe, false},
      {"mlm+odd@MLMMJ.example", subscribe, false},
      {"mlm+odd@nic.example", subscribe, false},
      {"news+odd@mlmmj.example", subscribe, false},
      {"Anne <mlm+odd@other.example>, mlm@mlmmj.example", post},
      {"mlm+subscribe@other.example", subscribe},
      {"mlm+odd", subscribe, false},
      {"mlm+odd@", subscribe, false},
      {"mlm+odd@other.example@mlmmj.example", subscribe, false},
      {"mlm+odd@other.example.", subscribe, false},
      {"mlm+odd@other_.example", subscribe, false},
      {"\"mlm+\" odd@mlmmj.example", subscribe, false},
      {"mlm+ (x) odd <mlm@mlmmj.example>", subscribe, false},
      {"mlm+odd@mlmmj.example, mlm+subscribe@mlmmj.example", subscribe, true},
  }));
  INFO(row.to);
  const MlmmjWord word = mlmmj_word_in_header(list, {{"Subject", " mlm+odd@mlmmj.example"}, {"Cc", row.to}});
  CHECK(word.kind == row.kind);
  CHECK(word.known == row.known);
}

}  // namespace
}  // namespace ccgate
