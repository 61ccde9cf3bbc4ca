#include "milter/iana/fetch.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kNow = 20000 * kDay;

IanaRecord record(const std::string& admin) {
  return {{*Address::parse(admin), "", kNow - 100 * kDay, std::nullopt}, std::nullopt, "", true, kNow};
}

std::vector<Domain> labels(std::size_t count) {
  std::vector<Domain> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back(domain(std::string{static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)}));
  return all;
}

FetchPlan plan(std::vector<Domain> wanted, std::int64_t now = kNow) {
  FetchPlan plan;
  plan.wanted = std::move(wanted);
  plan.merge.now = now;
  plan.source = "https://rdap.iana.org";
  return plan;
}

IanaAnswer by_label(const Domain& asked) {
  return record("admin@nic." + asked.ascii());
}

}  // namespace

TEST_CASE("a first run fills the file") {
  const Fetched run = fetch(plan(labels(3)), {}, by_label);
  CHECK(run.ok == 3);
  CHECK(run.file.fetched == kNow);
  CHECK(run.file.source == "https://rdap.iana.org");
  REQUIRE(run.file.cctlds.size() == 3);
  CHECK(run.file.cctlds[1].label == domain("ab"));
  CHECK(run.history.size() == 3);
  CHECK(run.too_large.empty());
  CHECK_FALSE(run.nothing_asked);
}

TEST_CASE("asking for some leaves the others, and the date of the file, as they were") {
  const Fetched first = fetch(plan(labels(3)), {}, by_label);
  const Fetched run = fetch(plan({domain("ab")}, kNow + kDay), first.file, by_label);
  CHECK(run.file.fetched == kNow);
  REQUIRE(run.file.cctlds.size() == 3);
  CHECK(run.file.cctlds[0].fetched == kNow);
  CHECK(run.file.cctlds[1].fetched == kNow + kDay);
}

TEST_CASE("a file of some is fetched when all of these were asked for") {
  const Fetched first = fetch(plan({domain("aa")}), {}, by_label);
  const Fetched run = fetch(plan({domain("aa")}, kNow + kDay), first.file, by_label);
  CHECK(run.file.fetched == kNow + kDay);
}

TEST_CASE("an entry without a date of its own keeps the file's") {
  ContactsFile old = fetch(plan(labels(2)), {}, by_label).file;
  old.cctlds[0].fetched.reset();
  const Fetched run = fetch(plan(labels(2), kNow + kDay), old, [](const Domain& asked) -> IanaAnswer {
    if (asked.ascii() == "aa") return Anomaly{"odd"};
    return by_label(asked);
  });
  CHECK(run.anomalies == 1);
  CHECK(run.file.fetched == kNow + kDay);
  CHECK(run.file.cctlds[0].fetched == kNow);
  CHECK(run.file.cctlds[0].anomaly == "odd");
}

TEST_CASE("after ten questions without an answer the rest is not asked, and told as such") {
  std::size_t asked = 0, told = 0;
  FetchPlan thirty = plan(labels(30));
  thirty.told = [&](const Merged&, std::size_t, bool was_asked) { told += was_asked ? 1 : 0; };
  const Fetched run = fetch(thirty, {}, [&](const Domain&) -> IanaAnswer {
    ++asked;
    return Unanswered{"HTTP status 503", true};
  });
  CHECK(asked == 10);
  CHECK(told == 10);
  CHECK(run.failed == 30);
  CHECK(run.not_asked == 20);
  CHECK(run.not_asked_why == "HTTP status 503");
  CHECK_FALSE(run.nothing_asked);
}

TEST_CASE("where nobody was reached three times the rest is not asked") {
  std::size_t asked = 0;
  const Fetched run = fetch(plan(labels(30)), {}, [&](const Domain&) -> IanaAnswer {
    ++asked;
    return Unanswered{"cannot connect", false};
  });
  CHECK(asked == 3);
  CHECK(run.failed == 30);
  CHECK(run.nothing_asked);
  CHECK(run.file.cctlds.back().anomaly == "not asked: cannot connect");
}

TEST_CASE("an answer in between, even an odd one, starts the count again") {
  std::size_t asked = 0;
  const Fetched run = fetch(plan(labels(30)), {}, [&](const Domain&) -> IanaAnswer {
    if (asked++ % 10 == 9) return Anomaly{"odd"};
    return Unanswered{"HTTP status 503", true};
  });
  CHECK(asked == 30);
  CHECK(run.failed == 27);
  CHECK(run.anomalies == 3);
  CHECK_FALSE(run.nothing_asked);
}

TEST_CASE("a large change is told") {
  const ContactsFile old = fetch(plan(labels(40)), {}, by_label).file;
  std::size_t left = 3;
  const auto changed = fetch(plan(labels(40), kNow + kDay), old, [&](const Domain& asked) -> IanaAnswer {
    if (left == 0) return by_label(asked);
    --left;
    return record("somebody@else.example");
  });
  CHECK(changed.changed == 3);
  CHECK(changed.too_large == "the contacts of 3 of 40 ccTLDs changed in one run");

  left = 3;
  const auto gone = fetch(plan(labels(40), kNow + kDay), old, [&](const Domain& asked) -> IanaAnswer {
    if (left == 0) return by_label(asked);
    --left;
    return Anomaly{"IANA knows no such ccTLD (HTTP 404)", true};
  });
  CHECK(gone.too_large == "3 of 40 ccTLDs are gone in one run");
}

TEST_CASE("a full run drops what is delegated no more, with its last date in the history") {
  const ContactsFile old = fetch(plan(labels(3)), {}, by_label).file;
  FetchPlan full = plan(labels(2), kNow + kDay);
  full.all = true;
  const Fetched run = fetch(full, old, by_label);
  CHECK(run.file.cctlds.size() == 2);
  CHECK(run.file.fetched == kNow + kDay);
  REQUIRE(run.history.size() == 1);
  CHECK(run.history[0].cctld == "ac");
  CHECK(run.history[0].last_seen == kNow);
}
