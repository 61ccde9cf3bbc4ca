#include "policy/text/enum_words.h"

#include <set>

#include "policy/evidence/evidence.h"
#include "policy/request/form.h"
#include "policy/request/own_address.h"
#include "policy/rules/policy.h"
#include "policy/verdict/verdict.h"
#include "policy/yaml/schema.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

enum class Colour { red, green };

template <typename Enum>
void check_round_trip() {
  const auto words = words_of<Enum>();
  CHECK(std::set<std::string>(words.begin(), words.end()).size() == words.size());
  for (const auto& row : EnumWords<Enum>::table) {
    INFO(row.word);
    CHECK(to_string(row.value) == row.word);
    CHECK(parse_word<Enum>(row.word) == row.value);
  }
  CHECK_FALSE(parse_word<Enum>(""));
  CHECK_FALSE(parse_word<Enum>("no such word"));
}

/// The words as the schema tells them of a key.
template <typename Enum>
std::string alternatives() {
  std::string joined;
  for (const std::string& word : words_of<Enum>()) joined += (joined.empty() ? "" : " | ") + word;
  return joined;
}

std::string_view type_of(SchemaFile file, std::string_view path) {
  for (const SchemaKey& key : schema_keys())
    if (key.file == file && key.path == path) return key.type;
  return "";
}

}  // namespace

template <>
struct ccgate::EnumWords<Colour> {
  static constexpr auto table = word_table<Colour>({{Colour::red, "RED"}, {Colour::green, "GREEN"}});
};

TEST_CASE("an enum has the words of its table and no others") {
  static_assert(to_string(Colour::green) == "GREEN");
  static_assert(parse_word<Colour>("RED") == Colour::red);
  static_assert(!parse_word<Colour>("red"));
  static_assert(is_enumerator<Mode::observe>());
  static_assert(!is_enumerator<static_cast<Mode>(2)>());
  CHECK(words_of<Colour>() == std::vector<std::string>{"RED", "GREEN"});
  CHECK(to_string(static_cast<Colour>(7)) == "GREEN");  // of memory gone bad, nothing worse than a wrong word
}

TEST_CASE("every word is read back as what it was written for") {
  check_round_trip<Severity>();
  check_round_trip<Truth>();
  check_round_trip<AuthResult>();
  check_round_trip<RequestKind>();
  check_round_trip<Manager>();
  check_round_trip<Form>();
  check_round_trip<OwnAddressKind>();
  check_round_trip<Role>();
  check_round_trip<Mode>();
  check_round_trip<MissingCcTlds>();
  check_round_trip<Decision>();
  check_round_trip<AskStyle>();
  check_round_trip<Voucher>();
  check_round_trip<Ground>();
}

TEST_CASE("the schema tells the words that are read") {
  CHECK(type_of(SchemaFile::policy, "mode") == alternatives<Mode>());
  CHECK(type_of(SchemaFile::policy, "tlds.missing") == alternatives<MissingCcTlds>());
  CHECK(type_of(SchemaFile::policy, "default.ask.style") == alternatives<AskStyle>());
  CHECK(type_of(SchemaFile::scenario, "history.answers.*") ==
        "confirmed | refused | open | expired | undelivered");
  CHECK(type_of(SchemaFile::config, "ask.style") == alternatives<AskStyle>());
  CHECK(type_of(SchemaFile::config, "lists.*.manager") == alternatives<Manager>());
}
