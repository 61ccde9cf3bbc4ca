// Many more ccTLDs than there are: what tests/bench measures must be right too.
#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "tests/support/catch.h"
#include "tests/support/many_contacts.h"

using namespace ccgate;

namespace {

#if CCGATE_SANITIZED || !defined(__OPTIMIZE__)
constexpr std::size_t kMany = 20'000;
#else
constexpr std::size_t kMany = 200'000;
#endif

const std::set<Role> kAdmin{Role::admin};

}  // namespace

TEST_CASE("a large directory is read and answers as a small one") {
  Issues issues;
  auto file = parse_contacts(write_contacts(many_contacts(kMany)), "contacts.json", issues);
  REQUIRE(file);
  CHECK(issues.empty());
  const Directory directory(std::move(file->cctlds), {}, {}, file->fetched);
  REQUIRE(directory.size() == kMany);
  const auto& all = directory.all();
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const CcTld& a, const CcTld& b) { return a.label < b.label; }));
  std::size_t right = 0;
  for (std::size_t i = 0; i < kMany; ++i) {
    const CcTld* cctld = directory.find(label_of(i));
    right += cctld != nullptr && cctld->fetched == many_contacts(0).fetched.value() + std::int64_t(i) &&
             directory.is_contact(*cctld, kAdmin, admin_of(i)) &&
             !directory.is_contact(*cctld, kAdmin, admin_of(i + 10));
  }
  CHECK(right == kMany);
  CHECK(directory.find(label_of(kMany)) == nullptr);
  for (std::size_t i = 0; i < kMany; i += kMany / 10) {
    std::set<Domain> want;
    for (std::size_t each = i; each < i + 10; each += 2) want.insert(label_of(each));
    CHECK(directory.cctlds_of(kAdmin, admin_of(i)) == want);
    CHECK(directory.cctlds_of(kAdmin, admin_of(i + 1)) == std::set<Domain>{label_of(i + 1)});
  }
  CHECK(directory.cctlds_of(kAdmin, admin_of(kMany)).empty());
}

TEST_CASE("thousands of bad entries are told in a hundred warnings, in one long line too") {
  std::string text =
      "{\"ccgate_contacts\": 1, \"cctlds\": {\"xa\": {\"admin\": {\"email\": \"a@nic.example\"}}";
  for (std::size_t i = 0; i < 5000; ++i)
    text += ", \"" + label_of(i).ascii() + "\": {\"admin\": {\"email\": \"\xe5\x8f\xb0 " + std::to_string(i) +
            "\"}}";
  Issues issues;
  const auto file = parse_contacts(text + "}}", "contacts.json", issues);
  REQUIRE(file);
  CHECK(file->cctlds.size() == 5001);
  REQUIRE(issues.size() == 101);
  CHECK(issues.back().what == "0 more error(s) and 4900 more warning(s) are not shown");
  for (std::size_t i = 0; i < 100; ++i) {
    CHECK(issues[i].line.size() < 5000);
    CHECK_THAT(render(issues[i]), contains("\xe5\x8f\xb0 " + std::to_string(i) + "\"}}"));
    CHECK_THAT(render(issues[i]), contains(std::string(103, ' ') + "^"));
  }
}
