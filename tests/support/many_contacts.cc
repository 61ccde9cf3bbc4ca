#include "tests/support/many_contacts.h"

#include "policy/names/idna.h"

namespace ccgate {
namespace {

// CJK unified ideographs, assigned since the first version of Unicode and allowed in every label.
constexpr std::size_t kFirst = 0x4e00;
constexpr std::size_t kCount = 20'000;

void append_ideograph(std::string& out, std::size_t number) {
  const std::size_t code = kFirst + number % kCount;
  out += static_cast<char>(0xe0U | (code >> 12U));
  out += static_cast<char>(0x80U | ((code >> 6U) & 0x3fU));
  out += static_cast<char>(0x80U | (code & 0x3fU));
}

std::int64_t some_time(std::size_t number) {
  constexpr std::int64_t kStart = 1'700'000'000;
  return kStart + static_cast<std::int64_t>(number);
}

}  // namespace

Domain label_of(std::size_t number) {
  std::string label;
  // Neighbours differ in every character, as real labels do.
  append_ideograph(label, number * 7919);
  append_ideograph(label, number / kCount);
  return Domain::parse(idna_encode(label).value()).value();
}

Address admin_of(std::size_t number) {
  const std::size_t registry = number % 2 == 0 ? number / 10 * 10 : number;
  return Address::parse("hostmaster@registry-" + std::to_string(registry) + ".example").value();
}

ContactsFile many_contacts(std::size_t count) {
  ContactsFile file{{}, some_time(count), "generated"};
  file.cctlds.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    CcTld cctld{label_of(i), {}, "Registry " + std::to_string(i / 10), some_time(i), i % 2 == 0, "", false};
    Contact admin{admin_of(i), "Hostmaster", some_time(i / 2), some_time(i / 3)};
    if (i % 100 == 0)
      admin.previous = PreviousContact{admin_of(i + 1'000'000), some_time(i / 5), some_time(i / 4)};
    cctld.contacts.emplace(Role::admin, std::move(admin));
    if (i % 3 == 0) {
      Address noc = Address::parse("noc@backend-" + std::to_string(i / 100) + ".example").value();
      cctld.contacts.emplace(Role::tech, Contact{std::move(noc), "", std::nullopt, some_time(i / 3)});
    }
    file.cctlds.push_back(std::move(cctld));
  }
  return file;
}

}  // namespace ccgate
