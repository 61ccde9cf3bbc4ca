// milter/evidence/dns_attempts.h: which server is asked when, and again.
#pragma once

#include <memory>

#include "milter/evidence/dns.h"

namespace ccgate {

/// libunbound, once for each server and attempt (dns_unbound.h). Create it after
/// daemonizing. The servers are tried in turn, and what one question waits for delays no other. Throws
/// std::runtime_error with a sentence for the operator when it cannot be set up.
[[nodiscard]] std::unique_ptr<Resolver> make_unbound_resolver(const ResolverOptions& options);

}  // namespace ccgate
