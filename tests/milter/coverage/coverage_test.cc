#include "milter/coverage/coverage.h"

#include <algorithm>
#include <random>

#include "milter/coverage/growth.h"
#include "tests/support/catch.h"
#include "tests/support/coverage_world.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDay = kDaySeconds;
using enum CoverageState;

World seed_world(std::string_view pair) {
  World world;
  for (const std::string& label : seed_cctlds(pair))
    world.input.members.push_back(member_of(label, "anne@" + admin_address_of(label).substr(11), kSeedDay));
  return world;
}

OutreachStep step(std::string id, std::string request, std::int64_t at, std::string cctld,
                  std::string rule = "") {
  return {std::move(id), at, std::move(request), std::move(rule), {std::move(cctld)}, 0};
}

std::vector<std::string> marks(const CoveredCcTld& cctld) {
  return mark_words(cctld.standing);
}

}  // namespace

TEST_CASE("of the families of IANA's data there are 246 registries, none of two regions") {
  World world;
  const Coverage all = coverage(world.input, kSeedDay);
  CHECK(all.all_cctlds == Share{0, 309});
  CHECK(all.all_registries == Share{0, 246});
  CHECK(all.people == 0);
  const std::vector<RegionShare> wanted{{Region::africa, {0, 60}, {0, 56}},
                                        {Region::asia_pacific, {0, 119}, {0, 79}},
                                        {Region::europe, {0, 89}, {0, 70}},
                                        {Region::latin_america, {0, 34}, {0, 34}},
                                        {Region::north_america, {0, 7}, {0, 7}}};
  CHECK(all.regions == wanted);
  CHECK(all.cctlds.front().label.ascii() == "ac");
  CHECK(all.cctlds[247].label.ascii() == "zw");
  CHECK(all.cctlds[248].label.ascii().starts_with("xn--"));
}

TEST_CASE("21 ccTLDs are 15 registries where two pairs share a contact, and 16 where one does") {
  World fifteen = seed_world("ch li");
  const Coverage one = coverage(fifteen.input, kSeedDay);
  CHECK(one.all_cctlds == Share{21, 309});
  CHECK(one.all_registries == Share{15, 246});
  CHECK(one.people == 15);
  const std::vector<RegionShare> wanted{{Region::africa, {3, 60}, {3, 56}},
                                        {Region::asia_pacific, {1, 119}, {1, 79}},
                                        {Region::europe, {13, 89}, {7, 70}},
                                        {Region::latin_america, {3, 34}, {3, 34}},
                                        {Region::north_america, {1, 7}, {1, 7}}};
  CHECK(one.regions == wanted);
  World sixteen = seed_world("ch cr");
  const Coverage other = coverage(sixteen.input, kSeedDay);
  CHECK(other.all_cctlds == Share{21, 309});
  CHECK(other.all_registries == Share{16, 246});
}

TEST_CASE("whom the operator names together is one registry") {
  RegistryOverrides overrides;
  overrides.registries[domain("xa")].covers = {domain("xb"), domain("xz")};
  World world({cctld("xa", "a@nic.xa"), cctld("xb", "b@nic.xb"), cctld("xc", "B@nic.xb"), cctld("xd", ""),
               cctld("xe", "")},
              overrides);
  CHECK(world.at("xa", 1).registry == world.at("xb", 1).registry);
  CHECK(world.at("xa", 1).registry == world.at("xc", 1).registry);
  CHECK(world.at("xd", 1).registry != world.at("xe", 1).registry);
  CHECK(coverage(world.input, 1).all_registries == Share{0, 249});
}

TEST_CASE("a member counts from its first day to its last") {
  World world;
  Member member = member_of("nl", "anne@nic.nl", kSeedDay);
  member.ended = kSeedDay + 10 * kDay;
  member.ended_by = "hand: moved";
  world.input.members = {member};
  CHECK(world.at("nl", kSeedDay - 1).standing.state == uninvited);
  CHECK(world.at("nl", kSeedDay).standing.state == CoverageState::member);
  CHECK(world.at("nl", member.ended - 1).standing.state == CoverageState::member);
  const CoveredCcTld after = world.at("nl", member.ended);
  CHECK(after.standing.state == lapsed);
  CHECK(after.standing.since == member.ended);
  CHECK(marks(after) == std::vector<std::string>{"ended by hand: moved"});
  CHECK(after.members.empty());
  CHECK(coverage(world.input, member.ended).people == 0);
}

TEST_CASE("what is to be known of members") {
  World world;
  const auto look = [&](std::vector<Member> members) {
    world.input.members = std::move(members);
    return marks(world.at("nl", kSeedDay + 100 * kDay));
  };
  using Marks = std::vector<std::string>;
  Member anne = member_of("nl", "anne@nic.nl", kSeedDay);
  Member ben = member_of("nl", "ben@nic.example", kSeedDay);
  CHECK(look({anne}) == Marks{"one-person", "own-tld-only"});
  CHECK(look({anne, ben}).empty());
  Member reachable = anne;
  reachable.other_email = "anne@home.example";
  CHECK(look({reachable}) == Marks{"one-person"});
  reachable.other_email = "not an address";
  CHECK(look({reachable}) == Marks{"one-person", "own-tld-only"});
  Member imported = ben;
  imported.began_by = "import";
  imported.checked = 0;
  CHECK(look({anne, imported}) == Marks{"unchecked"});
  imported.checked = kSeedDay + 101 * kDay;  // only later
  CHECK(look({anne, imported}) == Marks{"unchecked"});
  Member bouncing = ben;
  bouncing.bouncing = kSeedDay + 5;
  CHECK(look({anne, bouncing}) == Marks{"bouncing"});
  bouncing.bouncing = kSeedDay + 101 * kDay;
  CHECK(look({anne, bouncing}).empty());
  Member cleo = member_of("nl", "cleo@nic.nl", kSeedDay), dora = member_of("nl", "dora@nic.nl", kSeedDay);
  CHECK(look({anne, ben, cleo}).empty());
  CHECK(look({anne, ben, cleo, dora}) == Marks{"over-quota"});
  ben.seen = kSeedDay + 8 * kDay;
  CHECK(look({anne, ben}) == Marks{"not-on-list"});
  anne.since = kSeedDay + 2 * kDay;  // had not a week yet
  CHECK(look({anne, ben}).empty());
}

