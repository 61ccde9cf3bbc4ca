#include "milter/notice/smtputf8.h"

#include "policy/text/ascii.h"

namespace ccgate {

bool needs_smtputf8(const Address& address) noexcept {
  return !is_ascii(address.local());
}

Truth can_be_told(const Address& contact, const Smtputf8Offer* offer) noexcept {
  return offer == nullptr || !needs_smtputf8(contact) ? Truth::yes : offer->offered();
}

}  // namespace ccgate
