#include "milter/mime/unread_parts.h"

#include <algorithm>
#include <array>

#include "milter/mime/content_type.h"

namespace ccgate {
namespace {

constexpr auto kPictures = std::to_array<std::string_view>(
    {"image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/bmp", "image/webp"});
constexpr auto kSilent = std::to_array<std::string_view>(
    {"text/vcard", "text/x-vcard", "text/directory", "application/pgp-signature", "application/pgp-keys",
     "application/pkcs7-signature", "application/x-pkcs7-signature"});

}  // namespace

bool says_nothing(const MimeLeaf& leaf) {
  if (std::ranges::find(kSilent, leaf.name) != kSilent.end()) return true;
  const std::string shown = loose_content_type(leaf.disposition);  // is cut at the first `;` alike
  return std::ranges::find(kPictures, leaf.name) != kPictures.end() && (shown.empty() || shown == "inline");
}

bool holds_uuencoded(std::string_view text) noexcept {
  constexpr std::string_view kBegin = "begin ";
  for (auto at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
    if (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') continue;
    const std::string_view mode = text.substr(at + kBegin.size(), 5);
    const std::size_t digits = std::min(mode.find_first_not_of("01234567"), mode.size());
    if (digits >= 3 && digits < mode.size() && mode[digits] == ' ') return true;
  }
  return false;
}

}  // namespace ccgate
