// Signatures in every form that RFC 6376 and 8616 allow, those that a library reads otherwise too: each
// passes, none passes when something has changed, and library and own reading agree on what both read.
#include "milter/evidence/dkim_check.h"

#include <random>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario_sign.h"
#include "policy/text/ascii.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kThen = 1'894'708'800;  // 2030-01-15T12:00:00Z

using Names = std::vector<std::string>;

struct SignedMail {
  std::vector<HeaderField> fields = {{"References", "  <a@nic.xa>  \n\t\t <b@nic.xa> \t"},
                                     {"From", "\n\t\"TLD, Hostmaster\"\n <hostmaster@nic.xa>"},
                                     {"To", "ops-join@lists.example"},
                                     {"Subject", ""},
                                     {"Date", "\tTue, 15 Jan 2030 11:59:30 +0000"},
                                     {"Message-ID", "\n <fold@nic.xa>"}};
  std::string body = "subscribe xa  \r\n\f\r\n  the   registry \r\n \r\n\r\n";
  SigningRequest request;

  SignedMail() {
    request.domain = "nic.xa";
    request.selector = "s1";
    request.header_names = {"from", "to", "subject", "date", "message-id", "references"};
  }
  void make_signature() { fields.insert(fields.begin(), {"DKIM-Signature", sign(fields, body, request)}); }
  /// The signature on top.
  Signature read() const {
    ZoneResolver keys;
    const auto domain = Domain::parse(request.domain);
    keys.add("s1._domainkey." + (domain ? domain->ascii() : ""), RrType::txt, public_key_record(request.key));
    DnsBatch dns(keys, std::chrono::steady_clock::time_point::max());
    static const DkimVerifier verifier;
    DkimMessage message(verifier, fields, *Domain::parse("nic.xa"), kThen, {}, dns);
    for (std::size_t at = 0; at < body.size(); at += 5) message.body(std::string_view(body).substr(at, 5));
    return message.finish().at(0);
  }
  std::string result() const {
    const Signature signature = read();
    return std::string(to_string(signature.result)) + (signature.why.empty() ? "" : ": " + signature.why);
  }
  bool is_plain() const { return std::get<DkimTags>(parse_dkim_signature(fields.front().value)).plain; }
};

Names names_up_to(int count) {
  Names names = {"from", "to", "subject", "date", "message-id"};
  for (int i = static_cast<int>(names.size()); i < count; ++i) names.push_back("x-nic-" + std::to_string(i));
  return names;
}

}  // namespace

