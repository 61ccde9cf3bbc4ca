// milter/session/mta_client.h: what the MTA says about its client.
#pragma once

#include <sys/socket.h>

#include <optional>

#include "milter/evidence/spf.h"

namespace ccgate {

/// nullopt: no IP address.
[[nodiscard]] std::optional<ClientAddress> client_of(const sockaddr* address);
/// Postfix tells mail that came through sendmail(1) as a loopback client with port 0.
[[nodiscard]] bool is_local_submission(const sockaddr* address);

}  // namespace ccgate
