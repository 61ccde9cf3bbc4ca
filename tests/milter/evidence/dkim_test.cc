// DKIM: key records, the choice of signatures, and verification against our own signer, which shares no code
// with the verifier.
#include "milter/evidence/dkim.h"

#include <thread>

#include "milter/evidence/dkim_key.h"
#include "milter/evidence/dkim_plan.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario_sign.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr std::int64_t kNow = 1'894'708'800;  // 2030-01-15T12:00:00Z, far from the clock of any test host
constexpr std::string_view kBody = "subscribe xa \r\n  xb\r\n\r\n\r\n";

const DkimVerifier& verifier() {
  static const DkimVerifier instance;
  return instance;
}

using Fields = std::vector<HeaderField>;

/// A folded, unevenly spaced header, as mail has it.
Fields message() {
  return {{"Received", " from mx.nic.example\n\tby lists.example"},
          {"From", " Anne  <anne@nic.example>"},
          {"To", "\n tld-ops-request@lists.example"},
          {"CC", " hostmaster@nic.example,\n\t second@nic.example "},
          {"Subject", " subscribe   xa xb"},
          {"Date", " Tue, 15 Jan 2030 12:00:00 +0000"}};
}

SigningRequest request(SigningKey key = SigningKey::rsa2048) {
  SigningRequest r;
  r.domain = "nic.example";
  r.selector = key == SigningKey::ed25519 ? "ed" : key == SigningKey::rsa2048 ? "s1" : "s2";
  r.key = key;
  return r;
}

struct Mail {
  Fields fields = message();
  std::string body{kBody};
  ZoneResolver zone;
  std::string author = "nic.example";
  Limits limits;
  std::int64_t now = kNow;

  Mail() { key("s1", public_key_record(SigningKey::rsa2048)); }
  void key(const std::string& selector, const std::string& record,
           const std::string& domain = "nic.example") {
    REQUIRE(zone.add(selector + "._domainkey." + domain, RrType::txt, record));
  }
  /// Signs what there is and puts the field on top.
  void add_signature(const SigningRequest& r) {
    fields.insert(fields.begin(), {"DKIM-Signature", sign(fields, body, r)});
  }
  void add_on_top(const std::string& name, const std::string& value) {
    fields.insert(fields.begin(), {name, value});
  }
  std::vector<Signature> verify() {
    DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
    DkimMessage message(verifier(), fields, *Domain::parse(author), now, limits, dns);
    for (std::size_t at = 0; at < body.size(); at += 7) message.body(std::string_view(body).substr(at, 7));
    return message.finish();
  }
  Signature verify_one() {
    auto signatures = verify();
    REQUIRE(signatures.size() == 1);
    return signatures.front();
  }
};

/// The names of the covered fields, in order.
std::string covered(const Signature& signature, const Fields& fields) {
  std::string out;
  for (const std::size_t index : signature.covered)
    out.append(out.empty() ? "" : " ").append(fields.at(index).name);
  return out;
}

std::string told(const Signature& signature) {
  return std::string(to_string(signature.result)) + (signature.why.empty() ? "" : ": " + signature.why);
}

}  // namespace

TEST_CASE("a good signature passes, with every algorithm and canonicalization") {
  const auto key = GENERATE(SigningKey::rsa2048, SigningKey::rsa1024, SigningKey::ed25519);
  const bool relaxed_header = GENERATE(true, false);
  const bool relaxed_body = GENERATE(true, false);
  const std::string body = GENERATE(as<std::string>(), std::string(kBody), "", "\r\n\r\n", "no line end",
                                    " \t\r\n", "a\tb  c \r\n\r\n.dot\r\n");
  Mail mail;
  mail.body = body;
  auto r = request(key);
  r.relaxed_header = relaxed_header;
  r.relaxed_body = relaxed_body;
  r.signed_at = kNow - 5;
  r.expires = kNow + 86400;
  if (key != SigningKey::rsa2048) mail.key(r.selector, public_key_record(key));
  mail.add_signature(r);
  const auto signature = mail.verify_one();
  CHECK(told(signature) == "pass");
  CHECK(signature.domain->ascii() == "nic.example");
  CHECK(signature.selector == r.selector);
  CHECK(signature.algorithm == (key == SigningKey::ed25519 ? "ed25519-sha256" : "rsa-sha256"));
  CHECK(signature.key_bits == (key == SigningKey::rsa2048 ? 2048 : key == SigningKey::rsa1024 ? 1024 : 256));
  CHECK(covered(signature, mail.fields) == "From To CC Subject Date");
  CHECK(signature.header_names == std::vector<std::string>{"from", "to", "cc", "subject", "date"});
}

