#include "milter/store/probe.h"

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a probe tells of a store what is in it, and leaves no trace") {
  const Place place;
  {
    const auto store = place.open();
    CHECK_FALSE(probe_store(place.url()).newest);
    store->add({}, {sample_task("b", "d1", 1200), sample_task("a", "d1", 1100)});
  }
  for (int i = 0; i < 2; ++i) {
    const StoreProbe probe = probe_store(place.url());
    CHECK(probe.why.empty());
    CHECK(probe.not_written.empty());
    CHECK(probe.schema == migrations().size());
    CHECK(probe.octets > 0);
    CHECK(probe.backlog.waiting == 2);
    CHECK(probe.backlog.oldest_due == 1100);
  }
}

TEST_CASE("a probe tells why a store does not work, and makes none") {
  const Place place;
  const StoreProbe first = probe_store(place.url());
  CHECK_FALSE(first.why.empty());
  const StoreProbe second = probe_store(place.url());
  CHECK(second.why == first.why);
  { const auto store = place.open(); }
  place.connect()->run("UPDATE schema_version SET version = 1000");
  CHECK(probe_store(place.url()).why.find("newer ccgate") != std::string::npos);
}
