// milter/mime/content_type.h: a Content-Type field read so strictly that every MIME reader agrees (RFC
// 2045 5.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ccgate {

struct ContentType {
  std::string type;                                         ///< lower case, `text/plain`
  std::vector<std::pair<std::string, std::string>> params;  ///< names in lower case, each once
  [[nodiscard]] std::string_view param(std::string_view name) const noexcept;  ///< "" when absent
};

/// type/subtype and parameters of tokens or quoted strings without backslash; blanks and folds around `;` and
/// at the ends, one `;` at the end. nullopt for anything else: comments, a parameter twice, 8-bit octets
/// outside quotes, a missing value.
[[nodiscard]] std::optional<ContentType> parse_content_type(std::string_view field_body);

/// format=flowed (RFC 3676 4).
[[nodiscard]] bool is_flowed(const ContentType& type);

/// What a reader sees that only cuts at the first `;`: lower case, trimmed.
[[nodiscard]] std::string loose_content_type(std::string_view field_body);

/// A token, `/` and a token, and nothing more.
[[nodiscard]] bool is_plain_media_type(std::string_view name) noexcept;

}  // namespace ccgate