TEST_CASE("a changed message fails, and covers nothing") {
  struct Row {
    const char* story;
    void (*change)(Mail&);
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"body", [](Mail& m) { m.body += "leave xc\r\n"; }, "fail: the body is not the one that was signed"},
      {"subject", [](Mail& m) { m.fields[5].value = " subscribe xa xc"; },
       "fail: the header is not the one that was signed"},
      {"a field removed", [](Mail& m) { m.fields.erase(m.fields.begin() + 4); },
       "fail: the header is not the one that was signed"},
      {"a copy added below",
       [](Mail& m) {
         m.fields.push_back({"Cc", " x@evil.example"});
       },
       "fail: the header is not the one that was signed"},
      {"the wrong key",
       [](Mail& m) {
         m.zone.add("s9._domainkey.nic.example", RrType::txt, public_key_record(SigningKey::rsa1024));
       },
       "fail: the header is not the one that was signed"},
  }));
  INFO(row.story);
  Mail mail;
  auto r = request();
  if (row.story == std::string("the wrong key")) r.selector = "s9";
  mail.add_signature(r);
  row.change(mail);
  const auto signature = mail.verify_one();
  CHECK(told(signature) == row.want);
  CHECK(signature.covered.empty());
}

TEST_CASE("what is added on top is not covered") {
  Mail mail;
  mail.add_signature(request());
  mail.add_on_top("Cc", " admin@evil.example");
  mail.add_on_top("From", " eve@evil.example");
  const auto signature = mail.verify_one();
  CHECK(told(signature) == "pass");
  CHECK(signature.covered == std::vector<std::size_t>{4, 5, 6, 7, 8});
  CHECK_FALSE(covers_all(signature, mail.fields, {"cc"}));
  CHECK_FALSE(covers_all(signature, mail.fields, {"from"}));
  CHECK(covers_all(signature, mail.fields, {"to", "subject", "date", "reply-to"}));
}

TEST_CASE("an oversigned field cannot be added") {
  Mail mail;
  auto r = request();
  r.header_names = {"From", "From", "To", "Cc", "Cc", "Reply-To", "Subject", "Date"};
  mail.add_signature(r);
  SECTION("untouched") {
    const auto signature = mail.verify_one();
    CHECK(told(signature) == "pass");
    CHECK(covered(signature, mail.fields) == "From To CC Subject Date");
  }
  SECTION("a second From") {
    mail.add_on_top("From", " eve@evil.example");
    CHECK(told(mail.verify_one()) == "fail: the header is not the one that was signed");
  }
  SECTION("a Reply-To") {
    mail.add_on_top("Reply-To", " eve@evil.example");
    CHECK(told(mail.verify_one()) == "fail: the header is not the one that was signed");
  }
}

TEST_CASE("several instances are covered from the lowest up") {
  Mail mail;
  mail.add_on_top("Cc", " third@nic.example");
  auto r = request();
  r.header_names = {"Cc", "From", "Cc", "To"};
  mail.add_signature(r);
  const auto signature = mail.verify_one();
  CHECK(told(signature) == "pass");
  CHECK(covered(signature, mail.fields) == "Cc From To CC");
  CHECK(covers_all(signature, mail.fields, {"cc", "from"}));
}

