#include "policy/evidence/evidence.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;
using enum AuthResult;

const std::vector<HeaderField> kFields = {{"Cc", " hostmaster@nic.xa"},
                                          {"From", " anne@mail.nic.xa"},
                                          {"To", " list-join@lists.example"},
                                          {"Subject", " subscribe xa"},
                                          {"Date", " Tue, 15 Jan 2030 11:00:00 +0000"},
                                          {"Content-Type", " text/plain"},
                                          {"Received", " from nowhere"}};
const std::vector<std::string> kAllNames = {"from", "to", "cc", "subject", "date", "content-type"};
const std::vector<std::size_t> kAll = {0, 1, 2, 3, 4, 5};

Signature signature(AuthResult result, std::string_view d) {
  Signature made;
  made.result = result;
  made.domain = domain(d);
  made.header_names = kAllNames;
  if (result == pass || result == policy) made.covered = kAll;
  return made;
}

Signature covering(Signature made, std::vector<std::string> names, std::vector<std::size_t> covered) {
  made.header_names = std::move(names);
  if (made.result == pass) made.covered = std::move(covered);
  return made;
}

const Domain kAuthor = domain("mail.nic.xa");

}  // namespace

TEST_CASE("results have the names of RFC 8601") {
  CHECK(to_string(none) == "none");
  CHECK(to_string(pass) == "pass");
  CHECK(to_string(fail) == "fail");
  CHECK(to_string(softfail) == "softfail");
  CHECK(to_string(neutral) == "neutral");
  CHECK(to_string(policy) == "policy");
  CHECK(to_string(temperror) == "temperror");
  CHECK(to_string(permerror) == "permerror");
}

TEST_CASE("an identifier is aligned from the author domain up to its organizational domain") {
  struct Row {
    const char* identifier;
    const char* author;
    Alignment want;
  };
  const std::vector<Row> rows = {
      {"nic.xa", "nic.xa", Alignment::exact},
      {"NIC.xa", "nic.XA", Alignment::exact},
      {"nic.xa", "mail.nic.xa", Alignment::parent},
      {"mail.nic.xa", "a.mail.nic.xa", Alignment::parent},
      {"mail.nic.xa", "nic.xa", Alignment::none},  // a child never speaks for its parent
      {"a.nic.xa", "b.nic.xa", Alignment::none},
      {"evilnic.xa", "nic.xa", Alignment::none},
      {"xa", "nic.xa", Alignment::none},
      {"co.uk", "example.co.uk", Alignment::none},
      {"uk", "example.co.uk", Alignment::none},
      {"example.co.uk", "mail.example.co.uk", Alignment::parent},
      {"co.uk", "co.uk", Alignment::exact},
      {"uk", "co.uk", Alignment::none},
      {"xn--p1ai", "xn--e1afmkfd.xn--p1ai", Alignment::none},
      {"пример.рф", "mail.xn--e1afmkfd.xn--p1ai", Alignment::parent},
  };
  for (const Row& row : rows) {
    INFO(row.identifier << " for " << row.author);
    CHECK(alignment(domain(row.identifier), domain(row.author)) == row.want);
  }
}

TEST_CASE("an organizational domain that DMARC tells narrows alignment, and never widens it") {
  Evidence evidence;
  const auto tie = [&](const char* identifier) {
    return alignment(evidence, domain(identifier), domain("a.b.nic.xa"));
  };
  CHECK(tie("nic.xa") == Alignment::parent);
  evidence.organizational = domain("b.nic.xa");
  CHECK(tie("nic.xa") == Alignment::none);
  CHECK(tie("b.nic.xa") == Alignment::parent);
  CHECK(tie("a.b.nic.xa") == Alignment::exact);
  evidence.organizational = domain("xa");
  CHECK(tie("nic.xa") == Alignment::parent);
  CHECK(tie("xa") == Alignment::none);

  evidence.organizational = domain("b.nic.xa");
  evidence.spf = {AuthResult::pass, domain("nic.xa"), ""};
  CHECK(spf_aligned(evidence, domain("a.b.nic.xa")) == Truth::no);
  evidence.spf.domain = domain("b.nic.xa");
  CHECK(spf_aligned(evidence, domain("a.b.nic.xa")) == Truth::yes);
}

