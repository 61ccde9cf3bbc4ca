// milter/evidence/dns_unbound.h: one DNS server, asked by libunbound.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "milter/evidence/dns_upstream.h"

namespace ccgate {

/// libunbound, with a thread of its own from the first question on. `server` is
/// `ADDRESS@PORT` or an address. Throws std::runtime_error with a sentence for the operator.
[[nodiscard]] std::unique_ptr<DnsUpstream> make_unbound_upstream(const std::string& server,
                                                                 std::chrono::milliseconds timeout,
                                                                 const std::string& trust_anchor);

}  // namespace ccgate
