#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

Member member_of_list(const std::string& cctld, const std::string& address,
                      const std::string& began_by = "import") {
  Member member;
  member.list = "tld-ops";
  member.cctld = cctld;
  member.address = member.email = address;
  member.name = "Anne";
  member.since = 1000;
  member.began_by = began_by;
  return member;
}

OwnEntry own_review(const std::string& id, const std::string& contact, const std::string& key) {
  OwnEntry own;
  own.entry = sample_entry(id);
  own.entry.request = "review";
  Question question = sample_question("q" + id, id);
  question.request_key = review_key("tld-ops", contact);
  question.list = "tld-ops";
  question.contact = contact;
  own.question = question;
  own.task = sample_task(key, id);
  own.task.kind = TaskKind::ask;
  own.task.question = question.id;
  return own;
}

MemberChanges ends(const std::string& cctld, const std::string& address,
                   const std::string& by = "hand: moved") {
  return {.ended = {{"tld-ops", cctld, address, 2000, by}}, .begun = {}, .checked = {}};
}

}  // namespace

TEST_CASE("what is begun twice is begun once") {
  const Place place;
  const auto store = place.open();
  const auto other = place.open();
  const OwnEntry own = own_review("r1", "hostmaster@nic.xa", "review:1");
  CHECK(store->begin(own));
  CHECK_FALSE(other->begin(own));
  CHECK_FALSE(other->begin(own_review("r2", "hostmaster@nic.xa", "review:1")));
  CHECK_FALSE(store->find_entry("r2"));
  CHECK(store->reviews("tld-ops").size() == 1);
  CHECK(store->is_known("review:1"));
  CHECK_FALSE(store->is_known("review:2"));
  CHECK(store->begin(own_review("r3", "hostmaster@nic.xb", "review:2")));
  CHECK(store->reviews("tld-ops").size() == 2);
  CHECK(store->reviews("tld").empty());
  CHECK(store->newest_of("tld-ops", "review", 5000)->id == "r3");
  CHECK_FALSE(store->newest_of("tld-ops", "repository", 5000));
  CHECK_FALSE(store->newest_of("tld-ops", "review", 1000));
}

TEST_CASE("an answer to a review changes members with it") {
  using enum TokenUse::Outcome;
  const Place place;
  const auto store = place.open();
  store->begin(own_review("r1", "hostmaster@nic.xa", "review:1"));
  const Question question = store->reviews("tld-ops").front();
  const std::int64_t now = question.asked + 1;
  Token token = sample_token("t1", TokenPurpose::confirm, "r1");
  token.question = question.id;
  token.list = "tld-ops";
  token.expires = question.expires;
  store->add_token(token, now);
  store->change_members({{}, {member_of_list("xa", "anne@nic.xa"), member_of_list("xa", "ben@nic.xa")}, {}});
  const auto answer = [&](QuestionState state, const MemberChanges& changes, std::int64_t at) {
    return store->answer_review("t1", "tld-ops", state, "", at, {}, changes).outcome;
  };
  const MemberChanges checks{
      .ended = {}, .begun = {}, .checked = {{"tld-ops", "xa", "anne@nic.xa", now, "c"}}};
  CHECK(store->answer_review("t2", "tld-ops", QuestionState::confirmed, "", now, {}, checks).outcome ==
        unknown);
  CHECK(store->answer_review("t1", "other", QuestionState::confirmed, "", now, {}, checks).outcome ==
        unknown);
  CHECK(answer(QuestionState::confirmed, checks, now) == done);
  CHECK(answer(QuestionState::confirmed, checks, now) == used);
  CHECK(store->members({}).front().checked == now);
  CHECK(answer(QuestionState::confirmed, ends("xa", "anne@nic.xa", "r1"), now) == done);
  CHECK(answer(QuestionState::refused, {}, now) == done);
  CHECK(answer(QuestionState::refused, {}, now) == used);
  CHECK(answer(QuestionState::confirmed, checks, now) == used);
  CHECK(answer(QuestionState::confirmed, ends("xa", "ben@nic.xa", "r1"), question.expires + 1) == expired);
  CHECK(store->members({}).size() == 1);
}
