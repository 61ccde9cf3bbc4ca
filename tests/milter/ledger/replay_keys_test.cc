#include "milter/ledger/replay_keys.h"

#include "milter/system/sha256.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

const std::string kTags = " v=1; a=rsa-sha256; d=nic.xa; s=s1;\n\th=from:to:subject; bh=YWJj; b=";

std::vector<HeaderField> message(const std::string& b = "YW\n\tJj") {
  return {{"DKIM-Signature", kTags + b},
          {"From", " Anne <Anne@NIC.xa>"},
          {"To", " tld-ops-request@lists.example"},
          {"Subject", " subscribe xa"},
          {"Message-ID", " <1@mx.nic.xa>"}};
}

Signature passes(const std::string& domain = "nic.xa") {
  Signature signature;
  signature.result = AuthResult::pass;
  signature.domain = Domain::parse(domain);
  signature.covered = {1, 2, 3};
  return signature;
}

Evidence signed_by(std::vector<Signature> signatures) {
  Evidence evidence;
  evidence.signatures = std::move(signatures);
  return evidence;
}

const std::string kMessageIdKey = sha256_hex("mid:anne@nic.xa|<1@mx.nic.xa>");
const std::string kSignatureKey = sha256_hex("sig:YWJj");
using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a message is known by its signature, however folded, and by author and Message-ID") {
  CHECK(replay_keys(message(), signed_by({passes()})) == Keys{kSignatureKey, kMessageIdKey});
  CHECK(replay_keys(message("YWJj"), signed_by({passes()})) == Keys{kSignatureKey, kMessageIdKey});
  CHECK(replay_keys(message("YWJk"), signed_by({passes()}))[0] != kSignatureKey);
  auto fields = message();
  fields.pop_back();
  CHECK(replay_keys(fields, signed_by({passes()})) == Keys{kSignatureKey});
  fields = message();
  fields.push_back(fields.back());
  CHECK(replay_keys(fields, signed_by({passes()})) == Keys{kSignatureKey});
}

TEST_CASE("each field has the result of its place") {
  auto fields = message();
  fields.insert(fields.begin(), {"dkim-signature", kTags + "b3RoZXI="});
  Signature fails = passes();
  fails.result = AuthResult::fail;
  Signature moved = passes();
  moved.covered = {2, 3, 4};
  CHECK(replay_keys(fields, signed_by({fails, moved})) == Keys{kSignatureKey, kMessageIdKey});
  CHECK(replay_keys(fields, signed_by({moved, fails})) == Keys{sha256_hex("sig:b3RoZXI="), kMessageIdKey});
}

TEST_CASE("what does not authenticate the author is no key") {
  Signature not_yet = passes();
  not_yet.result = AuthResult::temperror;
  Signature leaves_to_out = passes();
  leaves_to_out.covered = {1, 3};
  for (const Signature& signature : {passes("other.example"), not_yet, leaves_to_out})
    CHECK(replay_keys(message(), signed_by({signature})).empty());
  CHECK(replay_keys(message(), {}).empty());
  auto fields = message();
  fields.push_back({"From", " ben@nic.xa"});
  CHECK(replay_keys(fields, signed_by({passes()})).empty());
}

TEST_CASE("with SPF alone the Message-ID is left") {
  Evidence evidence;
  evidence.spf = {AuthResult::pass, Domain::parse("nic.xa"), ""};
  CHECK(replay_keys(message(), evidence) == Keys{kMessageIdKey});
  evidence.spf.result = AuthResult::softfail;
  CHECK(replay_keys(message(), evidence).empty());
  evidence.spf = {AuthResult::pass, Domain::parse("other.example"), ""};
  CHECK(replay_keys(message(), evidence).empty());
}
