#include "milter/mime/author_names.h"

#include <algorithm>

#include "milter/mime/subject.h"

namespace ccgate {

std::string author_names(std::string_view from) {
  constexpr std::size_t kLongest = 1000;
  if (from.size() > kLongest) return "";
  const Subject field = read_subject(from);
  if (!field.why_unreadable.empty()) return "";
  const std::string_view text = field.text;
  const auto angle = text.rfind('<');
  const std::string_view name = angle == std::string_view::npos ? "" : text.substr(0, angle);
  const std::string_view address = angle == std::string_view::npos ? text : text.substr(angle + 1);
  const std::string_view local = address.substr(0, std::min(address.rfind('@'), address.size()));
  return std::string(name).append(" ").append(local);
}

}  // namespace ccgate
