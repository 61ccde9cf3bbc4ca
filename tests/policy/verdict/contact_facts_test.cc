// What a policy can say about contact data: policy/verdict/fact_values.cc.
#include "policy/rules/policy_yaml.h"
#include "policy/verdict/evaluate.h"
#include "policy/verdict/fact_values.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kToday = 20'000 * kDay;
using Time = std::optional<std::int64_t>;
using Texts = std::set<std::string>;

Contact contact(std::string_view email, Time changed, Time first_seen, std::string_view previous = "") {
  Contact made{address(email), "", changed, first_seen};
  if (!previous.empty()) made.previous = PreviousContact{address(previous), std::nullopt, std::nullopt};
  return made;
}

/// A world of one ccTLD, and one mail about it.
struct World {
  CcTld cctld{domain("xa"), {}, "", std::nullopt, std::nullopt, "", false};
  RegistryOverrides overrides;
  Time fetched = kToday;
  std::set<Role> authority{Role::admin};
  std::string author = "new@nic.xa";
  std::vector<std::string> to{"list-join@lists.example"};
  std::vector<std::string> cc;
  bool decided = true;  ///< a ccTLD is being decided

  explicit World(Contact admin) { cctld.contacts.emplace(Role::admin, std::move(admin)); }

  template <typename Use>
  auto with_values(Use use) const {
    Policy policy;
    policy.authority = authority;
    const Directory directory({cctld}, overrides, {}, fetched);
    Message message{address(author), {}, {}, {}, {}, "subscribe xa", kToday, "", {}};
    for (const std::string& each : to) message.to.push_back(address(each));
    for (const std::string& each : cc) message.cc.push_back(address(each));
    const std::vector<HeaderField> fields;
    const Request request;
    const Facts facts{fields, message, request, std::nullopt, kToday, 7 * kDay, 14 * kDay};
    const Evidence evidence;
    const FactValues values(policy, directory, facts, evidence,
                            decided ? directory.find(domain("xa")) : nullptr);
    return use(values);
  }
  FactValues::Value value(Fact fact) const {
    return with_values([fact](const FactValues& values) { return values.value(fact); });
  }
  std::int64_t age() const { return std::get<std::int64_t>(value(Fact::contact_age)); }
  Texts changed_from() const { return std::get<Texts>(value(Fact::contact_changed_from)); }
  Truth truth(Fact fact) const { return std::get<TruthValue>(value(fact)).truth; }
  Truth copied() const { return truth(Fact::previous_contact_copied); }
};

World new_contact() {
  return World(contact("new@nic.xa", kToday - 5 * kDay, kToday - 5 * kDay, "old@nic.xa"));
}

}  // namespace

TEST_CASE("a contact is as old as the later of two dates") {
  struct Row {
    const char* story;
    Time changed, first_seen;
    std::int64_t want;
  };
  const Time none;
  const auto row = GENERATE_COPY(values<Row>({
      {"changed last", kToday - 3 * kDay, kToday - 300 * kDay, 3 * kDay},
      {"seen last", kToday - 300 * kDay, kToday - 3 * kDay, 3 * kDay},
      {"changed now", kToday, kToday - kDay, 0},
      {"never changed, as IANA tells", none, kToday - 300 * kDay, 0},
      {"never seen", kToday - 300 * kDay, none, 0},
      {"no dates", none, none, 0},
      {"changed in the future", kToday + 1, kToday - 300 * kDay, 0},
      {"seen in the future", kToday - 300 * kDay, kToday + 1, 0},
  }));
  INFO(row.story);
  CHECK(World(contact("a@nic.xa", row.changed, row.first_seen)).age() == row.want);
}

TEST_CASE("the youngest contact of the roles that count is the one") {
  World world(contact("a@nic.xa", kToday - 30 * kDay, kToday - 30 * kDay));
  world.cctld.contacts.emplace(Role::tech, contact("t@nic.xa", kToday - 2 * kDay, kToday - 2 * kDay));
  CHECK(world.age() == 30 * kDay);
  world.authority = {Role::admin, Role::tech};
  CHECK(world.age() == 2 * kDay);
  world.authority = {Role::security};
  CHECK(world.age() == 0);
  world.decided = false;
  CHECK(world.age() == 0);
}

