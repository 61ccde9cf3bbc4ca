// milter/daemon/connections.h: the connections that came to a socket of this process, whoever holds them.
#pragma once

#include <optional>
#include <vector>

#include "milter/system/socket_address.h"

namespace ccgate {

/// The descriptors of those accepted at `address`; nullopt: not known.
[[nodiscard]] std::optional<std::vector<int>> accepted_at(const SocketAddress& address);

/// Somebody is in the queue of the listening socket `fd`.
[[nodiscard]] bool waits_to_be_accepted(int fd) noexcept;
/// Waits until nobody is in the queue, since a queue is closed with its socket; a moment at most.
void let_in(int fd) noexcept;

}  // namespace ccgate
