#include "policy/evidence/dkim_canon.h"

#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

std::string simple_field(const HeaderField& field) {
  std::string out;
  out.reserve(field.name.size() + field.value.size() + 16);
  out.append(field.name).append(":");
  for (const char c : field.value) {
    if (c == '\n' && out.back() != '\r') out += '\r';
    out += c;
  }
  return out;
}

std::string relaxed_field(const HeaderField& field) {
  std::string_view name = field.name;
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  std::string out = ascii_lower(name) + ":";
  const std::size_t begin = out.size();
  bool blank = false;
  const std::string& value = field.value;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\n' || (c == '\r' && at + 1 < value.size() && value[at + 1] == '\n')) continue;
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (blank && out.size() > begin) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

void CanonicalBody::put(char octet, std::string& out) {
  if (relaxed_ && is_blank(octet)) {
    blank_ = true;
    return;
  }
  for (; line_ends_ > 0; --line_ends_) out += "\r\n";
  if (blank_) out += ' ';
  blank_ = false;
  out += octet;
  written_ = true;
}

void CanonicalBody::end_line() {
  blank_ = false;
  ++line_ends_;
}

void CanonicalBody::add(std::string_view octets, std::string& out) {
  for (const char c : octets) {
    const bool ends = after_cr_ && c == '\n';
    if (after_cr_ && !ends) put('\r', out);
    after_cr_ = c == '\r';
    if (ends)
      end_line();
    else if (!after_cr_)
      put(c, out);
  }
}

void CanonicalBody::finish(std::string& out) {
  if (after_cr_) put('\r', out);
  after_cr_ = false;
  // Lines without octets at the end of the body are ignored; the last line that has some ends with CRLF. A
  // simple body is never empty.
  if (written_ || !relaxed_) out += "\r\n";
}

}  // namespace ccgate
