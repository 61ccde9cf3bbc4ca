#include "policy/request/own_address.h"

#include <algorithm>

#include "policy/text/ascii.h"

namespace ccgate {

bool is_token(std::string_view text) noexcept {
  return text.size() == kTokenLength && std::all_of(text.begin(), text.end(), [](char c) {
           return is_small_letter(c) || (c >= '2' && c <= '7');
         });
}

std::optional<OwnAddress> own_address(const ListAddresses& list, const Address& recipient) {
  if (recipient.domain() != list.address.domain()) return std::nullopt;
  std::string_view rest = recipient.folded_local();
  const std::string own = list.address.folded_local();
  if (!rest.starts_with(own) || rest.size() == own.size() || rest[own.size()] != '-') return std::nullopt;
  rest.remove_prefix(own.size() + 1);
  for (const auto& [kind, word] : EnumWords<OwnAddressKind>::table) {
    if (!rest.starts_with(word)) continue;
    const std::string_view detail = rest.substr(word.size());
    if (detail.empty()) return OwnAddress{kind, ""};
    if (detail.front() != list.delimiter) return std::nullopt;
    const std::string_view token = detail.substr(1);
    return OwnAddress{kind, is_token(token) ? std::string(token) : ""};
  }
  return std::nullopt;
}

std::optional<Address> make_own_address(const ListAddresses& list, OwnAddressKind kind,
                                        std::string_view token) {
  return Address::parse(list.address.local() + "-" + std::string(to_string(kind)) + list.delimiter +
                        std::string(token) + "@" + list.address.domain().ascii());
}

}  // namespace ccgate
