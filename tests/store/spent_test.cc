#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr std::int64_t kDayOfUse = 86400;
constexpr std::int64_t kNow = 1'000'000;

/// Decisions that use `budgets`, each with an id of its own.
struct Spending {
  Recorded use(std::int64_t now, std::vector<Budget> budgets) {
    DecisionRecord record{sample_entry("d" + std::to_string(++number), now), {}, {}, {}, {}};
    record.budgets = std::move(budgets);
    return store->record(record);
  }
  [[nodiscard]] std::size_t entries() const { return store->entries({}).size(); }
  Place place;
  std::unique_ptr<Store> store = place.open();
  int number = 0;
};

}  // namespace

TEST_CASE("a budget lasts for a day, which goes along with the time") {
  Spending f;
  CHECK(f.use(kNow, {{"k", 2}}) == Recorded::yes);
  CHECK(f.use(kNow + 100, {{"k", 2}}) == Recorded::yes);
  CHECK(f.use(kNow + kDayOfUse, {{"k", 2}}) == Recorded::over_budget);
  CHECK(f.entries() == 2);
  CHECK(f.use(kNow + kDayOfUse + 1, {{"k", 2}}) == Recorded::yes);
  CHECK(f.use(kNow + kDayOfUse + 2, {{"k", 2}}) == Recorded::over_budget);
  CHECK(f.use(kNow + kDayOfUse + 101, {{"k", 2}}) == Recorded::yes);
  CHECK(f.use(kNow + 9 * kDayOfUse, {{"k", 1}}) == Recorded::yes);
}

TEST_CASE("a decision beyond one of its budgets uses none") {
  Spending f;
  CHECK(f.use(kNow, {{"a", 1}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"b", 1}, {"a", 1}}) == Recorded::over_budget);
  CHECK(f.use(kNow, {{"b", 1}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"c", 2}, {"c", 2}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"c", 2}}) == Recorded::over_budget);
  CHECK(f.use(kNow, {{"d", 1}, {"d", 1}}) == Recorded::over_budget);
  CHECK(f.entries() == 3);
}

TEST_CASE("a decision recorded once more uses nothing more") {
  Spending f;
  CHECK(f.use(kNow, {{"k", 1}}) == Recorded::yes);
  f.number = 0;
  CHECK(f.use(kNow, {{"k", 1}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"k", 1}}) == Recorded::over_budget);
}

TEST_CASE("a question that is open already uses nothing") {
  Spending f;
  DecisionRecord record{sample_entry("d1"), {}, {}, {sample_question("q1", "d1")}, {}};
  record.budgets = {{"k", 1, "q1"}};
  CHECK(f.store->record(record) == Recorded::yes);
  DecisionRecord again{sample_entry("d2"), {}, {}, {sample_question("q2", "d2")}, {}};
  again.budgets = {{"k", 1, "q2"}};
  CHECK(f.store->record(again) == Recorded::yes);
  again.entry.id = "d3";
  again.questions[0].request_key = "another request";
  CHECK(f.store->record(again) == Recorded::over_budget);
}

TEST_CASE("what was used by a clock that was wrong is in nobody's way") {
  Spending f;
  CHECK(f.use(kNow + 365 * kDayOfUse, {{"k", 1}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"k", 1}}) == Recorded::yes);
  CHECK(f.use(kNow, {{"k", 1}}) == Recorded::over_budget);
}

TEST_CASE("what is out of every budget's time is forgotten") {
  Spending f;
  CHECK(f.use(kNow, {{"k", 3}}) == Recorded::yes);
  CHECK(f.use(kNow + 3 * kDayOfUse, {{"k", 3}}) == Recorded::yes);
  (void)f.store->purge(kNow + 3 * kDayOfUse, 10);
  const auto left = f.place.connect()->run("SELECT at FROM spent");
  REQUIRE(left.size() == 1);
  CHECK(left[0].integer(0) == kNow + 3 * kDayOfUse);
  CHECK(f.use(kNow + 3 * kDayOfUse, {{"k", 2}}) == Recorded::yes);
  CHECK(f.use(kNow + 3 * kDayOfUse, {{"k", 2}}) == Recorded::over_budget);
}