TEST_CASE("the one before is known while the contact is younger than the cool-down") {
  World world = new_contact();
  CHECK(world.changed_from() == Texts{"old@nic.xa"});
  world.decided = false;
  CHECK(world.changed_from().empty());
  CHECK(World(contact("new@nic.xa", kToday - 5 * kDay, kToday - 5 * kDay)).changed_from().empty());
  const auto of_age = [](std::int64_t age) {
    return World(contact("new@nic.xa", kToday - age, kToday - age, "Old@NIC.xa")).changed_from();
  };
  CHECK(of_age(14 * kDay - 1) == Texts{"old@nic.xa"});
  CHECK(of_age(14 * kDay).empty());

  // Of two roles, each for itself: the one before an old contact is past and gone.
  world = World(contact("a@nic.xa", kToday - 300 * kDay, kToday - 300 * kDay, "former@nic.xa"));
  world.cctld.contacts.emplace(Role::tech,
                               contact("t@nic.xa", kToday - 2 * kDay, kToday - 2 * kDay, "noc@nic.xa"));
  world.authority = {Role::admin, Role::tech};
  CHECK(world.changed_from() == Texts{"noc@nic.xa"});
}

TEST_CASE("the one before is copied when it wrote or is in To or Cc") {
  World world = new_contact();
  CHECK(world.copied() == Truth::no);
  world.cc = {"anne@nic.xa", "OLD@nic.xa"};
  CHECK(world.copied() == Truth::yes);
  world.cc = {"old+tag@nic.xa"};
  CHECK(world.copied() == Truth::no);
  world.cc = {};
  world.to.emplace_back("old@nic.xa");
  CHECK(world.copied() == Truth::yes);
  world.decided = false;
  CHECK(world.copied() == Truth::no);

  world = new_contact();
  world.author = "old@nic.xa";
  CHECK(world.copied() == Truth::yes);

  world = new_contact();
  world.cc = {"iana@other.example"};
  CHECK(world.copied() == Truth::no);
  world.overrides.registries[domain("xa")].aliases[address("new@nic.xa")] = {address("iana@other.example")};
  CHECK(world.copied() == Truth::no);  // of the new one
  world.overrides.registries[domain("xa")].aliases[address("old@nic.xa")] = {address("iana@other.example")};
  CHECK(world.copied() == Truth::yes);

  world = World(contact("new@nic.xa", kToday - 15 * kDay, kToday - 15 * kDay, "old@nic.xa"));
  world.cc = {"old@nic.xa"};
  CHECK(world.copied() == Truth::no);  // no longer asked for
}

TEST_CASE("of two new contacts each needs the one before it") {
  World world = new_contact();
  world.cctld.contacts.emplace(Role::tech,
                               contact("t@nic.xa", kToday - 2 * kDay, kToday - 2 * kDay, "noc@nic.xa"));
  world.authority = {Role::admin, Role::tech};
  world.cc = {"noc@nic.xa"};
  CHECK(world.copied() == Truth::no);
  world.cc = {"noc@nic.xa", "old@nic.xa"};
  CHECK(world.copied() == Truth::yes);
  world.cctld.contacts.at(Role::tech).previous.reset();
  CHECK(world.copied() == Truth::no);
}

TEST_CASE("how old the file is can be known of stale data too") {
  World world = new_contact();
  const auto age = [&] { return std::get<std::int64_t>(world.value(Fact::contacts_file_age)); };
  CHECK(age() == 0);
  world.fetched = kToday - 30 * kDay;
  CHECK(age() == 30 * kDay);
  world.cctld.fetched = kToday;
  CHECK(age() == 30 * kDay);
  world.fetched = kToday + kDay;
  CHECK(age() == 0);
  world.fetched.reset();
  CHECK(age() == 0);
}

TEST_CASE("whether a ccTLD is signed, and whether its contact shares a domain") {
  World world = new_contact();
  CHECK(world.truth(Fact::dnssec_signed) == Truth::no);
  world.cctld.dnssec = false;
  CHECK(world.truth(Fact::dnssec_signed) == Truth::no);
  world.cctld.dnssec = true;
  CHECK(world.truth(Fact::dnssec_signed) == Truth::yes);
  world.decided = false;
  CHECK(world.truth(Fact::dnssec_signed) == Truth::no);

  struct Row {
    const char* email;
    Truth want;
  };
  for (const Row& row : {Row{"a@nic.xa", Truth::no}, Row{"a@freemail.example", Truth::yes},
                         Row{"a@mail.freemail.example", Truth::yes}, Row{"a@co.uk", Truth::yes},
                         Row{"a@nic.co.uk", Truth::no}}) {
    INFO(row.email);
    World shared(contact(row.email, kToday, kToday));
    shared.overrides.shared_domains = {domain("freemail.example")};
    CHECK(shared.truth(Fact::contact_is_shared_domain) == row.want);
    shared.authority = {Role::tech};
    CHECK(shared.truth(Fact::contact_is_shared_domain) == Truth::no);
  }
}

