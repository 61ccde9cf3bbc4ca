#include "milter/notice/smtputf8.h"

#include <algorithm>

namespace ccgate {

bool needs_smtputf8(const Address& address) noexcept {
  const std::string& local = address.local();
  return std::any_of(local.begin(), local.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

Truth can_be_told(const Address& contact, const Smtputf8Offer* offer) noexcept {
  return offer == nullptr || !needs_smtputf8(contact) ? Truth::yes : offer->offered();
}

}  // namespace ccgate