TEST_CASE("what could not count is refused without being verified") {
  struct Row {
    const char* story;
    void (*change)(SigningRequest&);
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"l=", [](SigningRequest& r) { r.body_length = 9; }, "policy: l= leaves a part of the body unsigned"},
      {"l= of the whole body", [](SigningRequest& r) { r.body_length = 22; },
       "policy: l= leaves a part of the body unsigned"},
      {"sha1", [](SigningRequest& r) { r.algorithm = "rsa-sha1"; },
       "policy: rsa-sha1 is too weak (RFC 8301)"},
      {"expired", [](SigningRequest& r) { r.expires = kNow - 1; }, "policy: it has expired (x=)"},
      {"from the future", [](SigningRequest& r) { r.signed_at = kNow + 301; }, "policy: t= is in the future"},
      {"from the past", [](SigningRequest& r) { r.signed_at = kDkimEpoch - 1; }, "policy: t= is before 2008"},
  }));
  INFO(row.story);
  Mail mail;
  auto r = request();
  row.change(r);
  mail.add_signature(r);
  CHECK(told(mail.verify_one()) == row.want);
  CHECK(mail.zone.asked().empty());
}

TEST_CASE("the only clock is `now`") {
  // The library reads the clock of this host: none of these may depend on it.
  const std::int64_t now = GENERATE(kDkimEpoch + 1, 1'400'000'000, kNow, 2'390'000'000);
  Mail mail;
  mail.now = now;
  auto r = request();
  r.signed_at = now + GENERATE(-1, 300);
  r.expires = *r.signed_at + GENERATE(1, 1'000'000);
  if (*r.expires < now) r.expires = now;
  mail.add_signature(r);
  CHECK(told(mail.verify_one()) == "pass");
}

TEST_CASE("keys that are no good") {
  const std::string good = public_key_record(SigningKey::rsa2048);
  const std::string p = good.substr(good.find("p="));
  struct Row {
    const char* story;
    std::vector<std::string> records;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"good", {good}, "pass"},
      {"only p=", {p}, "pass"},
      {"with blanks and notes", {"v=DKIM1 ; n=hello there; " + p + " ; "}, "pass"},
      {"folded base64", {"k=rsa; p=" + p.substr(2, 40) + " \t" + p.substr(42)}, "pass"},
      {"other TXT beside it", {"v=spf1 exp=a.example -all", good, "hello"}, "pass"},
      {"for all services", {"s=x:*; " + p}, "pass"},
      {"for mail", {"s=email; h=sha1:sha256; " + p}, "pass"},
      {"strict about subdomains", {"t=s; " + p}, "pass"},
      {"none", {}, "permerror: there is no public key in DNS"},
      {"other TXT only", {"hello"}, "permerror: there is no public key in DNS"},
      {"two", {good, good}, "permerror: there are several public keys at the selector"},
      {"revoked", {"v=DKIM1; k=rsa; p="}, "permerror: the public key is revoked"},
      {"for testing", {"t=y; " + p}, "policy: the public key is for testing (t=y)"},
      {"for testing, among flags", {"t=s:y; " + p}, "policy: the public key is for testing (t=y)"},
      {"of 2 kB", {good + "; n=" + std::string(2048, 'x')}, "pass"},
      {"of more than 4 kB",
       {good + "; n=" + std::string(4096, 'x')},
       "policy: the public key record is longer than the 4096 octets that this server reads"},
      {"an RSAPublicKey", {"v=DKIM1; p=" + pkcs1_public_key(SigningKey::rsa2048)}, "pass"},
      {"an RSAPublicKey, folded",
       {"p = " + pkcs1_public_key(SigningKey::rsa2048).insert(77, "\r\n ")},
       "pass"},
      {"a type in capitals", {"k=RSA; " + p}, "pass"},
      {"a key of 9000 bits",
       {"p=" + std::string(1500, 'A')},
       "policy: the public key itself is longer than the 1024 octets that this server reads"},
      {"a tag twice", {good + "; k=rsa"}, "permerror: the public key record is malformed"},
      {"no p=", {"v=DKIM1; k=rsa"}, "permerror: the public key record is malformed"},
      {"not base64", {"v=DKIM1; p=AB$D"}, "permerror: the public key record is malformed"},
      {"no tag list", {"v=DKIM1; p=AAAA; hello"}, "permerror: the public key record is malformed"},
      {"octets that are not ASCII",
       {"v=DKIM1; n=\xC3\xA9; " + p},
       "permerror: the public key record is malformed"},
      {"another version", {"v=DKIM2; " + p}, "permerror: the public key record has an unknown version"},
      {"version not first",
       {"k=rsa; v=DKIM1; " + p},
       "permerror: the public key record has an unknown version"},
      {"unknown type", {"k=dsa; " + p}, "permerror: the public key is of an unknown type"},
      {"another algorithm", {"k=ed25519; " + p}, "permerror: the public key is not for this algorithm"},
      {"only sha1", {"h=sha1; " + p}, "permerror: the public key is not for sha256"},
      {"not for mail", {"s=other; " + p}, "permerror: the public key is not for mail"},
      {"not a key", {"p=AAAA"}, "permerror: it cannot be verified: "},
  }));
  INFO(row.story);
  Mail mail;
  for (const std::string& record : row.records) mail.key("s9", record);
  auto r = request();
  r.selector = "s9";
  mail.add_signature(r);
  const auto result = told(mail.verify_one());
  INFO(result);
  CHECK((row.want.ends_with(": ") ? result.starts_with(row.want) : result == row.want));
}

