#include "milter/decision/basis_json.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

TEST_CASE("what is written is read as it was") {
  Basis basis;
  basis.kind = RequestKind::subscribe;
  basis.named = true;
  basis.authority = {Role::admin, Role::tech};
  basis.facts = {{Fact::dkim_aligned, TruthValue{Truth::unknown, Ground::dns_trouble}},
                 {Fact::contacts, std::numeric_limits<std::int64_t>::max()},
                 {Fact::author, std::set<std::string>{"\"a b,c%=d\"@nic.xa"}},
                 {Fact::mail_from_domain, std::set<std::string>{}},
                 {Fact::seen_before, TruthValue{Truth::yes, Ground::dns_trouble}}};
  basis.cctlds[*Domain::parse("xa")] =
      FactList{{Fact::contact_changed_from, std::set<std::string>{"a@nic.xa", "b@nic.xa"}},
               {Fact::rate, TruthValue{Truth::unknown, Ground::internal_error}}};
  basis.cctlds[*Domain::parse("zz")] = std::nullopt;
  const JudgementBasis all{Ground::over_limit, true, {basis, basis}};
  const Json json = basis_json(all);
  CHECK(json["cases"][0]["facts"] ==
        "dkim_aligned=unknown:dns_trouble contacts=9223372036854775807"
        " author=\"a%20b%2Cc%25=d\"@nic.xa mail_from_domain= seen_before=yes");
  const auto read = parse_basis(Json::parse(json.dump()));
  REQUIRE(read);
  CHECK(read->fault == all.fault);
  CHECK(read->odd_sender);
  REQUIRE(read->cases.size() == 2);
  CHECK(read->cases[1].facts == basis.facts);
  CHECK(read->cases[1].cctlds == basis.cctlds);
  CHECK(read->cases[1].authority == basis.authority);
  CHECK(read->cases[1].named);
  CHECK(basis_json(*read) == json);
}

TEST_CASE("what is none is none") {
  for (const char* text : {"null", "7", "{}", R"({"cases": []})", R"({"cases": [7]})", R"({"cases": [{}]})",
                           R"({"cases": [{"request": "fly", "authority": "admin"}]})",
                           R"({"cases": [{"request": "subscribe", "authority": "king"}]})",
                           R"({"fault": "fun", "cases": [{"request": "subscribe", "authority": "admin"}]})",
                           R"({"cases": [{"request": "subscribe", "authority": "", "cctlds": []}]})"}) {
    INFO(text);
    CHECK_FALSE(parse_basis(Json::parse(text)));
  }
}

TEST_CASE("facts that are not known here, or cannot be read, are as not kept") {
  const auto read = parse_basis(Json::parse(
      R"({"cases": [{"request": "subscribe", "authority": "admin",
          "facts": "moon_is_full=yes dkim_aligned=perhaps contacts=many spf_aligned= =yes x date_age=5 author=a%2"}]})"));
  REQUIRE(read);
  CHECK(read->cases[0].facts == FactList{{Fact::date_age, std::int64_t{5}}});
}

}  // namespace
}  // namespace ccgate
