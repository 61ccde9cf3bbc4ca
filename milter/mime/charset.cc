// milter/mime/charset.cc: the charsets that mail is written in, through iconv.
#include "milter/mime/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "milter/mime/charset_names.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr auto kCharsets = std::to_array<std::string_view>({
    "iso-8859-1",   "iso-8859-2",   "iso-8859-3",     "iso-8859-4",   "iso-8859-5",   "iso-8859-6",
    "iso-8859-7",   "iso-8859-8",   "iso-8859-9",     "iso-8859-10",  "iso-8859-11",  "iso-8859-13",
    "iso-8859-14",  "iso-8859-15",  "iso-8859-16",    "latin1",       "windows-874",  "windows-1250",
    "windows-1251", "windows-1252", "windows-1253",   "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", "koi8-r",         "koi8-u",       "tis-620",      "gb2312",
    "gbk",          "gb18030",      "big5",           "big5-hkscs",   "euc-jp",       "shift_jis",
    "iso-2022-jp",  "euc-kr",       "ks_c_5601-1987", "iso-8859-8-i", "gb_2312-80",
});

bool is_utf8_name(std::string_view folded) noexcept {
  return folded.empty() || folded == "us-ascii" || folded == "ascii" || folded == "utf-8" || folded == "utf8";
}

/// The name iconv knows it by, where that is another. Mail programs say gb2312 and mean GBK, its superset.
std::string iconv_name(const std::string& folded) {
  if (folded == "gb2312" || folded == "gb_2312-80") return "GBK";
  if (folded == "ks_c_5601-1987") return "CP949";
  if (folded == "iso-8859-8-i") return "ISO-8859-8";
  if (folded.starts_with("windows-")) return "CP" + folded.substr(8);
  return folded;
}

/// ISO 2022 shifts must be undone where a line ends, and no control or blank stands in between: else octets
/// that look like a line to a program that does not decode are something else to one that does.
bool shifts_end_with_lines(std::string_view octets) {
  bool ascii = true;
  for (std::size_t pos = 0; pos < octets.size(); ++pos) {
    if (octets[pos] != '\x1b') {
      if (!ascii && static_cast<unsigned char>(octets[pos]) <= ' ') return false;
      continue;
    }
    const std::string_view escape = octets.substr(pos + 1, 2);
    ascii = escape == "(B" || escape == "(J";
  }
  return ascii;
}

bool is_odd_control(char c) noexcept {
  return c != '\t' && c != '\r' && c != '\n' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F);
}

/// What iconv is asked for, and nothing that it takes for more than a name.
bool is_plain_name(std::string_view name) noexcept {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_letter_or_digit(c) || std::string_view("-_.:()").find(c) != std::string_view::npos;
  });
}

/// The one that the table has, or nullopt.
std::optional<std::string> name_in_table(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (is_utf8_name(name)) return "utf-8";
    if (std::ranges::find(kCharsets, name) != kCharsets.end()) return name;
  }
  return std::nullopt;
}

/// True where no decoder that may stand behind the name reads anything else than ASCII.
bool is_ascii_to_everybody(std::string_view octets, std::string_view name) {
  const auto holds = [&](std::string_view what) { return octets.find(what) != std::string_view::npos; };
  if (!is_ascii(octets) || std::ranges::any_of(octets, is_odd_control)) return false;
  if (holds("\\") || holds("~{") || holds("~\r") || holds("~\n") || holds("=?")) return false;
  const bool may_be_utf7 = name.find('7') != std::string_view::npos;
  return !may_be_utf7 || (!holds("+") && !holds("&"));
}

}  // namespace

