#include "policy/verdict/overrule.h"

#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

const Action kAction;

CcTldVerdict one(const char* label, Decision decision, Ground ground) {
  CcTldVerdict verdict;
  verdict.cctld = Domain::parse(label);
  verdict.decision = decision;
  verdict.ground = ground;
  verdict.rule = "own";
  verdict.ask_style = AskStyle::hold;
  verdict.quorum = Quorum{2, {Voucher::members}};
  verdict.actions = {&kAction};
  verdict.trace = {{"own", Truth::yes, "every condition is yes"}};
  return verdict;
}

/// xb decides: to ask, where xa is let in.
Verdict of_two() {
  return strictest({one("xa", Decision::accept, Ground::author_is_contact),
                    one("xb", Decision::ask, Ground::contact_in_copy)});
}

const Reply kReply{450, "4.7.28", "later"};

}  // namespace

TEST_CASE("a verdict that is overruled says the same of every ccTLD, and what was tried") {
  const Verdict verdict = overruled(of_two(), Decision::tempfail, Ground::flood, kReply);
  CHECK(verdict.decision == Decision::tempfail);
  CHECK(verdict.ground == Ground::flood);
  CHECK(verdict.rule.empty());
  CHECK(verdict.reply == kReply);
  CHECK(verdict.cctld == Domain::parse("xb"));
  REQUIRE(verdict.per_cctld.size() == 2);
  for (const CcTldVerdict& each : verdict.per_cctld) {
    CHECK(each.decision == Decision::tempfail);
    CHECK(each.ground == Ground::flood);
    CHECK(each.rule.empty());
    CHECK(each.reply == kReply);
    CHECK(each.actions.empty());
    CHECK_FALSE(each.ask_style);
    CHECK_FALSE(each.quorum);
    CHECK(each.trace.size() == 1);
  }
}

TEST_CASE("another decision on the same grounds is that of those ccTLDs alone that decided") {
  const Verdict held = redecided(of_two(), Decision::hold, {});
  CHECK(held.decision == Decision::hold);
  CHECK(held.ground == Ground::contact_in_copy);
  CHECK(held.rule == "own");
  CHECK(held.per_cctld[0].decision == Decision::accept);
  CHECK(held.per_cctld[0].actions.size() == 1);
  CHECK(held.per_cctld[1].decision == Decision::hold);
  CHECK(held.per_cctld[1].ground == Ground::contact_in_copy);
  CHECK(held.per_cctld[1].actions.empty());
}

TEST_CASE("no ccTLD stays stricter than the whole") {
  const Verdict milder = redecided(strictest({one("xa", Decision::tempfail, Ground::rule),
                                              one("xb", Decision::reject, Ground::over_limit)}),
                                   Decision::hold, {});
  for (const CcTldVerdict& each : milder.per_cctld) CHECK(each.decision == Decision::hold);
}

TEST_CASE("a reply is that of the ccTLDs that decided") {
  const Verdict verdict = replied(of_two(), kReply);
  CHECK(verdict.reply == kReply);
  CHECK(verdict.per_cctld[0].reply == Reply{});
  CHECK(verdict.per_cctld[1].reply == kReply);
  CHECK(verdict.decision == Decision::ask);
}

TEST_CASE("where no policy was asked about a ccTLD, the whole is overruled all the same") {
  const Verdict verdict = overruled({}, Decision::tempfail, Ground::flood, kReply);
  CHECK(verdict.decision == Decision::tempfail);
  CHECK(verdict.per_cctld.empty());
}

}  // namespace ccgate
