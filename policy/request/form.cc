// policy/request/form.cc: persons from labelled lines.
#include "policy/request/form.h"

#include <algorithm>
#include <set>

#include "policy/request/blank_values.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_complete(const Person& person) noexcept {
  return !person.name.empty() && person.email && !person.phone.empty();
}

struct AddressesFound {
  std::set<Address> addresses;
  bool unreadable = false;
};

/// The addresses of `anne@nic.example`, `Anne <anne@nic.example>`, `anne@nic.example
/// <mailto:anne@nic.example>`.
AddressesFound addresses_in(std::string_view value, std::size_t& tried) {
  constexpr std::size_t kMostAddresses = 200;
  AddressesFound found;
  constexpr std::string_view kBreaks = " \t<>()[],;\"'*|";
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of(kBreaks), value.size());
    std::string_view word = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    if (word.size() > 7 && ascii_iequal(word.substr(0, 7), "mailto:")) word.remove_prefix(7);
    if (word.ends_with('.')) word.remove_suffix(1);
    if (word.find('@') == std::string_view::npos) continue;
    // So many are no form, and each may hold a name that is slow to read.
    if (++tried > kMostAddresses) {
      found.unreadable = true;
      break;
    }
    if (auto address = Address::parse(word)) {
      found.addresses.insert(*std::move(address));
    } else {
      found.unreadable = true;
    }
  }
  return found;
}

void append_name(std::string& name, std::string_view value) {
  if (!name.empty()) name += ' ';
  name += value;
}

}  // namespace

bool PeopleReader::starts_next(Label label) const noexcept {
  if (std::ranges::find(seen_, label) == seen_.end()) return false;
  // Phone and mobile of one person, unless phones open each block.
  return label != Label::phone || seen_.front() == Label::phone;
}

void PeopleReader::end_person() {
  if (!seen_.empty()) people_.push_back(std::move(current_));
  current_ = {};
  seen_.clear();
}

void PeopleReader::add(Label label, std::string_view value) {
  if (label == Label::cctlds || is_blank_place(value) || says_none(value)) return;
  if (label == Label::other_email) {
    const AddressesFound found = addresses_in(value, tried_);
    if (!found.unreadable && found.addresses.size() == 1 && current_.email && !current_.other_email)
      current_.other_email = *found.addresses.begin();
    return;
  }
  if (starts_next(label)) end_person();
  seen_.push_back(label);
  switch (label) {
    case Label::name:
    case Label::given_name:
    case Label::family_name:
      append_name(current_.name, value);
      break;
    case Label::phone:
      if (current_.phone.empty()) current_.phone = value;
      break;
    case Label::email: {
      const AddressesFound found = addresses_in(value, tried_);
      if (found.unreadable || found.addresses.size() != 1) doubtful_address_ = true;
      for (const Address& address : found.addresses) {
        // Several addresses are several people until somebody says otherwise.
        if (current_.email) {
          end_person();
          seen_.push_back(label);
        }
        current_.email = address;
      }
      break;
    }
    case Label::cctlds:
    case Label::other_email:
      break;
  }
}

std::vector<Person> PeopleReader::finish() {
  end_person();
  std::set<Address> of_complete;
  for (const Person& person : people_) {
    if (is_complete(person)) of_complete.insert(*person.email);
  }
  const bool someone =
      std::ranges::any_of(people_, [](const Person& p) { return p.email || !p.name.empty(); });
  std::set<std::string> told;
  std::erase_if(people_, [&](const Person& person) {
    if (!person.email && person.name.empty()) return someone;
    if (!is_complete(person))
      return person.email && person.name.empty() && of_complete.contains(*person.email);
    // Text and HTML of one mail both hold the form.
    return !told.insert(person.name + '\n' + person.email->text() + '\n' + person.phone).second;
  });
  return std::move(people_);
}

Form completeness(const std::vector<Person>& people) noexcept {
  if (people.empty()) return Form::none;
  return std::ranges::all_of(people, is_complete) ? Form::full : Form::partial;
}

}  // namespace ccgate
