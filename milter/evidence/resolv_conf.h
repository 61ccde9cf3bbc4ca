// milter/evidence/resolv_conf.h: the DNS servers that this machine asks, resolv.conf(5).
#pragma once

#include <string>
#include <vector>

#include "milter/evidence/dns.h"

namespace ccgate {

/// The servers that `options` asks for: its own, or those of its resolv.conf, in order. A file that names
/// none means the one on this machine. Throws std::runtime_error with a sentence for the operator when the
/// file cannot be read.
[[nodiscard]] std::vector<std::string> name_servers(const ResolverOptions& options);

}  // namespace ccgate