TEST_CASE("a signature covers all instances of a field or does not cover it") {
  Signature made = signature(pass, "nic.xa");
  std::vector<HeaderField> fields = kFields;
  CHECK(covers_all(made, fields, {"cc", "from"}));
  CHECK(covers_all(made, fields, {"reply-to"}));  // the message has none
  CHECK_FALSE(covers_all(made, fields, {"received"}));
  made.covered = {5, 4, 3, 2, 1, 0};  // in any order
  CHECK(covers_all(made, fields, {"cc", "from"}));
  fields.push_back({"CC", " one more"});
  CHECK_FALSE(covers_all(made, fields, {"cc"}));
  CHECK(covers_all(made, fields, {"from"}));
}

TEST_CASE("dkim_aligned and text_authentic, signature by signature") {
  const std::vector<std::string> no_content = {"from", "to", "cc", "subject", "date"};
  const std::vector<std::string> no_cc = {"from", "to", "subject", "date", "content-type"};
  struct Row {
    const char* story;
    std::vector<Signature> signatures;
    AlignmentMode adkim;
    Truth aligned;
    Truth text;
  };
  constexpr auto relaxed = AlignmentMode::relaxed, strict = AlignmentMode::strict;
  constexpr auto yes = Truth::yes, no = Truth::no, open = Truth::unknown;
  const std::vector<Row> rows = {
      {"nothing is signed", {}, relaxed, no, no},
      {"exact", {signature(pass, "mail.nic.xa")}, relaxed, yes, yes},
      {"exact, strict", {signature(pass, "mail.nic.xa")}, strict, yes, yes},
      {"exact, DMARC not known", {signature(pass, "mail.nic.xa")}, AlignmentMode::unknown, yes, yes},
      {"parent", {signature(pass, "nic.xa")}, relaxed, yes, yes},
      {"parent, strict", {signature(pass, "nic.xa")}, strict, no, no},
      {"parent, DMARC not known", {signature(pass, "nic.xa")}, AlignmentMode::unknown, open, open},
      {"another domain", {signature(pass, "evil.example")}, relaxed, no, no},
      {"another domain, DMARC not known", {signature(pass, "evil.example")}, AlignmentMode::unknown, no, no},
      {"a public suffix", {signature(pass, "xa")}, relaxed, no, no},
      {"it fails", {signature(fail, "nic.xa")}, relaxed, no, no},
      {"it verifies but does not count", {signature(policy, "nic.xa")}, relaxed, no, no},
      {"it is malformed", {signature(permerror, "nic.xa")}, relaxed, no, no},
      {"still open", {signature(temperror, "nic.xa")}, relaxed, open, open},
      {"still open, exact, strict", {signature(temperror, "mail.nic.xa")}, strict, open, open},
      {"still open, parent, strict", {signature(temperror, "nic.xa")}, strict, no, no},
      {"still open, parent, DMARC not known",
       {signature(temperror, "nic.xa")},
       AlignmentMode::unknown,
       open,
       open},
      {"still open, another domain", {signature(temperror, "evil.example")}, relaxed, no, no},
      {"one open, one good", {signature(temperror, "nic.xa"), signature(pass, "nic.xa")}, relaxed, yes, yes},
      {"one open, one bad", {signature(fail, "nic.xa"), signature(temperror, "nic.xa")}, relaxed, open, open},
      {"the type is not covered",
       {covering(signature(pass, "nic.xa"), no_content, {0, 1, 2, 3, 4})},
       relaxed,
       yes,
       no},
      {"still open, the type is not covered",
       {covering(signature(temperror, "nic.xa"), no_content, {})},
       relaxed,
       open,
       no},
      {"Cc is not covered", {covering(signature(pass, "nic.xa"), no_cc, {1, 2, 3, 4, 5})}, relaxed, no, no},
      {"still open, Cc could not be covered",
       {covering(signature(temperror, "nic.xa"), no_cc, {})},
       relaxed,
       no,
       no},
      // Two halves make no whole: each signature is judged by itself.
      {"Cc by one, the rest by another",
       {covering(signature(pass, "nic.xa"), no_cc, {1, 2, 3, 4, 5}),
        covering(signature(pass, "nic.xa"), {"from", "cc"}, {0, 1})},
       relaxed,
       no,
       no},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    Evidence evidence;
    evidence.signatures = row.signatures;
    evidence.adkim = row.adkim;
    CHECK(dkim_aligned(evidence, kAuthor, kFields) == row.aligned);
    CHECK(text_authentic(evidence, kAuthor, kFields) == row.text);
  }
}

