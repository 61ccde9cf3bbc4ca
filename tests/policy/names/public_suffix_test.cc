#include "policy/names/public_suffix.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("organizational domains come from the public suffix list") {
  const auto organization = [](const char* name) {
    const auto found = organizational_domain(*Domain::parse(name));
    return found ? found->ascii() : "none";
  };
  CHECK(organization("mail.nic.fr") == "nic.fr");
  CHECK(organization("a.b.example.co.uk") == "example.co.uk");
  CHECK(organization("co.uk") == "none");
  CHECK(organization("fr") == "none");
  CHECK(organization("mail.nic.xa") == "nic.xa");
  CHECK(is_public_suffix(*Domain::parse("com.vc")));
  CHECK_FALSE(is_public_suffix(*Domain::parse("nic.fr")));
}

TEST_CASE("public suffixes among A-labels") {
  const auto domain = [](const char* name) { return Domain::parse(name).value(); };
  CHECK(is_public_suffix(domain("рф")));
  CHECK_FALSE(is_public_suffix(domain("пример.рф")));
  CHECK(organizational_domain(domain("mail.пример.рф")) == domain("xn--e1afmkfd.xn--p1ai"));
}

}  // namespace ccgate