TEST_CASE("an ed25519 key of another kind of octets, and an RSA key that is too small") {
  Mail mail;
  SECTION("768 bits") {
    auto r = request(SigningKey::rsa768);
    mail.key(r.selector, public_key_record(r.key));
    mail.add_signature(r);
    const auto signature = mail.verify_one();
    CHECK(told(signature) == "policy: the RSA key has less than 1024 bits");
    CHECK(signature.key_bits == 768);
    CHECK(signature.covered.empty());
  }
  SECTION("an RSA key as ed25519") {
    auto r = request(SigningKey::ed25519);
    const std::string rsa = public_key_record(SigningKey::rsa1024);
    mail.key(r.selector, "k=ed25519; " + rsa.substr(rsa.find("p=")));
    mail.add_signature(r);
    CHECK(mail.verify_one().result == AuthResult::permerror);
  }
}

TEST_CASE("one key without an answer spoils no other signature") {
  Mail mail;
  mail.zone.fail("dead._domainkey.nic.example");
  auto dead = request();
  dead.selector = "dead";
  const bool dead_on_top = GENERATE(true, false);
  if (!dead_on_top) mail.add_signature(dead);
  mail.add_signature(request());
  if (dead_on_top) mail.add_signature(dead);
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 2);
  CHECK(signatures[dead_on_top ? 0 : 1].result == AuthResult::temperror);
  CHECK_FALSE(signatures[dead_on_top ? 0 : 1].why.empty());
  CHECK(told(signatures[dead_on_top ? 1 : 0]) == "pass");
}

TEST_CASE("the only key without an answer is a temperror") {
  Mail mail;
  mail.zone.fail("s9._domainkey.nic.example");
  auto r = request();
  r.selector = "s9";
  mail.add_signature(r);
  CHECK(mail.verify_one().result == AuthResult::temperror);
}

TEST_CASE("two signatures at one selector are judged each by its own algorithm") {
  Mail mail;
  auto ed = request(SigningKey::ed25519);
  ed.selector = "s1";  // where an RSA key is
  mail.add_signature(ed);
  mail.add_signature(request());
  mail.add_signature(request());
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 3);
  CHECK(told(signatures[0]) == "pass");
  CHECK(told(signatures[1]) == "pass");
  CHECK(signatures[1].key_bits == 2048);
  CHECK(told(signatures[2]) == "permerror: the public key is not for this algorithm");
}

TEST_CASE("keys are asked for before the body is there, all at once") {
  Mail mail;
  for (const char* selector : {"s1", "s2", "s3"}) {
    auto r = request();
    r.selector = selector;
    mail.add_signature(r);
  }
  DnsBatch dns(mail.zone, std::chrono::steady_clock::time_point::max());
  const DkimMessage message(verifier(), mail.fields, *Domain::parse("nic.example"), kNow, {}, dns);
  CHECK(mail.zone.asked() == std::vector<std::string>{"TXT s3._domainkey.nic.example",
                                                      "TXT s2._domainkey.nic.example",
                                                      "TXT s1._domainkey.nic.example"});
}