TEST_CASE("of stale or bad data nothing is known, whatever is compared") {
  Issues issues;
  const auto policy = parse_policy(R"(
ccgate: 1
policy: test
rules:
  - {id: a, when: [{contact_age: {less_than: 14d}}], then: hold}
  - {id: b, when: [{contact_age: {more_than: 14d}}], then: hold}
  - {id: d, when: [{contact_changed_from: old@nic.xa}], then: hold}
  - {id: e, when: [{contact_changed_from: {not: old@nic.xa}}], then: hold}
  - {id: f, when: [{contact_changed_from: {in: [old@nic.xa]}}], then: hold}
  - {id: g, when: [previous_contact_copied], then: hold}
  - {id: h, when: [{previous_contact_copied: false}], then: hold}
  - {id: i, when: [dnssec_signed], then: hold}
  - {id: j, when: [{not: contact_is_shared_domain}], then: hold}
)",
                                   "p", issues);
  REQUIRE(policy);
  World stale = new_contact();
  stale.fetched = kToday - 8 * kDay;
  World bad = new_contact();
  bad.cctld.unusable = true;
  for (const World& world : {stale, bad})
    for (const Rule& rule : policy->rules) {
      INFO(rule.when.front().text);
      const TruthValue value =
          world.with_values([&](const FactValues& values) { return values.test(rule.when.front()); });
      CHECK(value.truth == Truth::unknown);
      CHECK(value.trouble == Ground::stale_contacts);
    }
}

TEST_CASE("a request for no ccTLD does not wait for data about one") {
  World world = new_contact();
  world.fetched = kToday - 30 * kDay;
  world.decided = false;
  world.cc = {"old@nic.xa"};
  CHECK(world.age() == 0);
  CHECK(world.changed_from().empty());
  for (const Fact fact : {Fact::previous_contact_copied, Fact::dnssec_signed, Fact::contact_is_shared_domain})
    CHECK(world.truth(fact) == Truth::no);
}

TEST_CASE("a stranger gets the same answer whether the contact is new or not") {
  Issues issues;
  const auto policy = parse_policy(R"(
ccgate: 1
policy: test
rules:
  - id: new-contact
    when: [{any: [from_is_admin_contact, admin_contact_copied]}, {contact_age: {less_than: 14d}}, {not: previous_contact_copied}]
    then: hold
  - {id: admin, when: [from_is_admin_contact], then: accept}
default: {reject: {text: "write from {admin_contact}"}}
)",
                                   "p", issues);
  REQUIRE(policy);
  const auto answer = [&](const Contact& admin, const std::string& author) {
    CcTld cctld{domain("xa"), {{Role::admin, admin}}, "", std::nullopt, std::nullopt, "", false};
    const Directory directory({cctld}, {}, {}, kToday);
    const Message message{address(author), {}, {}, {}, {}, "", kToday, "", {}};
    const std::vector<HeaderField> fields;
    Request request;
    request.kind = RequestKind::subscribe;
    request.cctlds = {domain("xa")};
    return evaluate(*policy, directory, Facts{fields, message, request, std::nullopt, kToday}, {});
  };
  const Contact young = contact("new@nic.xa", kToday - kDay, kToday - kDay, "old@nic.xa");
  const Contact old = contact("new@nic.xa", kToday - 300 * kDay, kToday - 300 * kDay);
  const Verdict stranger = answer(young, "eve@elsewhere.example");
  CHECK(stranger.decision == Decision::reject);
  CHECK(stranger.reply == answer(old, "eve@elsewhere.example").reply);
  CHECK(answer(young, "new@nic.xa").decision == Decision::hold);
  CHECK(answer(young, "new@nic.xa").reply == Reply{});
  CHECK(answer(old, "new@nic.xa").decision == Decision::accept);
}

}  // namespace ccgate
