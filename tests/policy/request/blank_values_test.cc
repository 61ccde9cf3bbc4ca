#include "policy/request/blank_values.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("places that are left blank") {
  CHECK(is_blank_place(""));
  CHECK(is_blank_place(" ___ ... -"));
  CHECK_FALSE(is_blank_place("a"));
  CHECK_FALSE(is_blank_place("é"));
}

TEST_CASE("words that say that there is nothing") {
  const auto* const word =
      GENERATE("none", "None.", "(none)", "N/A", "n.a.", "not applicable", "keine", "aucun", "Ninguno",
               "nenhum", "nessuno", "geen", "brak", "нет", "なし", "无", "없음", "لا يوجد", "ingen", "ei ole",
               "žádný", "yok", "κανένα", "nincs");
  INFO(word);
  CHECK(says_none(word));
  CHECK_FALSE(says_none(std::string(word) + " but xb", true));
}

TEST_CASE("a word that is a ccTLD says nothing only where none of them can be") {
  const auto* const word = GENERATE("no", "na", "NO", "ne");
  CHECK_FALSE(says_none(word));
  CHECK(says_none(word, true));
  CHECK_FALSE(says_none(std::string(".") + word, true));
}

TEST_CASE("other words say something") {
  CHECK_FALSE(says_none("xa"));
  CHECK_FALSE(says_none(""));
  CHECK_FALSE(says_none("none of your business"));
}

}  // namespace
}  // namespace ccgate
