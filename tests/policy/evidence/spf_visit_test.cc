#include "policy/evidence/spf_visit.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

SpfVisit visit_of(const std::string& text) {
  return SpfVisit(std::get<SpfRecord>(parse_spf_record(text)));
}

}  // namespace

TEST_CASE("a record that lets everybody pass is found") {
  const auto everybody = [](const std::string& text) { return passes_everybody(visit_of(text)); };
  CHECK(everybody("v=spf1 +all"));
  CHECK(everybody("v=spf1 all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/0 -all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 -all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/2 ip4:128.0.0.0/2 -all"));
  CHECK(everybody("v=spf1 ip6:::/0 -all"));
  CHECK(everybody("v=spf1 a/0 -all"));
  CHECK(everybody("v=spf1 mx//1 -all"));
  CHECK_FALSE(everybody("v=spf1 ip4:0.0.0.0/2 ip4:0.0.0.0/2 -all"));
  CHECK_FALSE(everybody("v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/3 -all"));
  CHECK_FALSE(everybody("v=spf1 -all +all"));
  CHECK_FALSE(everybody("v=spf1 ?all"));
  CHECK_FALSE(everybody("v=spf1 -ip4:0.0.0.0/0 ip4:192.0.2.0/24 -all"));
  CHECK_FALSE(everybody("v=spf1 -ip4:0.0.0.0/0 -ip6:::/0 +all"));
  CHECK(everybody("v=spf1 -ip4:0.0.0.0/0 +all"));  // all of IPv6 is left
  CHECK(everybody("v=spf1 -ip4:10.0.0.0/8 -ip4:192.168.0.0/16 ip4:0.0.0.0/0 -all"));
  CHECK_FALSE(everybody("v=spf1 ?ip4:0.0.0.0/2 ?ip4:128.0.0.0/2 ip4:0.0.0.0/1 ip4:160.0.0.0/3 -all"));
}

TEST_CASE("what was asked counts together") {
  SpfVisit root = visit_of("v=spf1 include:a.example a:h.example/2 -all");
  CHECK_FALSE(passes_everybody(root));
  root.found[1].addresses = {std::string("\xc0\0\x02\x01", 4)};
  CHECK_FALSE(passes_everybody(root));
  root.found[0].record = std::make_unique<SpfVisit>(visit_of("v=spf1 ip4:0.0.0.0/2 -all"));
  CHECK(passes_everybody(root));
  root.record.terms[0].qualifier = '~';
  CHECK_FALSE(passes_everybody(root));
}

TEST_CASE("an exists that was answered is everybody, unless it is about the client's address") {
  const auto everybody = [](const std::string& text) {
    SpfVisit root = visit_of(text);
    root.found[0].answered = true;
    return passes_everybody(root);
  };
  CHECK(everybody("v=spf1 exists:nic.example -all"));
  CHECK(everybody("v=spf1 exists:%{d}.x.example -all"));
  CHECK(everybody("v=spf1 exists:%{l}.%{v}.x.example -all"));
  CHECK(everybody("v=spf1 exists:%{h}.x.example -all"));
  CHECK_FALSE(everybody("v=spf1 exists:%{i}.x.example -all"));
  CHECK_FALSE(everybody("v=spf1 exists:%{L}.%{IR}.x.example -all"));
  CHECK_FALSE(everybody("v=spf1 exists:%{p}.x.example -all"));
  CHECK_FALSE(everybody("v=spf1 ?exists:nic.example -all"));
  CHECK_FALSE(everybody("v=spf1 ?exists:nic.example +all"));
  CHECK(everybody("v=spf1 -exists:%{l}.x.example +all"));  // whoever has another local part
  CHECK(everybody("v=spf1 ?exists:%{i}.x.example +all"));
}

TEST_CASE("a name of the client's choice is everybody's") {
  const auto everybody = [](const std::string& text) { return passes_everybody(visit_of(text)); };
  CHECK(everybody("v=spf1 a:%{h} -all"));
  CHECK(everybody("v=spf1 mx:%{h2} -all"));
  CHECK(everybody("v=spf1 a:www.%{H} -all"));
  CHECK(everybody("v=spf1 include:%{l} -all"));
  CHECK(everybody("v=spf1 redirect=%{sr}"));
  CHECK(everybody("v=spf1 exists:%{i}.%{p} -all"));
  CHECK(everybody("v=spf1 -a:%{h} +all"));
  CHECK_FALSE(everybody("v=spf1 -a:%{h} ip4:192.0.2.0/24 -all"));
  CHECK_FALSE(everybody("v=spf1 ?a:%{h} -all"));
  CHECK_FALSE(everybody("v=spf1 a:%{h}.nic.example -all"));
  CHECK_FALSE(everybody("v=spf1 a:%{i}.%{h}.%{d} -all"));
}

TEST_CASE("many are a 128th") {
  const auto many = [](const std::string& text) { return passes_many(visit_of(text)); };
  CHECK(many("v=spf1 ip4:10.0.0.0/7 -all"));
  CHECK(many("v=spf1 ip6:2000::/10 -all"));
  CHECK(many("v=spf1 +all"));
  CHECK_FALSE(many("v=spf1 ip4:10.0.0.0/8 ip4:172.16.0.0/12 ip6:2001:db8::/32 -all"));
}

TEST_CASE("many networks take little time") {
  std::string text = "v=spf1";
  for (int i = 0; text.size() < 4000; ++i)
    text += std::string(i % 2 == 0 ? " " : " -") + "ip4:" + std::to_string(i * 7 % 256) + ".0.0.0/12";
  CHECK_FALSE(passes_everybody(visit_of(text)));
}

}  // namespace ccgate
