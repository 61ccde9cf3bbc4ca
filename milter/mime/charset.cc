// milter/mime/charset.cc: the charsets that mail is written in, through iconv.
#include "milter/mime/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

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
    "iso-2022-jp",  "euc-kr",       "ks_c_5601-1987",
});

bool is_utf8_name(std::string_view folded) noexcept {
  return folded.empty() || folded == "us-ascii" || folded == "ascii" || folded == "utf-8" || folded == "utf8";
}

/// The name iconv knows it by, where that is another. Mail programs say gb2312 and mean GBK, its superset.
std::string iconv_name(const std::string& folded) {
  if (folded == "gb2312") return "GBK";
  if (folded == "ks_c_5601-1987") return "CP949";
  if (folded == "iso-8859-8" || folded == "iso-8859-8-i") return "ISO-8859-8";
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

}  // namespace

bool is_known_charset(std::string_view charset) {
  const std::string folded = ascii_lower(charset);
  return is_utf8_name(folded) || folded == "iso-8859-8-i" ||
         std::ranges::find(kCharsets, folded) != kCharsets.end();
}

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

CharsetReader::CharsetReader() = default;
CharsetReader::~CharsetReader() = default;

std::optional<std::string> CharsetReader::to_utf8(std::string_view octets, std::string_view charset) {
  const std::string folded = ascii_lower(charset);
  if (!is_known_charset(folded)) return std::nullopt;
  if (is_utf8_name(folded)) return is_utf8(octets) ? std::optional(std::string(octets)) : std::nullopt;
  if (folded == "iso-2022-jp" && !shifts_end_with_lines(octets)) return std::nullopt;
  std::unique_ptr<Converter>& converter = open_[folded];
  if (!converter) converter = std::make_unique<Converter>(iconv_name(folded));
  if (!converter->open()) return std::nullopt;
  auto text = converter->convert(octets);
  return text && is_utf8(*text) ? text : std::nullopt;
}

std::optional<std::string> to_utf8(std::string_view octets, std::string_view charset) {
  return CharsetReader().to_utf8(octets, charset);
}

}  // namespace ccgate
