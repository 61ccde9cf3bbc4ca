#include <algorithm>
#include <thread>

#include "tests/store/place.h"
#include "tests/store/sqlite_watch.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

Member anne(const std::string& cctld = "xa", const std::string& began_by = "d1", std::int64_t at = 1000) {
  return {.list = "tld-ops",
          .cctld = cctld,
          .address = "anne@nic.example",
          .email = "Anne@nic.example",
          .name = "Änne",
          .phone = "+999 1",
          .other_email = "anne@other.example",
          .since = at,
          .began_by = began_by,
          .checked = at,
          .voucher = "hostmaster@nic.example"};
}

Member ben(const std::string& cctld = "xa", const std::string& began_by = "d1", std::int64_t at = 1000) {
  Member member = anne(cctld, began_by, at);
  member.address = member.email = "ben@nic.example";
  return member;
}

MemberChanges begin(std::vector<Member> members) {
  return {.ended = {}, .begun = std::move(members), .checked = {}};
}

MemberChanges end(const std::string& cctld, const std::string& address, std::int64_t at = 2000) {
  return {.ended = {{"tld-ops", cctld, address, at, "hand"}}, .begun = {}, .checked = {}};
}

DecisionRecord decision(const std::string& id, std::vector<Member> members) {
  DecisionRecord record{sample_entry(id), {}, {}, {}, {}};
  record.members = begin(std::move(members));
  return record;
}

/// Without the numbers that the store gives.
std::vector<Member> unnumbered(std::vector<Member> members) {
  for (Member& member : members) {
    CHECK(member.number > 0);
    member.number = 0;
  }
  return members;
}

