#include "policy/evidence/tag_list.h"

#include <algorithm>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_tag_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

bool has_duplicate(const std::vector<Tag>& tags) {
  std::vector<std::string_view> names;
  names.reserve(tags.size());
  for (const Tag& tag : tags) names.push_back(tag.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

TagList read_tag_list(std::string_view text) {
  TagList list;
  std::vector<Tag>& tags = list.tags;
  const auto fault = [&list](const char* why) {
    list.fault = why;
    return list;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view spec = text.substr(at, end - at);
    if (trim(spec).empty()) {
      // Nothing but blanks may stand behind the last semicolon.
      if (end == text.size() && !tags.empty()) break;
      return fault("an empty tag");
    }
    const std::size_t equals = spec.find('=');
    if (equals == std::string_view::npos) return fault("a tag without a value");
    const Tag tag{trim(spec.substr(0, equals)), trim(spec.substr(equals + 1)), at + equals + 1, end};
    if (!is_tag_name(tag.name)) return fault("a tag with an odd name");
    tags.push_back(tag);
    at = end + 1;
  }
  if (has_duplicate(tags)) return fault("a tag stands twice");
  return list;
}

const Tag* find_tag(const std::vector<Tag>& tags, std::string_view name) noexcept {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [name](const Tag& tag) { return tag.name == name; });
  return found == tags.end() ? nullptr : &*found;
}

std::optional<std::string_view> tag_value(const std::vector<Tag>& tags, std::string_view name) noexcept {
  const Tag* tag = find_tag(tags, name);
  return tag == nullptr ? std::nullopt : std::optional(tag->value);
}

std::vector<std::string_view> parts_of(std::string_view value, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = value.find(mark);
    parts.push_back(trim(value.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    value.remove_prefix(end + 1);
  }
}

}  // namespace ccgate
