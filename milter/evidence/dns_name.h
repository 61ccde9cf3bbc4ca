// milter/evidence/dns_name.h: how the octets of a name are written.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// The octets of a name, labels divided by dots, as names are written here: every octet but letters, digits,
/// `-`, `_` and the dots as `\DDD`. A parser of zone-file names reads it.
[[nodiscard]] std::string escaped_name(std::string_view octets);

/// Adds one octet of a label, written so.
void append_name_octet(std::string& name, char octet);

}  // namespace ccgate