TEST_CASE("one more Cc on top of a signed message") {
  std::vector<HeaderField> fields = kFields;
  fields.insert(fields.begin(), {"Cc", " hostmaster@nic.xb"});
  Evidence evidence;
  Signature made = signature(pass, "nic.xa");
  made.covered = {1, 2, 3, 4, 5, 6};
  evidence.signatures = {made};
  CHECK(dkim_aligned(evidence, kAuthor, fields) == Truth::no);
  // Whether the key will come or not: h= selects the lower Cc only.
  evidence.signatures = {signature(temperror, "nic.xa")};
  CHECK(dkim_aligned(evidence, kAuthor, fields) == Truth::no);
  // An h= that names Cc twice would have covered it.
  evidence.signatures.front().header_names.push_back("cc");
  CHECK(dkim_aligned(evidence, kAuthor, fields) == Truth::unknown);
}

TEST_CASE("a signature without a readable domain is worth nothing") {
  Evidence evidence;
  evidence.signatures = {signature(pass, "nic.xa")};
  evidence.signatures.front().domain.reset();
  CHECK(dkim_aligned(evidence, kAuthor, kFields) == Truth::no);
}

TEST_CASE("spf_aligned, and the text that it vouches for with the envelope") {
  struct Row {
    const char* story;
    AuthResult result;
    const char* mail_from;  // domain; nullptr: null MAIL FROM
    AlignmentMode aspf;
    Truth want;
  };
  constexpr auto relaxed = AlignmentMode::relaxed, strict = AlignmentMode::strict;
  constexpr auto yes = Truth::yes, no = Truth::no, open = Truth::unknown;
  const std::vector<Row> rows = {
      {"exact", pass, "mail.nic.xa", relaxed, yes},
      {"exact, strict", pass, "mail.nic.xa", strict, yes},
      {"parent", pass, "nic.xa", relaxed, yes},
      {"parent, strict", pass, "nic.xa", strict, no},
      {"parent, DMARC not known", pass, "nic.xa", AlignmentMode::unknown, open},
      {"a bounce domain below", pass, "bounce.mail.nic.xa", relaxed, no},
      {"another domain", pass, "evil.example", relaxed, no},
      {"null MAIL FROM", pass, nullptr, relaxed, no},
      {"softfail", softfail, "nic.xa", relaxed, no},
      {"neutral", neutral, "nic.xa", relaxed, no},
      {"none", none, "nic.xa", relaxed, no},
      {"permerror", permerror, "nic.xa", relaxed, no},
      {"temperror", temperror, "nic.xa", relaxed, open},
      {"temperror, parent, strict", temperror, "nic.xa", strict, no},
      {"temperror of another domain", temperror, "evil.example", relaxed, no},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    Evidence evidence;
    evidence.spf.result = row.result;
    if (row.mail_from != nullptr) evidence.spf.domain = domain(row.mail_from);
    evidence.aspf = row.aspf;
    CHECK(spf_aligned(evidence, kAuthor) == row.want);
    CHECK(text_authentic(evidence, kAuthor, kFields) == row.want);
    CHECK(dkim_aligned(evidence, kAuthor, kFields) == Truth::no);
  }
}

}  // namespace ccgate