TEST_CASE("five signatures are verified, the author's own first") {
  Mail mail;
  auto own = request();
  mail.add_signature(own);
  auto parent = request();
  parent.domain = "example.nic.example";
  auto other = request();
  other.domain = "list.example";
  mail.key("s1", public_key_record(SigningKey::rsa2048), "list.example");
  for (int i = 0; i < 7; ++i) mail.add_signature(other);
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 8);
  CHECK(told(signatures[7]) == "pass");
  for (std::size_t i = 0; i < 4; ++i) CHECK(told(signatures[i]) == "pass");
  for (std::size_t i = 4; i < 7; ++i)
    CHECK(told(signatures[i]) == "none: not verified: five others come first");
}

TEST_CASE("a thousand signatures cost no more than the limit") {
  Mail mail;
  mail.add_signature(request());
  auto other = request();
  other.domain = "list.example";
  const std::string junk = sign(mail.fields, mail.body, other);
  mail.fields.insert(mail.fields.begin(), 999, {"DKIM-Signature", junk});
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 1000);
  CHECK(told(signatures[999]) == "pass");
  CHECK(told(signatures[0]) == "none: not looked at: the message has too many signatures");
  CHECK(signatures[979].result == AuthResult::none);
  CHECK(told(signatures[980]) == "permerror: there is no public key in DNS");
  CHECK(mail.zone.asked().size() == 2);
}

TEST_CASE("fields that fail the strict reading are not shown to the library") {
  Mail mail;
  mail.add_signature(request());
  const std::string good = mail.fields[0].value;
  struct Row {
    const char* story;
    std::string value;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"a tag twice", good + "; d=evil.example"},
      {"no tags", " hello"},
      {"empty", ""},
      {"no name before a value", good + "; =x"},
      {"no domain", " v=1; a=rsa-sha256; s=s1; h=from; bh=AAAA; b=AAAA"},
  }));
  INFO(row.story);
  mail.add_on_top("DKIM-Signature", row.value);
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 2);
  CHECK(signatures[0].result == AuthResult::permerror);
  CHECK_FALSE(signatures[0].why.empty());
  CHECK(told(signatures[1]) == "pass");
}

TEST_CASE("30,000 names in h= are more than this program reads") {
  Mail mail;
  mail.add_signature(request());
  std::string many_names;
  for (int i = 0; i < 30000; ++i) many_names += "x:";
  std::string value = mail.fields[0].value;
  mail.add_on_top("DKIM-Signature", value.insert(value.find("h=") + 2, many_names));
  const auto signatures = mail.verify();
  REQUIRE(signatures.size() == 2);
  CHECK(told(signatures[0]) == "policy: h= names more fields than the 200 that this server reads");
  CHECK(told(signatures[1]) == "pass");
}

TEST_CASE("a message without signatures is not shown to the library") {
  Mail mail;
  CHECK(mail.verify().empty());
  CHECK(mail.zone.asked().empty());
}

TEST_CASE("i= below a key that is strict about it") {
  const std::string good = public_key_record(SigningKey::rsa2048);
  Mail mail;
  mail.key("s9", "v=DKIM1; t=s; " + good.substr(good.find("p=")));
  auto r = request();
  r.extra_tags = "i=anne@sub.nic.example";
  SECTION("strict") {
    r.selector = "s9";
    mail.add_signature(r);
    CHECK(mail.verify_one().result == AuthResult::permerror);
  }
  SECTION("not strict") {
    mail.add_signature(r);
    CHECK(told(mail.verify_one()) == "pass");
  }
}

TEST_CASE("one verifier serves many threads") {
  Mail mail;
  auto ed = request(SigningKey::ed25519);
  mail.key("ed", public_key_record(ed.key));
  mail.add_signature(ed);
  mail.add_signature(request());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        for (const Signature& s : mail.verify()) wrong += s.result != AuthResult::pass;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
