#include "milter/iana/merge.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kNow = 20000 * kDay;
const Domain kXa = *Domain::parse("xa");

IanaRecord record(const char* admin, std::int64_t changed = kNow - 1000 * kDay) {
  return {{address(admin), "Role", changed, std::nullopt},
          Contact{address("tech@nic.xa"), "", changed, std::nullopt},
          "NIC XA",
          true,
          kNow - 5 * kDay};
}

MergeOptions at(std::int64_t now) {
  MergeOptions options;
  options.now = now;
  return options;
}

/// What is known after `records` were read, one a day from `first` on.
Merged after(const std::vector<IanaRecord>& records, std::int64_t first, std::int64_t step = kDay) {
  std::optional<Merged> merged;
  for (const IanaRecord& each : records) {
    const CcTld* old = merged ? &merged->cctld : nullptr;
    merged = merge(kXa, old, each, at(first));
    first += step;
  }
  return *merged;
}

const Contact& admin(const Merged& merged) {
  return merged.cctld.contacts.at(Role::admin);
}

}  // namespace

TEST_CASE("a ccTLD that is read for the first time is first seen now") {
  const Merged merged = merge(kXa, nullptr, record("admin@nic.xa"), at(kNow));
  CHECK(merged.result == FetchResult::ok);
  CHECK(admin(merged).first_seen == kNow);
  CHECK(admin(merged).changed == kNow - 1000 * kDay);
  CHECK_FALSE(admin(merged).previous);
  CHECK(merged.cctld.fetched == kNow);
  CHECK(merged.cctld.organisation == "NIC XA");
  CHECK(merged.cctld.dnssec == true);
  CHECK_FALSE(merged.address_changed);
  REQUIRE(merged.history.size() == 2);
  CHECK(merged.history[0].email == "admin@nic.xa");
  CHECK(merged.history[0].first_seen == kNow);
  CHECK_FALSE(merged.history[0].last_seen);
}

TEST_CASE("on the operator's word a first reading counts as seen since IANA's date") {
  MergeOptions options = at(kNow);
  options.adopt = true;
  CHECK(admin(merge(kXa, nullptr, record("admin@nic.xa"), options)).first_seen == kNow - 1000 * kDay);
  const auto future = merge(kXa, nullptr, record("admin@nic.xa", kNow + kDay), options);
  CHECK(admin(future).first_seen == kNow);

  const Merged old = merge(kXa, nullptr, record("admin@nic.xa"), at(kNow - 100 * kDay));
  const Merged changed = merge(kXa, &old.cctld, record("other@nic.xa"), options);
  CHECK(admin(changed).first_seen == kNow);
}

TEST_CASE("the operator may look first, and give that word on a later run") {
  const Merged first = merge(kXa, nullptr, record("admin@nic.xa"), at(kNow));
  CHECK(first.first_reading);
  MergeOptions options = at(kNow + kDay);
  options.adopt = true;
  const Merged later = merge(kXa, &first.cctld, record("admin@nic.xa"), options);
  CHECK(later.result == FetchResult::ok);
  CHECK_FALSE(later.first_reading);
  CHECK(admin(later).first_seen == kNow - 1000 * kDay);
  REQUIRE(later.history.size() == 4);
  CHECK(later.history[0].first_seen == kNow);
  CHECK(later.history[0].last_seen == kNow);
  CHECK(later.history[1].first_seen == kNow - 1000 * kDay);
  CHECK_FALSE(later.history[1].last_seen);
  options.now += kDay;
  CHECK(merge(kXa, &later.cctld, record("admin@nic.xa"), options).history.empty());

  // Not for a contact that took the place of another, as long as that is remembered.
  const Merged taken = merge(kXa, &first.cctld, record("other@nic.xa"), at(kNow + kDay));
  const Merged again = merge(kXa, &taken.cctld, record("other@nic.xa"), options);
  CHECK(admin(again).first_seen == kNow + kDay);
  CHECK(admin(again).previous->email.text() == "admin@nic.xa");
}

TEST_CASE("the same again changes nothing but the date of the fetch") {
  const Merged merged = after({record("admin@nic.xa"), record("Admin@nic.xa")}, kNow);
  CHECK(merged.result == FetchResult::ok);
  CHECK(merged.why.empty());
  CHECK(admin(merged).first_seen == kNow);
  CHECK(merged.cctld.fetched == kNow + kDay);
  CHECK(merged.history.empty());
}

