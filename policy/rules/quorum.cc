#include "policy/rules/quorum.h"

namespace ccgate {

std::optional<Role> role_of(Voucher voucher) noexcept {
  switch (voucher) {
    case Voucher::admin_contact:
      return Role::admin;
    case Voucher::tech_contact:
      return Role::tech;
    case Voucher::security_contact:
      return Role::security;
    case Voucher::authorizing_contact:
      return Role::authorizing;
    case Voucher::members:
      break;
  }
  return std::nullopt;
}

std::string_view title_of(Voucher voucher) noexcept {
  switch (voucher) {
    case Voucher::admin_contact:
      return "admin contact";
    case Voucher::tech_contact:
      return "technical contact";
    case Voucher::security_contact:
      return "security contact";
    case Voucher::authorizing_contact:
      return "authorizing contact";
    case Voucher::members:
      break;
  }
  return "member";
}

}  // namespace ccgate
