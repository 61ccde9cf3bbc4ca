#include "policy/fact_table.h"

#include <set>

#include "policy/form.h"
#include "policy/request_kind.h"
#include "policy/schema.h"
#include "tests/support/catch.h"

using namespace ccgate;

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
  for (const std::string& word : listed_words(info_of(Fact::request).words)) {
    INFO(word);
    CHECK(parse_word<RequestKind>(word).has_value());
  }
  for (const Form form : {Form::full, Form::partial, Form::none}) {
    const auto words = listed_words(info_of(Fact::form).words);
    CHECK(std::find(words.begin(), words.end(), to_string(form)) != words.end());
  }
}
