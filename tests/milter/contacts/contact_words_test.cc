#include "milter/contacts/contact_words.h"

#include "policy/names/cctld.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("ccTLDs are named with both labels") {
  CHECK(cctld_name(*parse_cctld("XA")) == ".xa");
  CHECK(cctld_name(*parse_cctld("xn--p1ai")) == ".xn--p1ai (\xd1\x80\xd1\x84)");
  CHECK(cctld_names({*parse_cctld("xn--p1ai"), *parse_cctld("xb"), *parse_cctld("xa")}) ==
        ".xa, .xb, .xn--p1ai (\xd1\x80\xd1\x84)");
  CHECK(cctld_names({}).empty());
  std::set<Domain> many;
  for (const char first : {'w', 'x'})
    for (char second = 'a'; second <= 'z' && many.size() < 41; ++second)
      many.insert(*parse_cctld(std::string{first, second}));
  CHECK(cctld_names(many) == "41 ccTLDs (.wa, .wb, .wc, ...)");
}

TEST_CASE("times are told in days") {
  constexpr std::int64_t kDay = 24 * 3600;
  CHECK(day_text(1795327200) == "2026-11-22");
  CHECK(days_text(-1) == "0 days");
  CHECK(days_text(kDay - 1) == "0 days");
  CHECK(days_text(kDay) == "1 day");
  CHECK(days_text(2 * kDay) == "2 days");
}
