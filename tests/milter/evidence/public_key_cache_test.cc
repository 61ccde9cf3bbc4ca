#include "milter/evidence/public_key_cache.h"
#include "milter/evidence/dns_zone.h"

#include "milter/evidence/dkim.h"
#include "milter/scenario/scenario_sign.h"
#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a key that is seen again is not parsed again, and verifies the same") {
  const DkimVerifier verifier;
  const Domain domain = Domain::parse("nic.xa").value();
  std::vector<HeaderField> fields = {{"From", " anne@nic.xa"}, {"To", " list-join@lists.example"}};
  const std::string body = "please\r\n";
  SigningRequest request;
  request.domain = "nic.xa";
  request.selector = "s1";
  request.header_names = {"from", "to"};
  fields.insert(fields.begin(), {"DKIM-Signature", sign(fields, body, request)});
  ZoneResolver zone;
  REQUIRE(zone.add("s1._domainkey.nic.xa", RrType::txt, public_key_record(SigningKey::rsa2048)));
  const auto verify = [&](const std::string& text) {
    DnsBatch dns(zone, std::chrono::steady_clock::now() + std::chrono::seconds(5));
    DkimMessage message(verifier, fields, domain, 1'900'000'000, {}, dns);
    message.body(text);
    return message.finish().at(0).result;
  };
  CHECK(verify(body) == AuthResult::pass);
  const std::size_t before = parses_saved();
  CHECK(verify(body) == AuthResult::pass);
  CHECK(parses_saved() == before + 1);
  CHECK(verify("other\r\n") == AuthResult::fail);
}

}  // namespace ccgate
