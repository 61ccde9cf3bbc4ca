#include "policy/rules/fact_table.h"

#include <set>

#include "policy/request/form.h"
#include "policy/request/request_kind.h"
#include "policy/yaml/schema.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// The table tells the words that are read, all of them and no others.
template <typename Enum>
void check_words(Fact fact) {
  const auto told = listed_words(info_of(fact).words);
  const auto read = words_of<Enum>();
  CHECK(std::set<std::string>(told.begin(), told.end()) == std::set<std::string>(read.begin(), read.end()));
}

}  // namespace

TEST_CASE("every fact has a name of its own and is found by it") {
  std::set<Fact> facts;
  for (const FactInfo& info : fact_table()) {
    INFO(info.name);
    CHECK(facts.insert(info.fact).second);
    CHECK(&info_of(info.fact) == &info);
    CHECK(find_fact(info.name) == &info);
    CHECK((info.type == FactType::word) == !info.words.empty());
  }
  CHECK(facts.size() == static_cast<std::size_t>(Fact::members_of_tld) + 1);
  CHECK(find_fact("nothing") == nullptr);
}

TEST_CASE("words of facts are those of the request") {
  check_words<RequestKind>(Fact::request);
  check_words<Form>(Fact::form);
}
