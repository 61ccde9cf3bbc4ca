// policy/names/list_addresses.h: one list as its mail sees it: its list manager and its addresses.
#pragma once

#include <vector>

#include "policy/names/address.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// The list manager behind a list: which addresses it reads commands at, and from where in a message.
enum class Manager { mailman3, mailman2, sympa, mlmmj, plain };
template <>
struct EnumWords<Manager> {
  using enum Manager;
  static constexpr auto table = word_table<Manager>({
      {mailman3, "mailman3"},
      {mailman2, "mailman2"},
      {sympa, "sympa"},
      {mlmmj, "mlmmj"},
      {plain, "plain"},
  });
};

/// The addresses of one list, as ccgate.yaml names them.
struct ListAddresses {
  Address address;  ///< where members post
  Manager manager = Manager::plain;
  std::vector<Address> form;  ///< people read the joining form here
  std::vector<Address> also;  ///< local aliases of command addresses
  char delimiter = '+';       ///< between local part and detail
};

}  // namespace ccgate