class CharsetReader::Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  [[nodiscard]] bool open() const noexcept { return handle_ != broken(); }

  std::optional<std::string> convert(std::string_view octets) {
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    std::string input(octets);
    char* in = input.data();
    std::size_t in_left = input.size();
    std::string result;
    std::array<char, 4096> buffer;  // NOLINT: filled before it is read
    while (in_left > 0) {
      char* out = buffer.data();
      std::size_t out_left = buffer.size();
      const std::size_t status = iconv(handle_, &in, &in_left, &out, &out_left);
      const bool full = status == static_cast<std::size_t>(-1) && errno == E2BIG;
      result.append(buffer.data(), buffer.size() - out_left);
      if (status == static_cast<std::size_t>(-1) && !full) return std::nullopt;
    }
    // The last letter may still wait for an accent to be joined to it.
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    if (iconv(handle_, nullptr, nullptr, &out, &out_left) == static_cast<std::size_t>(-1))
      return std::nullopt;
    result.append(buffer.data(), buffer.size() - out_left);
    return result;
  }

 private:
  static iconv_t broken() noexcept {
    return reinterpret_cast<iconv_t>(-1);  // NOLINT: iconv_open's own answer for "cannot"
  }
  iconv_t handle_;
};

/// How one charset is read.
struct CharsetReader::Reading {
  enum class Way { utf8, iconv, iconv_without_controls, ascii_only, never };
  Way way = Way::never;
  bool shifts = false;  ///< ISO-2022-JP
  std::unique_ptr<Converter> converter;

  explicit Reading(const std::string& charset) {
    const std::vector<std::string> names = charset_names(charset);
    if (const auto name = name_in_table(names)) {
      way = is_utf8_name(*name) ? Way::utf8 : Way::iconv;
      shifts = *name == "iso-2022-jp";
      if (way == Way::utf8) return;
      converter = std::make_unique<Converter>(iconv_name(*name));
      if (!converter->open()) way = Way::never;
      return;
    }
    for (const std::string& name : names) {
      if (!is_plain_name(name)) continue;
      auto found = std::make_unique<Converter>(name);
      if (!found->open()) continue;
      if (!leaves_ascii_alone(*found)) return;
      way = Way::iconv_without_controls;
      converter = std::move(found);
      return;
    }
    if (names.size() == 1) way = Way::ascii_only;
  }

  /// Whatever stands for something else in UTF-7, HZ and their like is in it.
  static bool leaves_ascii_alone(Converter& charset) {
    std::string ascii = "\t\r\n+AGo-\r\n&AGo-\r\n~{VP~}\r\n~\r\n\\u006a";
    for (char c = ' '; c <= '~'; ++c) ascii += c;
    const auto read = charset.convert(ascii);
    return read && *read == ascii;
  }
};

CharsetReader::CharsetReader() = default;
CharsetReader::~CharsetReader() = default;

CharsetReader::Reading* CharsetReader::reading_of(std::string_view charset) {
  constexpr std::size_t kMostCharsets = 64;
  const std::string folded = ascii_lower(charset);
  const auto found = read_.find(folded);
  if (found != read_.end()) return found->second.get();
  if (read_.size() == kMostCharsets) return nullptr;
  return read_.emplace(folded, std::make_unique<Reading>(folded)).first->second.get();
}

std::optional<std::string> CharsetReader::to_utf8(std::string_view octets, std::string_view charset) {
  const Reading* reading = reading_of(charset);
  if (reading == nullptr) return std::nullopt;
  using enum Reading::Way;
  std::optional<std::string> text;
  switch (reading->way) {
    case utf8:
      text = octets;
      break;
    case iconv:
      if (!reading->shifts || shifts_end_with_lines(octets)) text = reading->converter->convert(octets);
      break;
    case iconv_without_controls:
      if (std::ranges::none_of(octets, is_odd_control)) text = reading->converter->convert(octets);
      break;
    case ascii_only:
      if (is_ascii_to_everybody(octets, ascii_lower(charset))) text = octets;
      break;
    case never:
      break;
  }
  return text && is_utf8(*text) ? text : std::nullopt;
}

bool CharsetReader::knows(std::string_view charset) {
  const Reading* reading = reading_of(charset);
  return reading != nullptr && reading->way != Reading::Way::ascii_only &&
         reading->way != Reading::Way::never;
}

bool is_known_charset(std::string_view charset) {
  return CharsetReader().knows(charset);
}

std::optional<std::string> to_utf8(std::string_view octets, std::string_view charset) {
  return CharsetReader().to_utf8(octets, charset);
}

}  // namespace ccgate
