#include "milter/decision/weigh.h"

#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

/// A message to two lists, `tld-ops` and `other`.
struct Lists {
  Lists() {
    rules->lists.push_back(rules->lists.front());
    rules->lists.back().config.name = "other";
    gated = {{&rules->lists[0], {}}, {&rules->lists[1], {}}};
  }
  Policy& policy(std::size_t list) { return rules->lists.at(list).policy; }

  /// For xa, as the policy of this list says.
  [[nodiscard]] RecipientJudgement judged(std::size_t list, Decision decision,
                                          Ground ground = Ground::rule) const {
    RecipientJudgement one{nullptr, &gated.at(list), {}};
    one.judgement.request.kind = RequestKind::subscribe;
    one.request_key = "key of " + gated.at(list).list->config.name;
    CcTldVerdict xa;
    xa.cctld = domain("xa");
    xa.decision = decision;
    xa.ground = ground;
    xa.rule = "copied";
    one.judgement.verdict = strictest({xa});
    return one;
  }
  /// One whose contact is asked.
  [[nodiscard]] RecipientJudgement asked(std::size_t list, AskStyle style) const {
    RecipientJudgement one = judged(list, Decision::ask, Ground::contact_asked);
    one.ask_style = style;
    one.approval.waiting_for = {address("hostmaster@nic.xa")};
    return one;
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  std::vector<Ruleset::Gated> gated;
};

Judged judged_as(std::vector<RecipientJudgement> judgements) {
  Judged all{"7k2m9qx40c1d"};
  all.decided = true;
  all.judgements = std::move(judgements);
  return all;
}

const Overruling kFlooded{
    DecisionStep::bounds, Decision::tempfail, Ground::flood, {450, "4.7.28", "later"}, "enough for today"};

}  // namespace

TEST_CASE("the strictest list decides, with its request and its key") {
  Lists lists;
  const Settled settled =
      weigh(judged_as({lists.judged(0, Decision::accept), lists.judged(1, Decision::hold)}));
  CHECK(settled.verdict.decision == Decision::hold);
  CHECK(settled.list == "other");
  CHECK(settled.request_key == "key of other");
  CHECK(settled.request.kind == RequestKind::subscribe);
  CHECK_FALSE(settled.passes_untouched);
  CHECK(settled.changes.empty());
}

TEST_CASE("of lists that are equally strict the first decides") {
  Lists lists;
  CHECK(weigh(judged_as({lists.judged(0, Decision::hold), lists.judged(1, Decision::hold)})).list ==
        "tld-ops");
}

TEST_CASE("a list that only observes never weighs against one that enforces") {
  Lists lists;
  lists.policy(1).mode = Mode::observe;
  CHECK(weigh(judged_as({lists.judged(0, Decision::accept), lists.judged(1, Decision::reject)}))
            .verdict.decision == Decision::accept);
  lists.policy(0).mode = Mode::observe;
  CHECK(weigh(judged_as({lists.judged(0, Decision::accept), lists.judged(1, Decision::reject)}))
            .verdict.decision == Decision::reject);
}

TEST_CASE("mail that is a command to none of its lists passes untouched") {
  Lists lists;
  RecipientJudgement post = lists.judged(0, Decision::accept), owner = lists.judged(1, Decision::accept);
  post.judgement.request.kind = RequestKind::post;
  owner.judgement.request.kind = RequestKind::owner;
  CHECK(weigh(judged_as({post, owner})).passes_untouched);
  owner.judgement.request.kind = GENERATE(RequestKind::subscribe, RequestKind::unsubscribe);
  CHECK_FALSE(weigh(judged_as({post, owner})).passes_untouched);
}

TEST_CASE("lists that ask in one way keep it") {
  Lists lists;
  const AskStyle style = GENERATE(AskStyle::tempfail, AskStyle::hold, AskStyle::reject);
  const Settled settled = weigh(judged_as({lists.asked(0, style), lists.asked(1, style)}));
  CHECK(settled.ask_style == style);
  CHECK(settled.changes.empty());
}

TEST_CASE("where lists ask in different ways it is put off, and the trace says so") {
  Lists lists;
  const Settled settled =
      weigh(judged_as({lists.asked(0, AskStyle::hold), lists.asked(1, AskStyle::reject)}));
  CHECK(settled.ask_style == AskStyle::tempfail);
  CHECK(settled.verdict.decision == Decision::ask);
  CHECK(settled.verdict.reply.code == 451);
  CHECK(settled.verdict.per_cctld[0].reply == settled.verdict.reply);
  REQUIRE(settled.changes.size() == 1);
  CHECK(settled.changes[0].step == DecisionStep::contacts);
  CHECK(settled.changes[0].from == settled.changes[0].to);
  CHECK(settled.changes[0].to == ruling_of(settled.verdict));
  CHECK(settled.changes[0].why == "its lists ask in different ways: it is put off");
}

TEST_CASE("what overrules a message does so for each of its lists") {
  Lists lists;
  const Settled settled = overrule(
      weigh(judged_as({lists.asked(0, AskStyle::hold), lists.judged(1, Decision::accept)})), kFlooded);
  CHECK(ruling_of(settled.verdict) == Ruling{Decision::tempfail, Ground::flood});
  CHECK(settled.verdict.reply == kFlooded.reply);
  for (const RecipientJudgement& each : settled.judgements)
    CHECK(ruling_of(each.judgement.verdict) == Ruling{Decision::tempfail, Ground::flood});
  CHECK_FALSE(settled.ask_style);
  CHECK(settled.decision_id == "7k2m9qx40c1d");
  REQUIRE(settled.changes.size() == 1);
  CHECK(settled.changes[0].from == Ruling{Decision::ask, Ground::contact_asked, "copied"});
  CHECK(settled.changes[0].to == Ruling{Decision::tempfail, Ground::flood});
  CHECK(settled.changes[0].why == "enough for today");
}

TEST_CASE("what a list that only observes decides more strictly stays") {
  Lists lists;
  lists.policy(1).mode = Mode::observe;
  const Settled settled = overrule(
      weigh(judged_as({lists.judged(0, Decision::accept), lists.judged(1, Decision::reject)})), kFlooded);
  CHECK(settled.verdict.decision == Decision::tempfail);
  CHECK(settled.judgements[1].judgement.verdict.decision == Decision::reject);
  CHECK(settled.judgements[1].judgement.verdict.ground == Ground::rule);
}

TEST_CASE("what was to be repeated gets an id of its own when it is overruled") {
  Lists lists;
  Settled before = weigh(judged_as({lists.judged(0, Decision::accept)}));
  before.repeated = true;
  const Settled settled = overrule(before, kFlooded);
  CHECK_FALSE(settled.repeated);
  CHECK(settled.decision_id != "7k2m9qx40c1d");
}

TEST_CASE("before any policy was asked the verdict is all there is") {
  Verdict verdict;
  verdict.ground = Ground::malformed;
  const Settled settled = without_judgement({"7k2m9qx40c1d", "tld-ops"}, verdict);
  CHECK(ruling_of(settled.verdict) == Ruling{Decision::reject, Ground::malformed});
  CHECK(settled.list == "tld-ops");
  CHECK_FALSE(settled.decided);
  CHECK_FALSE(settled.passes_untouched);
}

}  // namespace ccgate
