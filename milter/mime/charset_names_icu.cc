// milter/mime/charset_names_icu.cc: ICU's table of converters and their aliases.
#include <unicode/ucnv.h>

#include <cstdint>

#include "milter/mime/charset_names.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

void add_aliases(const std::string& name, std::vector<std::string>& names) {
  UErrorCode error = U_ZERO_ERROR;
  const std::uint16_t count = ucnv_countAliases(name.c_str(), &error);
  for (std::uint16_t i = 0; i < count && U_SUCCESS(error); ++i) {
    const char* alias = ucnv_getAlias(name.c_str(), i, &error);
    if (U_SUCCESS(error) && alias != nullptr) names.push_back(ascii_lower(alias));
  }
}

}  // namespace

std::vector<std::string> charset_names(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  std::vector<std::string> names{ascii_lower(name)};
  const std::string given = names.front();
  if (given.size() > kLongest || given.find('\0') != std::string::npos) return names;
  add_aliases(given, names);
  if (names.size() == 1 && given.starts_with("cs")) add_aliases(given.substr(2), names);
  return names;
}

}  // namespace ccgate
