#include "policy/request/named_cctlds.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::string told(const NamedCcTlds& named) {
  std::string out;
  for (const Domain& cctld : named.cctlds) out += (out.empty() ? "" : " ") + cctld.ascii();
  if (named.unknown > 0) out += (out.empty() ? "?" : " ?") + std::to_string(named.unknown);
  return out;
}

struct NamedRow {
  const char* text;
  const char* want;
};

TEST_CASE("a subscribe line names its ccTLDs") {
  const auto row = GENERATE(values<NamedRow>({
      {"subscribe xa", "xa"},
      {"Subscribe XA xb", "xa xb"},
      {"join xa, .xb; xc / xd & xe and xf", "xa xb xc xd xe xf"},
      {"JOIN: xa", "xa"},
      {"join:xa", "xa"},
      {"Re: [tld-ops] Fwd: subscribe xa", "xa"},
      {"> > subscribe xa", "xa"},
      {"subscribe xn--p1ai", "xn--p1ai"},
      {"subscribe рф", "xn--p1ai"},
      {"subscribe .РФ, XA", "xa xn--p1ai"},
      {"subscribe 。xa", "xa"},
      {"subscribe ．xa", "xa"},
      {"subscribe \xe2\x80\x8exa\xe2\x80\x8e", "xa"},
      {"subscribe \"xa\" (Xanadu)", "xa"},
      {"subscribe xa（ザ）、xb", "xa xb"},
      {"subscribe (xa", "xa"},
      {"subscribe xa.", "xa"},
      {"subscribe tld-ops xa", "xa"},
      {"subscribe tld-ops@lists.example digest=no xa", "xa"},
      {"subscribe", ""},
      {"subscribe xa xn--zzzzzz--", "xa ?1"},
      {"subscribe x1", "?1"},
      {"subscribe .com", "?1"},
      {"subscribe to tld-ops please", ""},
      {"subscribe me please", ""},
      {"please subscribe xa", ""},
      {"please subscribe us for .xa and .xb.", "xa xb"},
      {"subscribe Anne for .xa", "xa"},
      {"subscribe www.example and .co.xa", ""},
      {"we run .xa and .xb", ""},
      {"xa xb", ""},
      {"unsubscribe xa", ""},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_subscribe_line(row.text, "tld-ops", named);
  CHECK(told(named) == row.want);
}

TEST_CASE("a labelled list takes nothing but ccTLDs") {
  const auto row = GENERATE(values<NamedRow>({
      {"xa, xb", "xa xb"},
      {".xa (Xanadu), .xb and .xc", "xa xb xc"},
      {"xa und xb", "xa xb"},
      {"xa et xb", "xa xb"},
      {"xa, et, xb", "et xa xb"},
      {"et", "et"},
      {"xa, et", "et xa"},
      {"xa y xb", "xa xb"},
      {"xa と xb", "xa xb"},
      {"XN--P1AI рф", "xn--p1ai"},
      {"xa nic.example", "xa ?1"},
      {"all of them", "of ?2"},
      {"", ""},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_cctld_list(row.text, named);
  CHECK(told(named) == row.want);
}

TEST_CASE("only so many words are looked at") {
  NamedCcTlds named;
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "nope ";
  read_cctld_list(list + "xa", named);
  CHECK(named.looked_at == 200);
  CHECK(named.cctlds.empty());
  CHECK(named.unknown == 10'001);
  read_subscribe_line("subscribe xa .xb xn--p1ai рф", "tld-ops", named);
  CHECK(named.cctlds.empty());
  CHECK(named.unknown == 10'005);
}

TEST_CASE("a word longer than any label is not looked at") {
  NamedCcTlds named;
  std::string word;
  for (int i = 0; i < 127; ++i) word += "ф";
  read_cctld_list(word, named);
  CHECK(named.looked_at == 0);
  CHECK(told(named) == "?1");
}

TEST_CASE("address detail") {
  const auto row = GENERATE(values<NamedRow>({
      {"", ""},
      {"xa", "xa"},
      {"xa+XB", "xa xb"},
      {"xa,xb", "xa xb"},
      {"xn--p1ai", "xn--p1ai"},
      {"xa+bounce123", "xa ?1"},
      {"xa++xb", "xa xb"},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_detail(row.text, named);
  CHECK(told(named) == row.want);
}

}  // namespace
}  // namespace ccgate
