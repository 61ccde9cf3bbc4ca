// policy/request/form.h: the people whom a joining form names, and whether it is filled in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/names/address.h"
#include "policy/request/form_labels.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// One person of a joining form.
struct Person {
  std::string name;
  std::optional<Address> email;
  std::string phone;
  /// For the day when the ccTLD is down: kept beside, and nobody is subscribed by it.
  std::optional<Address> other_email = std::nullopt;
};

enum class Form { none, partial, full };
template <>
struct EnumWords<Form> {
  using enum Form;
  static constexpr auto table = word_table<Form>({
      {none, "none"},
      {partial, "partial"},
      {full, "full"},
  });
};

/// Collects the persons of a form line by line. A label that the current person has already starts the next
/// one, except a second phone. Empty values, as in a quoted blank form, count for nothing. Not every mail
/// with `Tel:` in it is a form: a person of nothing but a phone is dropped when there is another, and so is
/// one that only repeats another's address, as signatures do. Another e-mail is of a person that was named
/// before it, and counts where it is one plain address.
class PeopleReader {
 public:
  void add(Label label, std::string_view value);
  /// Call once, at the end.
  [[nodiscard]] std::vector<Person> finish();
  /// True when an address stands in a form that cannot be read, or several stand behind one label.
  [[nodiscard]] bool doubtful_address() const noexcept { return doubtful_address_; }

 private:
  [[nodiscard]] bool starts_next(Label label) const noexcept;
  void end_person();
  std::vector<Person> people_;
  Person current_;
  std::vector<Label> seen_;
  std::size_t tried_ = 0;  ///< addresses
  bool doubtful_address_ = false;
};

/// Full: at least one person, and every one with name, e-mail and phone.
[[nodiscard]] Form completeness(const std::vector<Person>& people) noexcept;

}  // namespace ccgate
