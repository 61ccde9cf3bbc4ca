#include "milter/ledger/request_key.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

const Address kAnne = address("anne@nic.xa");
const Person kBen{"Ben", address("ben@nic.xa"), "+1 555 0100"};
const Person kEve{"Eve", address("eve@nic.xa"), ""};

std::string key(const std::set<Domain>& cctlds = {domain("xa"), domain("xb")},
                const std::vector<Person>& people = {kBen, kEve}) {
  return request_key("tld-ops", RequestKind::subscribe, cctlds, kAnne, people);
}

}  // namespace

TEST_CASE("the same request has the same key, however it is written") {
  // The ledger keeps it: it must never be another in another version.
  CHECK(key() == "aec3a228c04b58233b067b416a274a77f9c327092b74aa42ac6035710384a637");
  CHECK(key({domain("XB"), domain("xa")}, {kEve, kBen}) == key());
  const Person shouted{"Ben", address("BEN@NIC.xa"), "+1 555 0100"};
  CHECK(key({domain("xa"), domain("xb")}, {shouted, kEve}) == key());
  CHECK(request_key("tld-ops", RequestKind::subscribe, {domain("xa"), domain("xb")}, address("Anne@NIC.XA"),
                    {kBen, kEve}) == key());
}

TEST_CASE("another request has another key") {
  std::set<std::string> keys = {
      key(),
      key({domain("xa")}),
      key({}, {kBen, kEve}),
      key({domain("xa"), domain("xb")}, {kBen}),
      key({domain("xa"), domain("xb")}, {}),
      key({domain("xa"), domain("xb")}, {kBen, kEve, kEve}),
      key({domain("xa"), domain("xb")}, {Person{"Ben", std::nullopt, "+1 555 0100"}, kEve}),
      key({domain("xa"), domain("xb")}, {Person{"Ben\xff", kBen.email, ""}}),
      key({domain("xa"), domain("xb")}, {Person{"Ben\xfe", kBen.email, ""}}),
      key({domain("xa"), domain("xb")}, {Person{"Ben\xef\xbf\xbd", kBen.email, ""}}),
      request_key("other", RequestKind::subscribe, {domain("xa"), domain("xb")}, kAnne, {kBen, kEve}),
      request_key("tld-ops", RequestKind::unsubscribe, {domain("xa"), domain("xb")}, kAnne, {kBen, kEve}),
      request_key("tld-ops", RequestKind::subscribe, {domain("xa"), domain("xb")}, *kBen.email, {kBen, kEve}),
  };
  CHECK(keys.size() == 13);
}

TEST_CASE("a subscription that names nobody is about its author") {
  Request request;
  request.kind = RequestKind::subscribe;
  Verdict verdict;
  verdict.per_cctld.resize(2);
  verdict.per_cctld[0].cctld = domain("xb");
  verdict.per_cctld[1].cctld = domain("xa");
  CHECK(request_key("tld-ops", request, verdict, kAnne) ==
        key({domain("xa"), domain("xb")}, {Person{"", kAnne, ""}}));
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
