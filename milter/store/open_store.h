// milter/store/open_store.h: a store by its URL.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "milter/store/store.h"
#include "milter/store/store_access.h"

namespace ccgate {

/// Why `url` names no store; empty when it does: `sqlite:/absolute/path` or `postgresql://...` (a libpq
/// connection URI).
[[nodiscard]] std::string fault_of_store_url(std::string_view url);

/// Opens it. Throws StoreError: cannot be opened, or has a schema newer than this program.
[[nodiscard]] std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access);

/// For a daemon, which starts, and lets other mail pass, while its store is away or stands still: opens it as
/// `own` in a thread of its own (sql_opening.h), and waits for that for `patience` at most. While it is not
/// open, every function is a StoreError. Throws StoreError when `url` names none.
[[nodiscard]] std::unique_ptr<Store> open_store_later(const std::string& url,
                                                      std::chrono::milliseconds patience);

}  // namespace ccgate
