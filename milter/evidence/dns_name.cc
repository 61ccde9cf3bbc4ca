#include "milter/evidence/dns_name.h"

#include "policy/text/ascii.h"

namespace ccgate {

std::string escaped_name(std::string_view octets) {
  std::string name;
  name.reserve(octets.size());
  for (const char c : octets) {
    if (c == '.') {
      name += c;
    } else {
      append_name_octet(name, c);
    }
  }
  return name;
}

void append_name_octet(std::string& name, char octet) {
  if (is_letter_or_digit(octet) || octet == '-' || octet == '_') {
    name += octet;
    return;
  }
  const unsigned value = static_cast<unsigned char>(octet);
  name += '\\';
  for (const unsigned unit : {100U, 10U, 1U}) name += static_cast<char>('0' + value / unit % 10);
}

}  // namespace ccgate
