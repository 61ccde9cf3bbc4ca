// milter/mime/content_type.cc: tokens and quoted strings.
#include "milter/mime/content_type.h"

#include <algorithm>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_token_char(char c) noexcept {
  return is_visible_ascii(c) && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
  void skip_blanks() noexcept {
    while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos) {
      rest_.remove_prefix(1);
    }
  }
  bool take(char c) noexcept {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view token() noexcept {
    const auto end = std::ranges::find_if_not(rest_, is_token_char);
    const std::string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }
  /// Behind the opening quote; nullopt when it does not end, or holds a backslash or a control.
  std::optional<std::string_view> quoted() noexcept {
    const auto end = rest_.find_first_of("\"\\");
    if (end == std::string_view::npos || rest_[end] == '\\') return std::nullopt;
    const std::string_view word = rest_.substr(0, end);
    if (std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
      return std::nullopt;
    }
    rest_.remove_prefix(end + 1);
    return word;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string_view ContentType::param(std::string_view name) const noexcept {
  const auto found = std::ranges::find(params, name, &std::pair<std::string, std::string>::first);
  return found == params.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<ContentType> parse_content_type(std::string_view field_body) {
  constexpr std::size_t kMostParams = 32;
  Cursor cursor(field_body);
  ContentType result;
  cursor.skip_blanks();
  const std::string_view type = cursor.token();
  if (type.empty() || !cursor.take('/')) return std::nullopt;
  const std::string_view subtype = cursor.token();
  if (subtype.empty()) return std::nullopt;
  result.type = ascii_lower(type) + '/' + ascii_lower(subtype);
  for (;;) {
    cursor.skip_blanks();
    if (cursor.done()) return result;
    if (!cursor.take(';') || result.params.size() == kMostParams) return std::nullopt;
    cursor.skip_blanks();
    if (cursor.done()) return result;
    std::string name = ascii_lower(cursor.token());
    if (name.empty() || !cursor.take('=')) return std::nullopt;
    const bool again =
        std::ranges::any_of(result.params, [&](const auto& param) { return param.first == name; });
    if (again) return std::nullopt;
    if (cursor.take('"')) {
      const auto value = cursor.quoted();
      if (!value) return std::nullopt;
      result.params.emplace_back(std::move(name), *value);
    } else {
      const std::string_view value = cursor.token();
      if (value.empty()) return std::nullopt;
      result.params.emplace_back(std::move(name), value);
    }
  }
}

bool is_flowed(const ContentType& type) {
  return type.type == "text/plain" && ascii_iequal(type.param("format"), "flowed");
}

std::string loose_content_type(std::string_view field_body) {
  return ascii_lower(trim(field_body.substr(0, field_body.find(';'))));
}

bool is_plain_media_type(std::string_view name) noexcept {
  const auto slash = name.find('/');
  return slash != 0 && slash != std::string_view::npos && slash + 1 < name.size() &&
         std::ranges::all_of(name.substr(0, slash), is_token_char) &&
         std::ranges::all_of(name.substr(slash + 1), is_token_char);
}

}  // namespace ccgate