TEST_CASE("a good signature passes in whatever form") {
  const std::string usual = " v=1; a=rsa-sha256; c={c}; d=nic.xa; s=s1;";
  const std::string rest = " h={h}; bh={bh}; b={b}";
  struct Form {
    const char* story;
    std::string field;
    Names names = {};
    SigningKey key = SigningKey::rsa2048;
  };
  const auto form = GENERATE_COPY(values<Form>({
      {"as most do", usual + rest},
      {"z= with b= in it", usual + " z=From:hostmaster@nic.xa|Subject:=20web=3Db=3Dx|To:b=c;" + rest},
      {"b= in front", " b={b}; v=1; a=rsa-sha256; c={c}; d=nic.xa; s=s1; h={h}; bh={bh}"},
      {"b= third", " v=1; a=rsa-sha256; b={b}; c={c}; d=nic.xa; s=s1; h={h}; bh={bh};"},
      {"blanks around names", " v =1;  a=rsa-sha256; c={c}; d\n\t=nic.xa; s=s1; h ={h}; bh\n ={bh}; b={b}"},
      {"blanks around values",
       "v= 1;a=\n rsa-sha256 ;c= {c};\td=nic.xa\n ;s= s1;h=\n {h} ; bh= {bh} ;b ={b}"},
      {"blanks around b=", usual + " h={h}; bh={bh};\n b\n =\n\t{b}\n ;"},
      {"blanks at the end", usual + rest + " \t"},
      {"a tag that ends with b", usual + " x_b=1; web=2;" + rest},
      {"tags of others", usual + " darn=lists.example; r=y; n=; B=1;" + rest},
      {"an identity", usual + " i=anne+list@mail.nic.xa;" + rest},
      {"a quoted identity", usual + " i=\"an@ne=20x\"@nic.xa;" + rest},
      {"a folded identity", usual + " i=an\n ne@nic.xa;" + rest},
      {"an identity in UTF-8", usual + " i=b\u00fccher@nic.xa;" + rest},
      {"an identity below in UTF-8", usual + " i=@b\u00fccher.nic.xa;" + rest},
      {"a long identity", usual + " i=" + std::string(300, 'a') + "@nic.xa;" + rest},
      {"several queries", usual + " q=https/x : dns/txt;" + rest},
      {"an old query", usual + " q=dns;" + rest},
      {"an algorithm in capitals", " v=1; a=RSA-SHA256; c={c}; d=NIC.xa; s=S1;" + rest},
      {"names in two cases",
       usual + rest,
       {"From", "Subject", "To", "Date", "from", "SUBJECT", "to", "cc", "Cc"}},
      {"odd names", usual + rest, {"From", "To", "Subject", "Date", "X/y!z", "{a}", "=b", "x_y"}},
      {"69 names", usual + rest, names_up_to(69)},
      {"200 names", usual + rest, names_up_to(200)},
      {"names of 5 kB", usual + rest, {"From", "To", std::string(2500, 'x'), std::string(2500, 'y'), "Date"}},
      {"9 kB", usual + " z=Cc:" + std::string(9000, 'c') + ";" + rest},
      {"100 kB", usual + " z=Cc:" + std::string(100'000, 'c') + ";" + rest},
      {"other signatures", usual + rest, {"from", "to", "subject", "date", "dkim-signature"}},
      {"Ed25519, out of order",
       " b={b}; a=ed25519-sha256; v=1; c={c}; d=nic.xa; s=s1; h={h}; bh ={bh}",
       {},
       SigningKey::ed25519},
  }));
  const std::string canonicalization =
      GENERATE("relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple");
  INFO(form.story << ", " << canonicalization);
  SignedMail mail;
  mail.request.key = form.key;
  if (!form.names.empty()) mail.request.header_names = form.names;
  mail.request.relaxed_header = canonicalization.starts_with("relaxed");
  mail.request.relaxed_body = canonicalization.ends_with("relaxed");
  mail.request.field = form.field;
  mail.request.field.replace(mail.request.field.find("{c}"), 3, canonicalization);
  mail.fields.insert(mail.fields.begin(), {"DKIM-Signature", " v=1; of another"});
  mail.make_signature();
  CHECK(mail.result() == "pass");
  CHECK(covers_all(mail.read(), mail.fields, {"from", "to", "date"}));

  SignedMail changed = mail;
  changed.body += "p.s.\r\n";
  CHECK(changed.result() == "fail: the body is not the one that was signed");
  changed = mail;
  changed.fields[4].value += ",x@evil.example";
  REQUIRE(changed.fields[4].name == "To");
  CHECK(changed.result() == "fail: the header is not the one that was signed");
  changed = mail;
  std::string& field = changed.fields[0].value;
  const auto version = field.find("v=1;");
  if (version == std::string::npos) return;
  field.insert(version, "n2=1; ");
  CHECK(changed.result() == "fail: the header is not the one that was signed");
}

TEST_CASE("c= may say less, and its words in another case") {
  const auto [c, header, body] =
      GENERATE(table<const char*, bool, bool>({{"", false, false},
                                               {" c=relaxed;", true, false},
                                               {" c=simple;", false, false},
                                               {" c=Relaxed/Relaxed;", true, true}}));
  INFO(c);
  SignedMail mail;
  mail.request.relaxed_header = header;
  mail.request.relaxed_body = body;
  mail.request.field = std::string(" v=1; a=rsa-sha256;") + c + " d=nic.xa; s=s1; h={h}; bh={bh}; b={b}";
  mail.make_signature();
  CHECK(mail.result() == "pass");
}

TEST_CASE("bodies of nothing, and of what only looks like nothing") {
  const std::string body = GENERATE(as<std::string>(), "", "\r\n", "\r\n\r\n", " \r\n", "\t\r\n \r\n",
                                    "\f\r\n", "no end", "a\r\n \f \r\n", std::string("nul \0 in it\r\n", 13));
  const bool relaxed = GENERATE(true, false);
  const char* order = GENERATE(" v=1; ", " v =1; ");
  SignedMail mail;
  mail.body = body;
  mail.request.relaxed_body = relaxed;
  mail.request.field = std::string(order) + "a=rsa-sha256; c=relaxed/" + (relaxed ? "relaxed" : "simple") +
                       "; d=nic.xa; s=s1; h={h}; bh={bh}; b={b}";
  mail.make_signature();
  CHECK(mail.is_plain() == (std::string_view(order) == " v=1; "));
  CHECK(mail.result() == "pass");
}

TEST_CASE("long lines, and headers of 200 kB") {
  SignedMail mail;
  mail.body = "subscribe xa\r\n" + std::string(5000, 'A') + " " + std::string(3000, 'B') + "\r\n";
  std::string cc;
  for (int i = 0; i < 4000; ++i)
    cc += (i == 0 ? " \"Person\"  <" : ",\n\t\"Person\"  <") + std::to_string(i) + "@nic.xa>";
  mail.fields.push_back({"Cc", cc});
  mail.request.header_names = {"from", "to", "cc", "subject", "date", "cc"};
  mail.request.relaxed_header = GENERATE(true, false);
  mail.request.extra_tags = GENERATE("n=1", "n =1");
  mail.make_signature();
  CHECK(mail.result() == "pass");
  CHECK(covers_all(mail.read(), mail.fields, {"from", "cc"}));
}

TEST_CASE("signatures of internationalized mail") {
  SignedMail mail;
  mail.fields[1].value = " \"R\u00e4daktion\" <iana@b\u00fccher.xe>";
  mail.request.domain = GENERATE("b\u00fccher.xe", "xn--bcher-kva.xe");
  mail.make_signature();
  CHECK(mail.result() == "pass");
  CHECK(mail.read().domain->ascii() == "xn--bcher-kva.xe");
  mail.fields[2].value = " \"Radaktion\" <iana@b\u00fccher.xe>";
  CHECK(mail.result() == "fail: the header is not the one that was signed");
}

TEST_CASE("a key that is strict about i=, whoever verifies") {
  SignedMail mail;
  mail.request.extra_tags = GENERATE("i=@mail.nic.xa", "i =@mail.nic.xa");
  mail.make_signature();
  ZoneResolver keys;
  keys.add("s1._domainkey.nic.xa", RrType::txt, "t=s; " + public_key_record(mail.request.key).substr(16));
  DnsBatch dns(keys, std::chrono::steady_clock::time_point::max());
  const DkimVerifier verifier;
  DkimMessage message(verifier, mail.fields, *Domain::parse("nic.xa"), kThen, {}, dns);
  message.body(mail.body);
  const Signature signature = message.finish().at(0);
  CHECK(signature.why == "i= is of a subdomain, and the public key is not (t=s)");
}

TEST_CASE("weak keys and none, whoever verifies") {
  SignedMail mail;
  mail.request.key = SigningKey::rsa768;
  mail.request.extra_tags = GENERATE("n=1", "n =1");
  mail.make_signature();
  CHECK(mail.result() == "policy: the RSA key has less than 1024 bits");
  CHECK(mail.read().key_bits == 768);
}

TEST_CASE("library and own reading agree") {
  std::mt19937 random(6376);
  const auto below = [&random](std::size_t bound) { return random() % bound; };
  const auto word = [&](bool header) {
    std::string text;
    for (std::size_t left = below(12); left > 0; --left) {
      const auto octet = static_cast<char>(below(256));
      const bool control = (octet >= 0 && octet < ' ') || octet == 0x7f;
      text += octet == '\r' || octet == '\n' || (header && control) ? ' ' : octet;
    }
    return text;
  };
  static const DkimVerifier verifier;
  int plain = 0;
  for (int round = 0; round < 300; ++round) {
    SignedMail mail;
    mail.fields = {{"From", " a@nic.xa"}};
    for (std::size_t left = below(6); left > 0; --left) {
      std::string value = word(true);
      for (std::size_t folds = below(3); folds > 0; --folds)
        value += (below(2) ? "\n " : "\n\t ") + word(true);
      mail.fields.push_back({below(2) ? "X-a" : "x-A", value});
    }
    mail.body.clear();
    for (std::size_t lines = below(8); lines > 0; --lines)
      mail.body += word(false) + (below(3) ? "" : " \t ") + (below(4) ? "\r\n" : "\r\n\r\n");
    mail.request.key = below(2) ? SigningKey::ed25519 : SigningKey::rsa1024;
    mail.request.relaxed_header = below(2) != 0;
    mail.request.relaxed_body = below(2) != 0;
    mail.request.header_names = {"from", "x-A", "X-a", "x-a"};
    mail.make_signature();
    if (below(4) == 0) mail.body += word(false) + "\r\n";
    if (below(4) == 0) mail.fields.back().value += word(true);
    plain += mail.is_plain() ? 1 : 0;
    INFO(round << " " << mail.fields.front().value << "\n" << mail.body);
    const auto plan = plan_dkim(mail.fields, *Domain::parse("nic.xa"), kThen, {});
    REQUIRE(plan.chosen.size() == 1);
    DkimBodyHash body(mail.request.relaxed_body);
    body.add(mail.body);
    const std::string record = public_key_record(mail.request.key);
    const DkimKey key{"", mail.request.key == SigningKey::ed25519, false,
                      record.substr(record.find("p=") + 2)};
    const bool good = check_dkim_header(plan.chosen[0], mail.fields, key, 1024).good &&
                      body.finish() == plan.chosen[0].tags.body_hash;
    CHECK(good == (mail.read().result == AuthResult::pass));
  }
  CHECK(plain == 300);
}

}  // namespace ccgate
