#include "milter/ledger/request_key.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

Domain tld(const std::string& label) {
  return *Domain::parse(label);
}
Address address(const std::string& text) {
  return *Address::parse(text);
}

const Address kAnne = address("anne@nic.xa");
const Person kBen{"Ben", address("ben@nic.xa"), "+1 555 0100"};
const Person kEve{"Eve", address("eve@nic.xa"), ""};

std::string key(const std::set<Domain>& cctlds = {tld("xa"), tld("xb")},
                const std::vector<Person>& people = {kBen, kEve}) {
  return request_key("tld-ops", RequestKind::subscribe, cctlds, kAnne, people);
}

}  // namespace

TEST_CASE("the same request has the same key, however it is written") {
  // The ledger keeps it: it must never be another in another version.
  CHECK(key() == "aec3a228c04b58233b067b416a274a77f9c327092b74aa42ac6035710384a637");
  CHECK(key({tld("XB"), tld("xa")}, {kEve, kBen}) == key());
  const Person shouted{"Ben", address("BEN@NIC.xa"), "+1 555 0100"};
  CHECK(key({tld("xa"), tld("xb")}, {shouted, kEve}) == key());
  CHECK(request_key("tld-ops", RequestKind::subscribe, {tld("xa"), tld("xb")}, address("Anne@NIC.XA"),
                    {kBen, kEve}) == key());
}

TEST_CASE("another request has another key") {
  std::set<std::string> keys = {
      key(),
      key({tld("xa")}),
      key({}, {kBen, kEve}),
      key({tld("xa"), tld("xb")}, {kBen}),
      key({tld("xa"), tld("xb")}, {}),
      key({tld("xa"), tld("xb")}, {kBen, kEve, kEve}),
      key({tld("xa"), tld("xb")}, {Person{"Ben", std::nullopt, "+1 555 0100"}, kEve}),
      key({tld("xa"), tld("xb")}, {Person{"Ben\xff", kBen.email, ""}}),
      key({tld("xa"), tld("xb")}, {Person{"Ben\xfe", kBen.email, ""}}),
      key({tld("xa"), tld("xb")}, {Person{"Ben\xef\xbf\xbd", kBen.email, ""}}),
      request_key("other", RequestKind::subscribe, {tld("xa"), tld("xb")}, kAnne, {kBen, kEve}),
      request_key("tld-ops", RequestKind::unsubscribe, {tld("xa"), tld("xb")}, kAnne, {kBen, kEve}),
      request_key("tld-ops", RequestKind::subscribe, {tld("xa"), tld("xb")}, *kBen.email, {kBen, kEve}),
  };
  CHECK(keys.size() == 13);
}

TEST_CASE("a subscription that names nobody is about its author") {
  Request request;
  request.kind = RequestKind::subscribe;
  Verdict verdict;
  verdict.per_tld.resize(2);
  verdict.per_tld[0].tld = tld("xb");
  verdict.per_tld[1].tld = tld("xa");
  CHECK(request_key("tld-ops", request, verdict, kAnne) ==
        key({tld("xa"), tld("xb")}, {Person{"", kAnne, ""}}));
  request.people = {kEve, kBen};
  CHECK(request_key("tld-ops", request, verdict, kAnne) == key());
  request.people.clear();
  request.kind = RequestKind::unsubscribe;
  CHECK(people_of(request, kAnne).empty());
}

TEST_CASE("a subscription that the list manager acts on is about its author, whoever stands in a form") {
  Request request;
  request.kind = RequestKind::subscribe;
  request.people = {kEve, kBen};
  request.by_manager = true;
  std::vector<Person> people = people_of(request, kAnne);
  REQUIRE(people.size() == 3);
  CHECK(people.front().email == kAnne);
  CHECK(request_key("tld-ops", request, {}, kAnne) != key({}));
  CHECK(people_of(request, *kBen.email).size() == 2);
  request.kind = RequestKind::unsubscribe;
  CHECK(people_of(request, kAnne).size() == 2);
}

TEST_CASE("a form without addresses is about its author") {
  Request request;
  request.kind = RequestKind::subscribe;
  request.people = {Person{"Ben", std::nullopt, "+1 555 0100"}};
  CHECK(people_of(request, kAnne).size() == 2);
}

TEST_CASE("a request for somebody whom nothing names has no key") {
  Request request;
  request.kind = RequestKind::subscribe;
  request.others_unnamed = true;
  CHECK(people_of(request, kAnne).empty());
  CHECK(request_key("tld-ops", request, {}, kAnne).empty());
  request.people = {kBen};
  CHECK(request_key("tld-ops", request, {}, kAnne).empty());
}
