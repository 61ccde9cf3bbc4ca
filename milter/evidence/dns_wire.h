// milter/evidence/dns_wire.h: record data as it travels -> the shapes of DnsAnswer, and names as libraries
// want them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/dns.h"

namespace ccgate {

/// The records of one answer, each the uncompressed data of one record (RFC 1035 3.3, RFC 3596), in the shape
/// and order of DnsAnswer::records. nullopt when one of them does not obey its format.
[[nodiscard]] std::optional<std::vector<std::string>> decode_records(
    RrType type, const std::vector<std::string_view>& rdata);

/// `name` for a parser of zone-file names: every octet but letters, digits, `-`, `_` and the dots between
/// labels as `\DDD`.
[[nodiscard]] std::string escaped_name(std::string_view name);

}  // namespace ccgate