TEST_CASE("a new address is first seen now and remembers the one before") {
  const Merged merged = after({record("admin@nic.xa"), record("other@nic.xa", kNow)}, kNow, 100 * kDay);
  CHECK(merged.result == FetchResult::changed);
  CHECK(merged.why ==
        "admin admin@nic.xa -> other@nic.xa, tech changed on 2024-10-04, the address is the same");
  CHECK(merged.address_changed);
  CHECK(admin(merged).first_seen == kNow + 100 * kDay);
  REQUIRE(admin(merged).previous);
  CHECK(admin(merged).previous->email == address("admin@nic.xa"));
  CHECK(admin(merged).previous->first_seen == kNow);
  CHECK(admin(merged).previous->last_seen == kNow);
  REQUIRE(merged.history.size() == 2);
  CHECK(merged.history[0].email == "admin@nic.xa");
  CHECK(merged.history[0].last_seen == kNow);
  CHECK(merged.history[1].email == "other@nic.xa");
  CHECK(merged.history[1].first_seen == kNow + 100 * kDay);
}

TEST_CASE("two changes in a row do not make the first newcomer the previous contact") {
  const Merged old = after({record("admin@nic.xa")}, kNow - 20 * kDay);
  const Merged changed = merge(kXa, &old.cctld, record("b@nic.xa"), at(kNow));
  const Merged merged = merge(kXa, &changed.cctld, record("c@nic.xa"), at(kNow + kDay));
  REQUIRE(admin(merged).previous);
  CHECK(admin(merged).previous->email == address("admin@nic.xa"));
}

TEST_CASE("nobody who came within the cool-down becomes the previous contact") {
  // The role is taken away and given back, so that nothing is known of whoever had it.
  IanaRecord without = record("admin@nic.xa");
  without.tech.reset();
  IanaRecord mine = record("admin@nic.xa"), mine_too = mine;
  mine.tech = Contact{address("b@mail.xz"), "", kNow + 26 * kDay, std::nullopt};
  mine_too.tech = Contact{address("c@mail.xz"), "", kNow + 39 * kDay, std::nullopt};
  const std::vector<IanaRecord> records{record("admin@nic.xa"), without, mine, mine_too};
  const Merged merged = after(records, kNow, 13 * kDay);
  CHECK(merged.cctld.contacts.at(Role::tech).email == address("c@mail.xz"));
  CHECK_FALSE(merged.cctld.contacts.at(Role::tech).previous);

  // Nor one that is there from the first reading on, but not for long.
  const Merged twice = after({record("b@mail.xz", kNow - kDay), record("c@mail.xz", kNow)}, kNow);
  CHECK_FALSE(admin(twice).previous);
}

TEST_CASE("the contact of the first reading is the previous one when it had been it for long") {
  const Merged merged = after({record("admin@nic.xa"), record("b@mail.xz", kNow)}, kNow);
  REQUIRE(admin(merged).previous);
  CHECK(admin(merged).previous->email == address("admin@nic.xa"));
}

TEST_CASE("a record that was touched makes its contact no newcomer") {
  const std::vector<IanaRecord> records{record("admin@nic.xa"), record("admin@nic.xa", kNow + 20 * kDay),
                                        record("b@mail.xz", kNow + 40 * kDay)};
  const Merged merged = after(records, kNow, 20 * kDay);
  REQUIRE(admin(merged).previous);
  CHECK(admin(merged).previous->email == address("admin@nic.xa"));
}

TEST_CASE("a contact long gone does not come back as if it had never left") {
  // Its successor has no date of IANA's, and never counts as established.
  IanaRecord undated = record("b@nic.xa");
  undated.admin.changed.reset();
  const Merged merged =
      after({record("old@nic.xa"), undated, undated, record("old@nic.xa")}, kNow, 300 * kDay);
  CHECK(admin(merged).first_seen == kNow + 900 * kDay);
  REQUIRE(admin(merged).previous);
  CHECK(admin(merged).previous->email == address("b@nic.xa"));
}

TEST_CASE("a change taken back restores what was known") {
  const Merged old = after({record("admin@nic.xa")}, kNow - 20 * kDay);
  const Merged changed = merge(kXa, &old.cctld, record("b@nic.xa"), at(kNow));
  const Merged merged = merge(kXa, &changed.cctld, record("admin@nic.xa"), at(kNow + kDay));
  CHECK(admin(merged).first_seen == kNow - 20 * kDay);
  CHECK_FALSE(admin(merged).previous);
}

