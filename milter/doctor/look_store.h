// milter/doctor/look_store.h: whether what has to be remembered is, and what follows from it gets on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/doctor/look.h"
#include "milter/store/probe.h"

namespace ccgate {

/// Where the file of a store is.
struct StoreDisk {
  std::string folder;
  std::int64_t free = 0;  ///< octets that anybody may still use
};
/// Of the store of `url`; nullopt: it is on another machine, or its folder is not there.
[[nodiscard]] std::optional<StoreDisk> disk_of_store(const std::string& url);

/// Rights to the file of a store, each with why not; empty where there are, and of a store that is no file.
struct StoreRights {
  std::string own;         ///< of this process, which asks
  std::string the_daemon;  ///< of its account
};
[[nodiscard]] StoreRights rights_to_store(const std::string& url, const std::string& user);

/// Pure. `now`: seconds since 1970.
[[nodiscard]] LookResult look_at_store(const StoreProbe& probe, const StoreRights& rights,
                                       const std::optional<StoreDisk>& disk, std::int64_t now);

}  // namespace ccgate
