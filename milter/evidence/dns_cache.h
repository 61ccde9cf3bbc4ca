// milter/evidence/dns_cache.h: answers kept for as long as they hold.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "milter/evidence/dns.h"

namespace ccgate {

/// Keeps answers of `inner` for their TTL, counted from the moment they were asked (at most `max_ttl`;
/// negative answers at most 60 s; temperrors and answers over 8 KiB never), at most `max_entries`, the least
/// recently used go first. A second asker of a question in flight shares it. `clock`: for tests.
using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;
[[nodiscard]] std::unique_ptr<Resolver> make_caching_resolver(
    std::unique_ptr<Resolver> inner, std::size_t max_entries, std::chrono::seconds max_ttl,
    SteadyClock clock = [] { return std::chrono::steady_clock::now(); });

}  // namespace ccgate