/// `CCTLD ADDRESS since-ended` of each.
std::vector<std::string> rows(Store& store, const MemberFilter& filter) {
  std::vector<std::string> all;
  for (const Member& member : store.members(filter))
    all.push_back(member.cctld + " " + member.address + " " + std::to_string(member.since) + "-" +
                  (member.ended == 0 ? "" : std::to_string(member.ended)));
  return all;
}
std::vector<std::string> now(Store& store) {
  return rows(store, {});
}
std::vector<std::string> ever(Store& store) {
  MemberFilter filter;
  filter.ended = true;
  return rows(store, filter);
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("members begin with the decision that makes them so, once") {
  const Place place;
  const auto store = place.open();
  const DecisionRecord record = decision("d1", {anne("xb"), ben("xa"), anne("xa")});
  store->record(record);
  store->record(record);
  const std::vector<Member> all = unnumbered(place.open(StoreAccess::read)->members({}));
  CHECK(all == std::vector<Member>{anne("xa"), ben("xa"), anne("xb")});
  CHECK(store->count_members("tld-ops", "xa", 9) == 2);
  CHECK(store->count_members("tld-ops", "xa", 1) == 1);
  CHECK(store->count_members("tld-ops", "xc", 9) == 0);
  CHECK(store->count_members("other", "xa", 9) == 0);
}

TEST_CASE("there is no member without the decision, and no decision without its members") {
  const Place place;
  const auto store = place.open();
  DecisionRecord record = decision("d1", {anne()});
  SECTION("a member that cannot be stored") {
    record.members.begun.push_back(ben());
    record.members.begun.back().name = std::string("a\0b", 3);
    CHECK_THROWS_AS(store->record(record), StoreError);
  }
  SECTION("a task that cannot be stored") {
    record.tasks.push_back(sample_task("t1", "d1"));
    record.tasks.back().payload = "\xff";
    CHECK_THROWS_AS(store->record(record), StoreError);
  }
  SECTION("an answer that it rests on was withdrawn") {
    record.rests_on.push_back(sample_question("gone", "d0"));
    CHECK(store->record(record) == Recorded::approval_withdrawn);
  }
  CHECK_FALSE(store->find_entry("d1"));
  CHECK(ever(*store).empty());
}

TEST_CASE("who is a member stays it since then, and what is new about it is taken") {
  const Place place;
  const auto store = place.open();
  store->record(decision("d1", {anne()}));
  Member again = anne("xa", "d2", 1500);
  again.email = "anne@NIC.example";
  again.name = "";
  again.phone = "+999 2";
  again.other_email = "";
  again.voucher = "new@nic.example";
  store->record(decision("d2", {again}));
  Member want = anne();
  want.email = "anne@NIC.example";
  want.phone = "+999 2";
  want.checked = 1500;
  want.voucher = "new@nic.example";
  CHECK(unnumbered(store->members({})) == std::vector<Member>{want});

  Member unchecked = anne("xa", "import", 1700);
  unchecked.checked = 0;
  unchecked.voucher = "";
  CHECK(store->change_members(begin({unchecked, ben("xa", "import")})).renewed == 1);
  CHECK(store->members({}).front().checked == 1500);
  CHECK(store->members({}).front().voucher == "new@nic.example");
  CHECK(store->members({}).front().began_by == "d1");
}

TEST_CASE("an objection ends exactly what its decision began") {
  const Place place;
  const auto store = place.open();
  store->record(decision("d1", {anne("xa")}));
  store->record(decision("d2", {anne("xa", "d2", 1500), anne("xb", "d2", 1500), ben("xb", "d2", 1500)}));
  store->record(decision("d3", {ben("xc", "d3", 1600)}));
  store->add_token(sample_token("o2", TokenPurpose::object, "d2"), 1000);
  store->add_token(sample_token("b3", TokenPurpose::bounce, "d3"), 1000);
  CHECK(store->object("o2", "other", "", 2000, {}).outcome == TokenUse::Outcome::unknown);
  CHECK(store->bounce("b3", "tld-ops", "", 2000, {}).outcome == TokenUse::Outcome::done);
  CHECK(now(*store).size() == 4);
  CHECK(store->object("o2", "tld-ops", "", 2000, {}).outcome == TokenUse::Outcome::done);
  CHECK(now(*store) == Rows{"xa anne@nic.example 1000-", "xc ben@nic.example 1600-"});
  MemberFilter filter;
  filter.cctld = "xb";
  filter.ended = true;
  for (const Member& member : store->members(filter)) {
    CHECK(member.ended == 2000);
    CHECK(member.ended_by == "d2");
  }
  // Who comes back afterwards is not ended by the same objection once more.
  store->record(decision("d4", {ben("xb", "d4", 2500)}));
  CHECK(store->object("o2", "tld-ops", "", 2600, {}).outcome == TokenUse::Outcome::used);
  CHECK(rows(*store, filter) ==
        Rows{"xb anne@nic.example 1500-2000", "xb ben@nic.example 1500-2000", "xb ben@nic.example 2500-"});
}

TEST_CASE("who objects does not stand for whom the decision found there") {
  const Place place;
  const auto store = place.open();
  const auto vouched = [](Member member, std::int64_t at) {
    member.checked = at;
    member.voucher = "hostmaster@nic.example";
    return member;
  };
  store->record(decision("d1", {vouched(anne("xa"), 1000), vouched(ben("xa"), 1000)}));
  DecisionRecord again = decision("d2", {});
  again.entry.decided = 1500;
  again.entry.cctlds = {"xa"};
  again.members.begun = {vouched(anne("xa", "d2", 1500), 1500)};
  store->record(again);
  store->add_token(sample_token("o2", TokenPurpose::object, "d2"), 1000);
  CHECK(store->object("o2", "tld-ops", "", 2000, {}).outcome == TokenUse::Outcome::done);
  MemberFilter filter;
  filter.cctld = "xa";
  for (const Member& member : store->members(filter)) {
    const bool is_anne = member.address == "anne@nic.example";
    INFO(member.address);
    CHECK(member.checked == (is_anne ? 0 : 1000));
    CHECK(member.voucher == (is_anne ? "" : "hostmaster@nic.example"));
  }
}

TEST_CASE("decisions about somebody") {
  const Place place;
  const auto store = place.open();
  DecisionRecord named = decision("d1", {});
  named.entry.author = "anne@nic.example";
  named.entry.people = R"([{"name":"Ben","email":"Ben_x@nic.example","phone":""}])";
  named.entry.keep_until = 7000;
  store->record(named);
  const auto count = [&](const char* address) { return store->decisions_about(address).count; };
  CHECK(count("anne@nic.example") == 1);
  CHECK(count("ben_x@nic.example") == 1);
  CHECK(store->decisions_about("ben_x@nic.example").until == 7000);
  CHECK(count("benxx@nic.example") == 0);
  CHECK(count("n_x@nic.example") == 0);
  CHECK(count("%") == 0);
}

TEST_CASE("memberships end by ccTLD, by address, or by both; never all of them") {
  const Place place;
  const auto store = place.open();
  Member elsewhere = anne();
  elsewhere.list = "other";
  store->change_members(begin({anne("xa"), anne("xb"), ben("xa"), elsewhere}));
  CHECK(store->change_members(end("", "")).ended.empty());
  CHECK(now(*store).size() == 4);
  SECTION("both") {
    const MembersChanged changed = store->change_members(end("xa", "anne@nic.example"));
    REQUIRE(changed.ended.size() == 1);
    CHECK(changed.ended.front().email == "Anne@nic.example");
    CHECK(changed.ended.front().ended == 2000);
    CHECK(changed.ended.front().ended_by == "hand");
    CHECK(now(*store).size() == 3);
    CHECK(store->change_members(end("xa", "anne@nic.example", 3000)).ended.empty());
  }
  SECTION("a ccTLD") {
    CHECK(store->change_members(end("xa", "")).ended.size() == 2);
  }
  SECTION("an address") {
    CHECK(store->change_members(end("", "anne@nic.example")).ended.size() == 2);
  }
  SECTION("nobody") {
    CHECK(store->change_members(end("xc", "")).ended.empty());
    CHECK(store->change_members(end("", "Anne@nic.example")).ended.empty());
  }
  SECTION("at the first second of all") {
    CHECK(store->change_members(end("xa", "", 0)).ended.size() == 2);
    CHECK(store->count_members("tld-ops", "xa", 9) == 0);
  }
  MemberFilter others;
  others.list = "other";
  CHECK(store->members(others).size() == 1);
}

TEST_CASE("what one change ends and begins is ended before it begins") {
  const Place place;
  const auto store = place.open();
  store->change_members(begin({anne()}));
  MemberChanges changes = end("xa", "");
  changes.begun = {anne("xa", "hand", 2000)};
  const MembersChanged changed = store->change_members(changes);
  CHECK(changed.begun == 1);
  CHECK(changed.renewed == 0);
  CHECK(ever(*store) == Rows{"xa anne@nic.example 1000-2000", "xa anne@nic.example 2000-"});
}

TEST_CASE("a check is taken when it is the later one, of who is a member") {
  const Place place;
  const auto store = place.open();
  store->change_members(begin({anne()}));
  const auto check = [&](const std::string& address, std::int64_t at) {
    MemberChanges changes;
    changes.checked = {{"tld-ops", "xa", address, at, "later@nic.example"}};
    return store->change_members(changes).checked;
  };
  CHECK(check("anne@nic.example", 900) == 0);
  CHECK(check("ben@nic.example", 1900) == 0);
  CHECK(check("anne@nic.example", 1900) == 1);
  CHECK(store->members({}).front().checked == 1900);
  CHECK(store->members({}).front().voucher == "later@nic.example");
  store->change_members(end("xa", ""));
  CHECK(check("anne@nic.example", 2900) == 0);
}

TEST_CASE("what the list manager says of an address is kept for all its memberships") {
  const Place place;
  const auto store = place.open();
  store->change_members(begin({anne("xa"), anne("xb"), ben("xa")}));
  const auto see = [&](const std::string& address, std::int64_t at, std::optional<bool> bouncing) {
    MemberChanges changes;
    changes.seen = {{"tld-ops", address, at, bouncing}};
    store->change_members(changes);
  };
  const auto told = [&] {
    std::string all;
    for (const Member& member : store->members({}))
      all += member.cctld + " " + std::to_string(member.seen) + " " + std::to_string(member.bouncing) + "\n";
    return all;
  };
  see("anne@nic.example", 2000, std::nullopt);
  CHECK(told() == "xa 2000 0\nxa 0 0\nxb 2000 0\n");
  see("anne@nic.example", 2100, true);
  see("anne@nic.example", 2200, true);
  see("none@nic.example", 2200, true);
  CHECK(told() == "xa 2200 2100\nxa 0 0\nxb 2200 2100\n");
  see("anne@nic.example", 1900, std::nullopt);
  CHECK(told() == "xa 2200 2100\nxa 0 0\nxb 2200 2100\n");
  see("anne@nic.example", 2300, false);
  CHECK(told() == "xa 2300 0\nxa 0 0\nxb 2300 0\n");
}

TEST_CASE("members are found by list, ccTLD and address") {
  const Place place;
  const auto store = place.open();
  store->change_members(begin({anne("xa"), anne("xn--p1ai"), ben("xa")}));
  MemberFilter filter;
  filter.address = "anne@nic.example";
  CHECK(rows(*store, filter).size() == 2);
  filter.cctld = "xn--p1ai";
  CHECK(rows(*store, filter) == Rows{"xn--p1ai anne@nic.example 1000-"});
  filter.list = "other";
  CHECK(rows(*store, filter).empty());
}

TEST_CASE("who is forgotten leaves dates and ccTLDs") {
  const Place place;
  const auto store = place.open();
  store->change_members(begin({anne("xa")}));
  MemberChanges left = end("xa", "");
  left.ended.front().by = "hand: Anne moved";
  store->change_members(left);
  Member partner = ben("xb");
  partner.other_email = "Anne@NIC.example";
  store->change_members(begin({anne("xb", "hand", 2500), partner}));
  CHECK(store->forget_member("", 3000) == 0);
  CHECK(store->forget_member("none@nic.example", 3000) == 0);
  CHECK(store->forget_member("anne@nic.example", 3000) == 3);
  CHECK(ever(*store) == Rows{"xa  1000-2000", "xb  2500-3000", "xb ben@nic.example 1000-"});
  MemberFilter all;
  all.ended = true;
  for (const Member& member : store->members(all)) {
    CHECK(member.other_email.find("nic") == std::string::npos);
    if (member.ended == 0) continue;
    CHECK(member.email.empty());
    CHECK(member.name.empty());
    CHECK(member.phone.empty());
    CHECK(member.ended_by == "hand");
  }
  CHECK(store->forget_member("anne@nic.example", 3000) == 0);
  store->change_members(begin({anne("xa", "hand", 4000)}));
  CHECK(now(*store).size() == 2);
}

TEST_CASE("of those who left long ago, so many at a time are forgotten") {
  const Place place;
  const auto store = place.open();
  for (const char* cctld : {"xa", "xb", "xc"}) {
    store->change_members(begin({anne(cctld)}));
    store->change_members(end(cctld, "", cctld == std::string("xc") ? 2500 : 2000));
  }
  store->change_members(begin({ben("xa")}));
  CHECK(store->forget_ended("tld-ops", 2000, 100) == 0);
  CHECK(store->forget_ended("other", 9000, 100) == 0);
  CHECK(store->forget_ended("tld-ops", 2001, 1) == 1);
  CHECK(store->forget_ended("tld-ops", 2001, 100) == 1);
  CHECK(store->forget_ended("tld-ops", 2001, 100) == 0);
  CHECK(ever(*store) ==
        Rows{"xa  1000-2000", "xa ben@nic.example 1000-", "xb  1000-2000", "xc anne@nic.example 1000-2500"});
}

TEST_CASE("of many that let the same person in at the same time there is one membership") {
  const Place place;
  const auto first = place.open(), second = place.open();
  constexpr int kDecisions = 8;
  std::vector<std::thread> threads;
  std::vector<std::string> errors(kDecisions);
  for (int i = 0; i < kDecisions; ++i)
    threads.emplace_back([&, i] {
      const std::string id = "d" + std::to_string(i);
      std::vector<Member> all;
      for (const char* cctld : {"xa", "xb", "xc", "xd"}) all.push_back(anne(cctld, id, 1000 + i));
      if (i % 2 != 0) std::reverse(all.begin(), all.end());
      try {
        (i % 2 == 0 ? *first : *second).record(decision(id, all));
      } catch (const StoreError& error) {
        errors[static_cast<std::size_t>(i)] = error.what();
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(errors == std::vector<std::string>(kDecisions));
  CHECK(now(*first).size() == 4);
  for (const Member& member : first->members({})) CHECK(member.checked == 1000 + kDecisions - 1);
}

TEST_CASE("a store of before gets the table, and keeps what was in it") {
  const Place place;
  place.open(StoreAccess::own, migrations().first(4))->record({sample_entry("d1"), {}, {}, {}, {}});
  const auto store = place.open();
  CHECK(store->find_entry("d1"));
  CHECK(ever(*store).empty());
}

TEST_CASE("a membership costs the same however many there are", "[sqlite]") {
  const SqliteWatch watch;
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  const auto store = open_store("sqlite:" + path, StoreAccess::own);
  const auto steps = [&](const std::string& id) {
    (void)watch.take();
    store->record(decision(id, {anne("xa", id), ben("xb", id)}));
    (void)store->count_members("tld-ops", "xa", 9);
    store->change_members(end("xa", "anne@nic.example"));
    store->add_token(sample_token("o" + id, TokenPurpose::object, id), 1000);
    store->object("o" + id, "tld-ops", "", 2000, {});
    (void)store->forget_ended("tld-ops", 1500, 10);
    return steps_of(watch.take());
  };
  (void)steps("warm");
  const std::int64_t before = steps("before");
  open_sqlite(path, SqliteAccess::write, {})
      ->run(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
          " INSERT INTO members (list, cctld, address, email, name, phone, other_email, since, began_by,"
          " checked, voucher, seen, bouncing, ended, ended_by) SELECT 'tld-ops', 'xc', 'p' || i, '', '', '',"
          " '', 1000, 'many', 0, '', 0, 0, CASE WHEN i % 2 = 0 THEN 0 ELSE 1800 END, '' FROM n");
  const std::int64_t after = steps("after");
  INFO(before << " steps before, " << after << " after");
  CHECK(before > 100);
  CHECK(after < before + before / 4);
}
