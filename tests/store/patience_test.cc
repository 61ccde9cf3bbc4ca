#include "milter/store/patience.h"

#include <thread>

#include "tests/support/catch.h"

using namespace ccgate;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

/// What a question may take that is asked now; `otherwise`: without a StorePatience.
StoreClock::duration left(milliseconds otherwise) {
  const StoreWait wait(otherwise);
  return wait.end() - StoreClock::now();
}

}  // namespace

TEST_CASE("without a patience each question has its own time") {
  for (int i = 0; i < 2; ++i) {
    CHECK(left(minutes(10)) > minutes(9));
    CHECK(left(milliseconds(0)) <= milliseconds(0));
  }
}

TEST_CASE("all questions of a thread together take no longer than its patience") {
  {
    const StorePatience patience(minutes(2));
    CHECK(left(milliseconds(1)) > minutes(1));
    CHECK(left(minutes(10)) <= minutes(2));
    {
      const StoreWait wait(milliseconds(1));
      std::this_thread::sleep_for(milliseconds(100));
    }
    CHECK(left(minutes(10)) <= minutes(2) - milliseconds(100));
    std::thread([] { CHECK(left(minutes(10)) > minutes(9)); }).join();  // that of another is its own
  }
  CHECK(left(minutes(10)) > minutes(9));
}

TEST_CASE("what a thread does between its questions counts for nothing") {
  const StorePatience patience(milliseconds(500));
  std::this_thread::sleep_for(milliseconds(600));
  CHECK(left(minutes(10)) > milliseconds(0));
}

TEST_CASE("a patience that is used up is none") {
  const StorePatience patience(milliseconds(20));
  {
    const StoreWait wait(minutes(10));
    std::this_thread::sleep_for(milliseconds(30));
  }
  CHECK(left(minutes(10)) <= milliseconds(0));
}

TEST_CASE("a question inside of another is part of it") {
  const StoreWait outer(minutes(2));
  const StoreWait inner(minutes(10));
  CHECK(inner.end() == outer.end());
}