TEST_CASE("the previous contact is forgotten when the present one is established") {
  const Merged old = after({record("admin@nic.xa")}, kNow - 20 * kDay);
  const auto changed = merge(kXa, &old.cctld, record("b@nic.xa", kNow + kDay), at(kNow + kDay));
  const auto soon = merge(kXa, &changed.cctld, record("b@nic.xa", kNow), at(kNow + 14 * kDay));
  CHECK(admin(soon).previous);
  const auto later = merge(kXa, &changed.cctld, record("b@nic.xa", kNow), at(kNow + 15 * kDay));
  CHECK_FALSE(admin(later).previous);
  CHECK(admin(later).first_seen == kNow + kDay);
}

TEST_CASE("a new date at the same address is told") {
  const auto merged = after({record("admin@nic.xa", kNow - kDay), record("admin@nic.xa", kNow)}, kNow);
  CHECK(merged.result == FetchResult::changed);
  CHECK_FALSE(merged.address_changed);
  CHECK(admin(merged).changed == kNow);
}

TEST_CASE("with the record's dates alone the contact's known date stays") {
  const Merged old = merge(kXa, nullptr, record("admin@nic.xa", kNow - 900 * kDay), at(kNow));
  MergeOptions options = at(kNow + kDay);
  options.dates_of_record = true;
  const Merged merged = merge(kXa, &old.cctld, record("admin@nic.xa", kNow), options);
  CHECK(merged.result == FetchResult::ok);
  CHECK(admin(merged).changed == kNow - 900 * kDay);
}

TEST_CASE("an odd answer, or none, keeps the old entry and says why") {
  const Merged old = merge(kXa, nullptr, record("admin@nic.xa"), at(kNow));
  for (const IanaAnswer& answer :
       {IanaAnswer{Anomaly{"two admin contacts"}}, IanaAnswer{Unanswered{"timed out", false}}}) {
    const Merged merged = merge(kXa, &old.cctld, answer, at(kNow + kDay));
    const bool odd = std::holds_alternative<Anomaly>(answer);
    CHECK(merged.result == (odd ? FetchResult::anomaly : FetchResult::failed));
    CHECK(merged.cctld.anomaly == (odd ? "two admin contacts" : "timed out"));
    CHECK(admin(merged).email == address("admin@nic.xa"));
    CHECK(merged.cctld.fetched == kNow);
    CHECK_FALSE(merged.cctld.unusable);
    CHECK(merged.history.empty());
    const Merged mended = merge(kXa, &merged.cctld, record("admin@nic.xa"), at(kNow + 2 * kDay));
    CHECK(mended.cctld.anomaly.empty());
    CHECK(admin(mended).first_seen == kNow);
  }
}

TEST_CASE("what was never read is there, and unusable") {
  const Merged merged = merge(kXa, nullptr, Anomaly{"no admin contact"}, at(kNow));
  CHECK(merged.cctld.unusable);
  CHECK(merged.cctld.contacts.empty());
  CHECK(merged.cctld.anomaly == "no admin contact");
  const Merged read = merge(kXa, &merged.cctld, record("admin@nic.xa"), at(kNow + kDay));
  CHECK_FALSE(read.cctld.unusable);
  CHECK(admin(read).first_seen == kNow + kDay);
}

TEST_CASE("an old entry without dates counts as seen when it was fetched") {
  CcTld old{kXa, {}, "", kNow - 3 * kDay, std::nullopt, "", false};
  old.contacts.emplace(Role::admin, Contact{address("admin@nic.xa"), "", std::nullopt, std::nullopt});
  CHECK(admin(merge(kXa, &old, record("admin@nic.xa"), at(kNow))).first_seen == kNow - 3 * kDay);
}

TEST_CASE("contacts that only we know stay, a technical contact that IANA dropped goes") {
  CcTld old = merge(kXa, nullptr, record("admin@nic.xa"), at(kNow)).cctld;
  old.contacts.emplace(Role::security, Contact{address("cert@nic.xa"), "", std::nullopt, std::nullopt});
  IanaRecord without = record("admin@nic.xa");
  without.tech.reset();
  const Merged merged = merge(kXa, &old, without, at(kNow + kDay));
  CHECK(merged.cctld.contacts.contains(Role::security));
  CHECK_FALSE(merged.cctld.contacts.contains(Role::tech));
  CHECK(merged.why == "tech removed");
  CHECK(merged.history.size() == 1);
}
