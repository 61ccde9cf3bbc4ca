#include "milter/members/reviews.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kToday = 20'000 * kDay + 36'000;

CcTld cctld(const std::string& label, const std::string& contact, std::int64_t age = 1000 * kDay) {
  CcTld one{*Domain::parse(label), {}, "", std::nullopt, std::nullopt, ""};
  one.contacts.emplace(Role::admin,
                       Contact{*Address::parse(contact), "", kToday - age, kToday - age, std::nullopt});
  return one;
}

Member member(const std::string& label, const std::string& address, std::int64_t checked_before = 400 * kDay,
              const std::string& voucher = "hostmaster@nic.xa") {
  Member one;
  one.list = "tld-ops";
  one.cctld = label;
  one.address = one.email = address;
  one.since = kToday - 1000 * kDay;
  one.checked = checked_before == 0 ? 0 : kToday - checked_before;
  if (one.checked != 0) one.voucher = voucher;
  return one;
}

Question review(const std::string& contact, std::vector<std::string> cctlds, std::int64_t before,
                QuestionState state = QuestionState::open) {
  Question one;
  one.id = "q" + std::to_string(before);
  one.list = "tld-ops";
  one.contact = contact;
  one.cctlds = std::move(cctlds);
  one.asked = kToday - before;
  one.expires = one.asked + 60 * kDay;
  one.state = state;
  return one;
}

struct World {
  std::vector<CcTld> cctlds{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "hostmaster@nic.xa"),
                            cctld("xc", "hostmaster@nic.xc")};
  std::vector<Member> members;
  std::vector<Question> reviews;
  ReviewTimes times;
  std::int64_t now = kToday;

  template <class Work>
  auto with(const Work& work) const {
    const Directory directory(cctlds, {}, {}, kToday - kDay);
    return work(ReviewSituation{directory, times, now, 14 * kDay, 7 * kDay, members, reviews});
  }
  /// `CONTACT CCTLDS CAUSE`
  std::vector<std::string> due() const {
    std::vector<std::string> all;
    for (const DueReview& one : with([](const ReviewSituation& s) { return due_reviews(s); })) {
      std::string text = one.contact.text();
      for (const std::string& label : one.cctlds) text += " " + label;
      all.push_back(text + " " + std::string(to_string(one.cause)));
    }
    return all;
  }
  std::size_t reminders() const {
    return with([](const ReviewSituation& s) { return due_reminders(s); }).size();
  }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a contact is asked once for all its ccTLDs and people") {
  World w;
  w.members = {member("xa", "anne@nic.xa"), member("xb", "anne@nic.xa", 10 * kDay),
               member("xa", "ben@nic.xa", 0)};
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa xb never"});
  w.members = {member("xa", "anne@nic.xa", 364 * kDay)};
  CHECK(w.due().empty());
  w.members = {member("xa", "anne@nic.xa", 365 * kDay)};
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa time"});
  w.members = {member("xz", "anne@nic.xa", 0)};  // no longer delegated: nobody to ask
  CHECK(w.due().empty());
}

TEST_CASE("no contact is asked that was asked before, in time") {
  World w;
  w.members = {member("xa", "anne@nic.xa")};
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 10 * kDay)};
  CHECK(w.due().empty());
  for (const QuestionState state : {QuestionState::expired, QuestionState::refused, QuestionState::confirmed,
                                    QuestionState::undelivered}) {
    w.reviews = {review("hostmaster@nic.xa", {"xa"}, 59 * kDay, state)};
    CHECK(w.due().empty());
  }
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 61 * kDay, QuestionState::undelivered)};
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa time"});
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 366 * kDay, QuestionState::expired)};
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa time"});
  // The clock went back since.
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, -kDay)};
  CHECK(w.due().empty());
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, -100 * kDay)};
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa time"});
  CHECK(w.with([](const ReviewSituation& s) { return due_reviews(s).front().before; }) == "+1");
}

TEST_CASE("a new contact is asked behind its cool-down, and nobody else meanwhile") {
  World w;
  w.cctlds = {cctld("xa", "new@nic.xa", kDay)};
  w.members = {member("xa", "anne@nic.xa", 10 * kDay), member("xa", "ben@nic.xa", 0)};
  CHECK(w.due().empty());
  w.cctlds = {cctld("xa", "new@nic.xa", 14 * kDay)};
  CHECK(w.due() == Lines{"new@nic.xa xa never"});
  w.members.pop_back();
  CHECK(w.due() == Lines{"new@nic.xa xa contact"});
  w.reviews = {review("new@nic.xa", {"xa"}, 100 * kDay, QuestionState::expired)};
  CHECK(w.due().empty());
  // A tech contact that stood for somebody still is one.
  w.reviews.clear();
  w.cctlds.front().contacts.emplace(Role::tech, Contact{*Address::parse("hostmaster@nic.xa"), "",
                                                        std::nullopt, std::nullopt, std::nullopt});
  CHECK(w.due().empty());
}

