#include "milter/store/removal.h"

#include "tests/store/place.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

Member leaving_member(const std::string& cctld, const std::string& address,
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

/// Who is told to the hook, `CCTLDS ADDRESS ID`; each once.
std::vector<std::string> told_to_hook(Store& store) {
  std::vector<std::string> all;
  for (const Task& task : store.claim("w", 5000, 60, 100)) {
    if (task.kind == TaskKind::hook && task.to == "removed") {
      const auto removal = read_removal(task.payload);
      REQUIRE(removal);
      std::string text;
      for (const std::string& cctld : removal->cctlds) text += cctld + " ";
      all.push_back(text + removal->address + " " +
                    (removal->id.starts_with("removed-") ? "own" : removal->id));
    }
    store.finish(task, "w", {}, 5000, {});
  }
  return all;
}

MemberChanges ended_by_hand(const std::string& cctld, const std::string& address,
                            const std::string& by = "hand: moved") {
  return {.ended = {{"tld-ops", cctld, address, 2000, by}}, .begun = {}, .checked = {}};
}

using ToldToHook = std::vector<std::string>;

}  // namespace

TEST_CASE("the hook hears of who has no membership of the list left") {
  const Place place;
  const auto store = place.open();
  store->change_members({{},
                         {leaving_member("xa", "anne@nic.xa"), leaving_member("xb", "anne@nic.xa"),
                          leaving_member("xb", "ben@nic.xb")},
                         {}});
  store->change_members(ended_by_hand("xa", "anne@nic.xa"));
  CHECK(told_to_hook(*store).empty());  // xb keeps her
  store->change_members(ended_by_hand("xb", ""));
  CHECK(told_to_hook(*store) == ToldToHook{"xb anne@nic.xa own", "xb ben@nic.xb own"});
  MemberChanges moved = ended_by_hand("xc", "cleo@nic.xc");
  store->change_members({{}, {leaving_member("xc", "cleo@nic.xc")}, {}});
  moved.begun = {leaving_member("xd", "cleo@nic.xc")};
  store->change_members(moved);
  CHECK(told_to_hook(*store).empty());
  CHECK(store->forget_member("cleo@nic.xc", 3000) == 2);
  CHECK(told_to_hook(*store) == ToldToHook{"xd cleo@nic.xc own"});
}

TEST_CASE("the hook hears of whom an objection ends") {
  const Place place;
  const auto store = place.open();
  DecisionRecord record{sample_entry("d1"), {}, {}, {}, {}};
  record.members.begun = {leaving_member("xa", "anne@nic.xa", "d1"),
                          leaving_member("xb", "anne@nic.xa", "d1")};
  store->record(record);
  store->add_token(sample_token("o1", TokenPurpose::object, "d1"), 1000);
  store->object("o1", sample_token("o1", TokenPurpose::object, "d1").list, "", 2000, {});
  CHECK(told_to_hook(*store) == ToldToHook{"xa xb anne@nic.xa d1"});
}

TEST_CASE("what the hook was told is gone when it is done") {
  const Place place;
  const auto store = place.open();
  store->change_members({{}, {leaving_member("xa", "anne@nic.xa")}, {}});
  store->change_members(ended_by_hand("xa", ""));
  const auto payloads = [&] { return place.connect()->run("SELECT payload FROM tasks").size(); };
  store->purge(3000, 10);
  CHECK(payloads() == 1);
  CHECK(told_to_hook(*store).size() == 1);
  store->purge(3000, 10);
  CHECK(payloads() == 0);
}
