// milter/system/host_name.h: what this machine is called, and what a mail server is greeted with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "milter/system/socket_address.h"

namespace ccgate {

/// As the system has it, without asking anybody; empty: none.
[[nodiscard]] std::string own_host_name();

/// Whether it tells this machine from others to a mail server (RFC 5321 2.3.5): a domain name of several
/// labels, the last of which is no number, and neither localhost nor localdomain.
[[nodiscard]] bool is_full_host_name(std::string_view name);

/// RFC 5321 4.1.3: `[192.0.2.1]`, `[IPv6:2001:db8::1]`; an IPv4 address within IPv6 as the former. Empty: no
/// internet address.
[[nodiscard]] std::string address_literal(const SocketAddress& address);
/// Written as address_literal writes it.
[[nodiscard]] bool is_address_literal(const std::string& text);

/// The argument of EHLO and HELO (RFC 5321 4.1.1.1): `configured`, else `host_name` where that is a full one,
/// else the literal of the connection's own end.
[[nodiscard]] std::string greeting_name(const std::string& configured, const std::string& host_name,
                                        const std::optional<SocketAddress>& own_end);

}  // namespace ccgate