TEST_CASE("mail that comes back makes a review, once") {
  World w;
  w.members = {member("xa", "anne@nic.xa", 10 * kDay)};
  w.members.front().bouncing = kToday - 5 * kDay;
  CHECK(w.due() == Lines{"hostmaster@nic.xa xa bounce"});
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 3 * kDay, QuestionState::confirmed)};
  CHECK(w.due().empty());
}

TEST_CASE("old and doubtful contact data asks nobody") {
  World w;
  w.members = {member("xa", "anne@nic.xa")};
  w.cctlds.front().fetched = kToday - 8 * kDay;
  CHECK(w.due().empty());
  w.cctlds.front().fetched.reset();
  w.cctlds.front().unusable = true;
  CHECK(w.due().empty());
}

TEST_CASE("so many a day, ASCII first") {
  World w;
  w.times.per_day = 2;
  w.cctlds = {cctld("xn--p1ai", "a@nic.xa"), cctld("xc", "c@nic.xc"), cctld("xb", "b@nic.xb")};
  for (const char* label : {"xn--p1ai", "xc", "xb"}) w.members.push_back(member(label, "p@nic.xa", 0));
  CHECK(w.due() == Lines{"b@nic.xb xb never", "c@nic.xc xc never"});
  w.reviews = {review("b@nic.xb", {"xb"}, 3600)};
  CHECK(w.due() == Lines{"c@nic.xc xc never"});
  w.reviews.push_back(review("c@nic.xc", {"xc"}, 3600));
  CHECK(w.due().empty());
  // Nor when the clock goes back a day; but the next day.
  w.now = kToday - kDay;
  CHECK(w.due().empty());
  w.now = kToday + kDay;
  CHECK(w.due() == Lines{"a@nic.xa xn--p1ai never"});
}

TEST_CASE("reminders") {
  World w;
  w.members = {member("xa", "anne@nic.xa")};
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 21 * kDay)};
  CHECK(w.reminders() == 1);
  w.members.front().checked = kToday - kDay;  // by a new form
  CHECK(w.reminders() == 0);
  w.members.front().checked = 0;
  w.reviews.front().state = QuestionState::confirmed;
  CHECK(w.reminders() == 0);
  w.reviews = {review("hostmaster@nic.xa", {"xa"}, 20 * kDay)};
  CHECK(w.reminders() == 0);
}

TEST_CASE("who is no longer the contact is not reminded") {
  World w;
  w.members = {member("xa", "anne@nic.xa"), member("xb", "ben@nic.xb")};
  w.reviews = {review("hostmaster@nic.xa", {"xa", "xb"}, 22 * kDay)};
  w.cctlds = {cctld("xa", "new@elsewhere.example"), cctld("xb", "hostmaster@nic.xa")};
  CHECK(w.reminders() == 1);
  w.cctlds = {cctld("xa", "new@elsewhere.example"), cctld("xb", "new@elsewhere.example")};
  CHECK(w.reminders() == 0);
  w.cctlds = {cctld("xa", "hostmaster@nic.xa")};
  w.cctlds.front().unusable = true;
  CHECK(w.reminders() == 0);
}

TEST_CASE("the state of a membership") {
  const ReviewTimes times;
  const auto state = [&](const Member& one, const std::vector<Question>& reviews) {
    return review_state(one, reviews, times, kToday);
  };
  const std::string contact = "hostmaster@nic.xa";
  CHECK(state(member("xa", "a@nic.xa", 0), {}) == ReviewState::unchecked);
  CHECK(state(member("xa", "a@nic.xa", 10 * kDay), {}) == ReviewState::fresh);
  CHECK(state(member("xa", "a@nic.xa", 424 * kDay), {}) == ReviewState::fresh);
  CHECK(state(member("xa", "a@nic.xa", 426 * kDay), {}) == ReviewState::overdue);
  const Member old = member("xa", "a@nic.xa");
  CHECK(state(old, {review(contact, {"xa"}, 10 * kDay)}) == ReviewState::asked);
  CHECK(state(old, {review(contact, {"xb"}, 10 * kDay)}) == ReviewState::fresh);
  CHECK(state(old, {review(contact, {"xa"}, 61 * kDay)}) == ReviewState::overdue);
  CHECK(state(old, {review(contact, {"xa"}, 61 * kDay, QuestionState::expired)}) == ReviewState::overdue);
  CHECK(state(old, {review(contact, {"xa"}, kDay, QuestionState::refused)}) == ReviewState::overdue);
  CHECK(state(member("xa", "a@nic.xa", kDay),
              {review(contact, {"xa"}, 3 * kDay, QuestionState::confirmed)}) == ReviewState::fresh);
  // Who joined later was not asked about.
  Member late = member("xa", "a@nic.xa", kDay);
  late.since = kToday - kDay;
  CHECK(state(late, {review(contact, {"xa"}, 3 * kDay)}) == ReviewState::fresh);
}
