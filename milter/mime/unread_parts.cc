#include "milter/mime/unread_parts.h"

#include <algorithm>
#include <array>

#include "milter/mime/content_type.h"
#include "milter/mime/transfer_encoding.h"
#include "policy/prose/request_words.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

struct SilentKind {
  std::string_view type;
  std::string_view endings;  // of names, each between blanks
};

constexpr std::string_view kPictureEndings = " png jpg jpeg jpe jfif gif bmp webp ";
constexpr auto kSilentKinds = std::to_array<SilentKind>({
    {"image/png", kPictureEndings},
    {"image/jpeg", kPictureEndings},
    {"image/jpg", kPictureEndings},
    {"image/pjpeg", kPictureEndings},
    {"image/gif", kPictureEndings},
    {"image/bmp", kPictureEndings},
    {"image/webp", kPictureEndings},
    {"application/pgp-signature", " asc sig pgp "},
    {"application/pgp-keys", " asc key pgp gpg "},
    {"application/pkcs7-signature", " p7s "},
    {"application/x-pkcs7-signature", " p7s "},
});

/// `x/` and the disposition, to be read as a type is; nullopt: it is not plainly written.
std::optional<ContentType> disposition_of(const MimeLeaf& leaf) {
  if (trim(leaf.disposition).empty()) return ContentType{};
  return parse_content_type("x/" + std::string(trim(leaf.disposition)));
}

bool fits(std::string_view name, std::string_view endings) {
  const std::string folded = fold_letters(name);
  if (folded.find("form") != std::string::npos || folded.find('@') != std::string::npos ||
      could_wish_to_join(folded))
    return false;
  const auto dot = folded.rfind('.');
  return dot != std::string::npos &&
         endings.find(" " + folded.substr(dot + 1) + " ") != std::string_view::npos;
}

/// Of type and disposition. A name in pieces (RFC 2231) is whatever its reader makes of it.
bool names_fit(const MimeLeaf& leaf, const ContentType& disposition, std::string_view endings) {
  for (const auto* params : {&leaf.type->params, &disposition.params}) {
    for (const auto& [name, value] : *params) {
      if (name.starts_with("name*") || name.starts_with("filename*")) return false;
      if ((name == "name" || name == "filename") && !fits(value, endings)) return false;
    }
  }
  return true;
}

bool is_short_word(std::string_view octets) {
  constexpr std::size_t kLongest = 8;
  return octets.size() <= kLongest && std::ranges::all_of(octets, is_letter_or_digit);
}

/// A block of OpenPGP's armor (RFC 9580 6.2) and nothing around it or in it that could be read.
bool is_armor(std::string_view octets, std::string_view what) {
  const std::string begin = "-----BEGIN PGP " + std::string(what) + "-----";
  const std::string end = "-----END PGP " + std::string(what) + "-----";
  std::string_view text = trim(octets);
  if (!text.starts_with(begin) || !text.ends_with(end) || text.size() < begin.size() + end.size())
    return false;
  text = text.substr(begin.size(), text.size() - begin.size() - end.size());
  while (!text.empty()) {
    const std::size_t at = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    const bool header = line.starts_with("Version: ") || line.starts_with("Comment: ") ||
                        line.starts_with("Hash: ") || line.starts_with("Charset: ");
    const bool told = header && line.size() <= 80 && line.find('@') == std::string_view::npos &&
                      !could_wish_to_join(fold_letters(line));
    const bool digits = std::ranges::all_of(
        line, [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; });
    if (!told && !digits) return false;
  }
  return true;
}

/// DER or BER: a sequence that begins with the identifier of signed data (RFC 5652 5.1), as far as it goes.
bool is_signed_data(std::string_view octets) {
  constexpr std::string_view kSignedData = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
  if (octets.size() <= 2 || octets.front() != '\x30') return false;
  const auto length = static_cast<unsigned char>(octets[1]);
  if (length < 0x80 || length > 0x84) return false;
  octets.remove_prefix(std::min<std::size_t>(2U + (length - 0x80U), octets.size()));
  return kSignedData.starts_with(octets.substr(0, kSignedData.size()));
}

bool is_signature_or_key(const MimeLeaf& leaf) {
  const auto octets = decoded_octets(leaf);
  if (!octets) return false;
  if (is_short_word(trim(*octets))) return true;
  if (leaf.name == "application/pgp-signature") return is_armor(*octets, "SIGNATURE");
  if (leaf.name == "application/pgp-keys") return is_armor(*octets, "PUBLIC KEY BLOCK");
  return is_signed_data(*octets);
}

/// Programs look at the first octets, whatever the type says.
bool may_be_picture(const MimeLeaf& leaf) {
  const auto encoding = leaf.transfer_encoding.empty() ? TransferEncoding::identity
                                                       : parse_transfer_encoding(leaf.transfer_encoding);
  if (!encoding) return false;
  std::string octets(leaf.octets.substr(0, 64));
  if (*encoding == TransferEncoding::base64) octets = decode_base64(octets);
  for (const std::string_view mark : {"\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "RIFF"})
    if (octets.starts_with(mark)) return true;
  constexpr std::size_t kEmpty = 8;  // nothing that anybody could show
  return leaf.octets.size() <= kEmpty && octets.find("%PDF") == std::string::npos;
}

}  // namespace

bool says_nothing(const MimeLeaf& leaf) {
  const auto kind = std::ranges::find(kSilentKinds, leaf.name, &SilentKind::type);
  const auto disposition = disposition_of(leaf);
  if (kind == kSilentKinds.end() || !leaf.type || !disposition ||
      !names_fit(leaf, *disposition, kind->endings))
    return false;
  if (!leaf.name.starts_with("image/")) return is_signature_or_key(leaf);
  return (disposition->type.empty() || disposition->type == "x/inline") && may_be_picture(leaf);
}

bool is_vcard(const MimeLeaf& leaf) {
  return leaf.name == "text/vcard" || leaf.name == "text/x-vcard" || leaf.name == "text/directory";
}

std::optional<std::string> decoded_octets(const MimeLeaf& leaf) {
  const auto encoding = leaf.transfer_encoding.empty() ? TransferEncoding::identity
                                                       : parse_transfer_encoding(leaf.transfer_encoding);
  if (encoding == TransferEncoding::identity) return std::string(leaf.octets);
  if (encoding == TransferEncoding::base64 && is_plain_base64(leaf.octets)) return decode_base64(leaf.octets);
  if (encoding == TransferEncoding::quoted_printable && is_plain_quoted_printable(leaf.octets))
    return decode_quoted_printable(leaf.octets);
  return std::nullopt;
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