TEST_CASE("a review without an answer in time is overdue") {
  World world;
  Member anne = member_of("nl", "anne@nic.example", kSeedDay),
         ben = member_of("nl", "ben@nic.example", kSeedDay);
  world.input.members = {anne, ben};
  world.input.steps = {step("r", "review", kSeedDay + 365 * kDay, "nl")};
  CHECK(marks(world.at("nl", kSeedDay + (365 + 59) * kDay)).empty());
  CHECK(marks(world.at("nl", kSeedDay + (365 + 60) * kDay)) == std::vector<std::string>{"overdue"});
  for (Member& member : world.input.members) member.checked = kSeedDay + 370 * kDay;
  CHECK(marks(world.at("nl", kSeedDay + (365 + 60) * kDay)).empty());
}

TEST_CASE("invited, reminded, bounced, declined") {
  World world;
  const std::int64_t first = kSeedDay;
  world.input.steps = {step("i2", "invite", first + 14 * kDay, "nl"), step("i1", "invite", first, "nl"),
                       step("n1", "note", first + kDay, "nl"),
                       step("d1", "note", first + 20 * kDay, "nl", "decline")};
  CHECK(world.at("nl", first - 1).standing.state == uninvited);
  CHECK(world.at("nl", first).standing.state == invited);
  CHECK(marks(world.at("nl", first)).empty());
  CHECK(marks(world.at("nl", first + 14 * kDay)) == std::vector<std::string>{"reminded 1"});
  CHECK(world.at("nl", first + 14 * kDay).standing.since == first + 14 * kDay);
  CHECK(world.at("nl", first + 20 * kDay).standing.state == declined);
  CHECK(world.at("be", first).standing.state == uninvited);
  world.input.steps[0].bounced = first + 15 * kDay;
  CHECK(marks(world.at("nl", first + 14 * kDay)) == std::vector<std::string>{"reminded 1"});
  CHECK(marks(world.at("nl", first + 15 * kDay)) == std::vector<std::string>{"bounced", "reminded 1"});
  world.input.steps.push_back(step("i3", "invite", first + 400 * kDay, "nl"));
  CHECK(world.at("nl", first + 400 * kDay).standing.state == invited);
}

TEST_CASE("whom nobody can write to") {
  CcTld broken = cctld("be", "hostmaster@nic.be");
  broken.unusable = true;
  World world({cctld("nl", ""), broken});
  CHECK(marks(world.at("nl", 1)) == std::vector<std::string>{"no-contact"});
  CHECK(marks(world.at("be", 1)) == std::vector<std::string>{"no-contact"});
  CHECK(marks(world.at("fr", 1)).empty());
  CHECK(world.at("nl", 1).contact.empty());
}

TEST_CASE("members of a ccTLD that is none any more are told apart") {
  World world;
  world.input.members = {member_of("an", "anne@nic.example", kSeedDay),
                         member_of("nl", "anne@nic.example", kSeedDay)};
  const Coverage all = coverage(world.input, kSeedDay);
  CHECK(all.undelegated == std::vector<std::string>{"an"});
  CHECK(all.all_cctlds == Share{1, 309});
  CHECK(all.people == 1);
}

TEST_CASE("how it grew is what coverage said at the time") {
  World world;
  std::mt19937 random(1);  // NOLINT: the same each time
  for (int i = 0; i < 300; ++i) {
    const std::size_t which = random() % 30;
    const std::string label = world.input.cctlds[which * 7].label.ascii();
    Member member = member_of(label, "p" + std::to_string(i) + "@nic.example", 1000 + random() % 500);
    if (random() % 2 == 0) member.ended = member.since + random() % 200;
    world.input.members.push_back(member);
  }
  world.input.steps = {step("i1", "invite", 1100, "nl"), step("i2", "invite", 1200, "nl"),
                       step("i3", "invite", 1300, "be"), step("x", "review", 1250, "be")};
  const auto steps = growth(world.input, 1600);
  REQUIRE(steps.size() > 30);
  for (std::size_t i = 0; i < steps.size(); i += 7) {
    const Coverage then = coverage(world.input, steps[i].at);
    INFO(steps[i].at);
    CHECK(steps[i].cctlds == then.all_cctlds.on);
    CHECK(steps[i].registries == then.all_registries.on);
  }
  CHECK(steps.back().invited == 2);
  CHECK(std::is_sorted(steps.begin(), steps.end(),
                       [](const GrowthStep& a, const GrowthStep& b) { return a.at < b.at; }));
  CHECK(growth(world.input, 999).empty());
}
