#include "policy/verdict.h"

namespace ccgate {

std::string_view to_string(Decision decision) noexcept {
  switch (decision) {
    case Decision::accept:
      return "accept";
    case Decision::ask:
      return "ask";
    case Decision::hold:
      return "hold";
    case Decision::tempfail:
      return "tempfail";
    case Decision::discard:
      return "discard";
    case Decision::reject:
      return "reject";
  }
  return "reject";
}

std::string_view to_string(Ground ground) noexcept {
  switch (ground) {
    case Ground::author_is_contact:
      return "author_is_contact";
    case Ground::contact_in_copy:
      return "contact_in_copy";
    case Ground::rule:
      return "rule";
    case Ground::not_gated_request:
      return "not_gated_request";
    case Ground::malformed:
      return "malformed";
    case Ground::over_limit:
      return "over_limit";
    case Ground::automatic:
      return "automatic";
    case Ground::guard:
      return "guard";
    case Ground::not_authenticated:
      return "not_authenticated";
    case Ground::outsider:
      return "outsider";
    case Ground::contact_not_in_copy:
      return "contact_not_in_copy";
    case Ground::unknown_cctld:
      return "unknown_cctld";
    case Ground::contradiction:
      return "contradiction";
    case Ground::no_cctld:
      return "no_cctld";
    case Ground::mixed_recipients:
      return "mixed_recipients";
    case Ground::contact_asked:
      return "contact_asked";
    case Ground::contact_confirmed:
      return "contact_confirmed";
    case Ground::contact_refused:
      return "contact_refused";
    case Ground::contact_unreachable:
      return "contact_unreachable";
    case Ground::flood:
      return "flood";
    case Ground::dns_trouble:
      return "dns_trouble";
    case Ground::stale_contacts:
      return "stale_contacts";
    case Ground::internal_error:
      return "internal_error";
  }
  return "internal_error";
}

std::string_view to_string(AskStyle style) noexcept {
  switch (style) {
    case AskStyle::tempfail:
      return "tempfail";
    case AskStyle::hold:
      return "hold";
    case AskStyle::reject:
      return "reject";
  }
  return "tempfail";
}

std::optional<AskStyle> parse_ask_style(std::string_view word) noexcept {
  for (const AskStyle style : {AskStyle::tempfail, AskStyle::hold, AskStyle::reject})
    if (word == to_string(style)) return style;
  return std::nullopt;
}

}  // namespace ccgate
