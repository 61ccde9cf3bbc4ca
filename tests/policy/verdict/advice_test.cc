#include "policy/verdict/advice.h"

#include <set>
#include <string>

#include "policy/text/ascii.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

void check_row(const Advice& row) {
  CHECK_FALSE(row.why.empty());
  CHECK(is_printable_ascii(row.why));
  REQUIRE_FALSE(row.tell.empty());
  for (const Advice::Tell& tell : row.tell) {
    CHECK_FALSE(tell.what.empty());
    CHECK(is_printable_ascii(tell.what));
  }
}

}  // namespace

TEST_CASE("each ground that keeps somebody out has its row") {
  const std::set<Ground> lets_through{Ground::author_is_contact, Ground::contact_in_copy,
                                      Ground::contact_confirmed, Ground::not_gated_request};
  for (const auto& [ground, word] : EnumWords<Ground>::table) {
    INFO(word);
    const auto row = advice(ground);
    CHECK(row.has_value() != lets_through.contains(ground));
    if (row) check_row(*row);
  }
}

TEST_CASE("each setback has its row") {
  for (const auto& [setback, word] : EnumWords<Setback>::table) {
    INFO(word);
    check_row(advice(setback));
    // A word is that of a ground or of a setback, not of both.
    CHECK_FALSE(parse_word<Ground>(word));
  }
}

TEST_CASE("who has to do something about it") {
  CHECK(advice(Ground::contact_not_in_copy)->tell.front().whom == Whom::author);
  CHECK(advice(Ground::not_authenticated)->tell.front().whom == Whom::author_mail_admin);
  CHECK(advice(Ground::outsider)->tell.back().whom == Whom::list_operator);
  CHECK(advice(Ground::contact_asked)->tell.front().whom == Whom::registry);
  CHECK(advice(Ground::contact_refused)->tell.front().whom == Whom::nobody);
  for (const Ground ours :
       {Ground::dns_trouble, Ground::stale_contacts, Ground::flood, Ground::internal_error})
    CHECK(advice(ours)->tell.front().whom == Whom::mail_admin);
  CHECK(advice(Setback::bounced).tell.front().whom == Whom::registry);
  CHECK(advice(Setback::not_on_list).tell.front().whom == Whom::member);
}

TEST_CASE("advice is found by its word, and names stand in it as they are") {
  CHECK(advice_of("outsider").why == advice(Ground::outsider)->why);
  CHECK(advice_of("expired").why == advice(Setback::expired).why);
  CHECK(advice_of("author_is_contact").why == advice(Ground::rule)->why);
  CHECK(advice_of("").why == advice(Ground::rule)->why);
  const AdviceNames names{"{contact}", "c", "xa", "r"};
  CHECK(advice_text("{author} {contact} {tld} `{rule}` {other} {", names) == "{contact} c xa `r` {other} {");
}
