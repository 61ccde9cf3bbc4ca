// milter/evidence/dns_wire.h: record data as it travels -> the shapes of DnsAnswer.
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

}  // namespace ccgate
