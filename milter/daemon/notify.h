// milter/daemon/notify.h: sd_notify(3) by hand: one datagram to the service manager, nothing when there is
// none.
#pragma once

#include <string_view>

namespace ccgate {

/// `READY=1`, `RELOADING=1\nMONOTONIC_USEC=...`, `STOPPING=1`, `STATUS=...`. Errors are of no interest.
void notify_service_manager(std::string_view state) noexcept;

}  // namespace ccgate
