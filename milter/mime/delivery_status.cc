#include "milter/mime/delivery_status.h"

#include <algorithm>

#include "milter/mime/transfer_encoding.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostStatusParts = 20;

bool is_status_type(std::string_view value) {
  const std::string type = ascii_lower(trim(value.substr(0, value.find(';'))));
  return type == "message/delivery-status" || type == "message/global-delivery-status";
}

/// Without what is not of the alphabet, and whole.
std::string whole_base64(std::string_view octets) {
  std::string text;
  for (const char c : octets)
    if (is_letter_or_digit(c) || c == '+' || c == '/') text += c;
  if (text.size() % 4 == 1) text.pop_back();
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string decoded(std::string_view octets, std::string_view encoding) {
  const auto how = parse_transfer_encoding(encoding);
  if (how == TransferEncoding::base64) return decode_base64(whole_base64(octets));
  if (how == TransferEncoding::quoted_printable) return decode_quoted_printable(octets);
  return std::string(octets);
}

std::string_view next_status_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_field(std::string_view line, std::string_view name) {
  return line.size() > name.size() && line[name.size()] == ':' &&
         ascii_iequal(line.substr(0, name.size()), name);
}

}  // namespace

std::vector<std::string> delivery_status_parts(const std::vector<HeaderField>& fields,
                                               std::string_view body) {
  std::vector<std::string> parts;
  std::string type, encoding;
  for (const HeaderField& field : fields) {
    if (ascii_iequal(field.name, "content-type")) type = unfold(field.value);
    if (ascii_iequal(field.name, "content-transfer-encoding")) encoding = unfold(field.value);
  }
  if (is_status_type(type)) return {decoded(body, encoding)};
  // The header of a part stands behind a delimiter, and ends with an empty line.
  bool header = false, status = false;
  std::string field;
  const auto end_field = [&] {
    if (is_field(field, "content-type"))
      status = is_status_type(std::string_view(field).substr(field.find(':') + 1));
    if (is_field(field, "content-transfer-encoding")) encoding = field.substr(field.find(':') + 1);
    field.clear();
  };
  while (!body.empty() && parts.size() < kMostStatusParts) {
    const std::string_view line = next_status_line(body);
    if (line.starts_with("--")) {
      header = true;
      status = false;
      encoding.clear();
      field.clear();
    } else if (header && line.empty()) {
      end_field();
      header = false;
      if (!status) continue;
      std::size_t end = body.starts_with("--") ? 0 : body.find("\n--");
      if (end != 0) end = std::min(end, body.size());
      parts.push_back(decoded(body.substr(0, end), encoding));
      body.remove_prefix(end);
    } else if (header) {
      const bool folded = line.starts_with(' ') || line.starts_with('\t');
      if (!folded) end_field();
      constexpr std::size_t kLongestField = 4096;
      if (field.size() < kLongestField) field += line;
    }
  }
  return parts;
}

}  // namespace ccgate
