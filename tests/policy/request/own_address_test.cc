#include "policy/request/own_address.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

const std::string kToken = "abcdefghijklmnopqrstuvwx27";

ListAddresses list(char delimiter = '+') {
  ListAddresses addresses{*Address::parse("TLD-ops@lists.example"), Manager::mailman3, {}, {}};
  addresses.delimiter = delimiter;
  return addresses;
}

std::optional<OwnAddress> read(std::string_view address, char delimiter = '+') {
  return own_address(list(delimiter), *Address::parse(address));
}

TEST_CASE("an own address and its token are known in either case of letters") {
  for (const OwnAddressKind kind :
       {OwnAddressKind::vouch, OwnAddressKind::reject, OwnAddressKind::object, OwnAddressKind::notice}) {
    const auto made = make_own_address(list(), kind, kToken);
    REQUIRE(made);
    const auto read_back = own_address(list(), *made);
    REQUIRE(read_back);
    CHECK(read_back->kind == kind);
    CHECK(read_back->token == kToken);
  }
  const auto upper = read("TLD-OPS-VOUCH+ABCDEFGHIJKLMNOPQRSTUVWX27@lists.example");
  REQUIRE(upper);
  CHECK(upper->token == kToken);
}

TEST_CASE("an own address without a token is still one") {
  for (const char* address :
       {"tld-ops-vouch@lists.example", "tld-ops-vouch+@lists.example", "tld-ops-vouch+short@lists.example",
        "tld-ops-vouch+abcdefghijklmnopqrstuvwx28@lists.example"}) {
    INFO(address);
    const auto parsed = Address::parse(address);
    REQUIRE(parsed);
    const auto own = own_address(list(), *parsed);
    REQUIRE(own);
    CHECK(own->token.empty());
  }
}

TEST_CASE("other addresses are not") {
  CHECK_FALSE(read("tld-ops@lists.example"));
  CHECK_FALSE(read("tld-ops-vouch+" + kToken + "@lists.example.org"));
  CHECK_FALSE(read("tld-ops-voucher@lists.example"));
  CHECK_FALSE(read("tld-ops-join@lists.example"));
  CHECK_FALSE(read("other-vouch+" + kToken + "@lists.example"));
  CHECK_FALSE(read("tld-ops-vouch+" + kToken + "@lists.example", '-'));
  CHECK(read("tld-ops-vouch-" + kToken + "@lists.example", '-'));
}

TEST_CASE("a name that leaves no room for a token has no own address") {
  ListAddresses addresses = list();
  addresses.address = *Address::parse(std::string(40, 'a') + "@lists.example");
  CHECK_FALSE(make_own_address(addresses, OwnAddressKind::object, kToken));
}

}  // namespace
}  // namespace ccgate
