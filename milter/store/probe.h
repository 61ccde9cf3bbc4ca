// milter/store/probe.h: whether a store works, asked without leaving a trace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/store/outbox_store.h"

namespace ccgate {

struct StoreProbe {
  std::string why;  ///< it cannot be opened or read, or has another schema than this program; else empty
  std::string not_written;  ///< why nothing can be written; else empty
  std::size_t schema = 0;   ///< version
  std::int64_t octets = 0;  ///< size of the database
  Backlog backlog;
  std::optional<std::int64_t> newest;  ///< when the last decision was made; nullopt: there is none
};

/// Opens the store of `url`, reads, and writes in a transaction that it rolls back. Waits for others some
/// seconds at most. Creates nothing.
[[nodiscard]] StoreProbe probe_store(const std::string& url);

}  // namespace ccgate
