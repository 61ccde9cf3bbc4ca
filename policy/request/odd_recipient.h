// policy/request/odd_recipient.h: what an envelope recipient could reach that is not written as one plain
// address.
#pragma once

#include <optional>
#include <string_view>

#include "policy/request/command_address.h"

namespace ccgate {

/// Mail servers and list managers read more than RFC 5321 allows: quotes, source routes, `user%host@relay`,
/// `host!user`, a final dot, a detail of any kind. The command address of `list` that some reading of `path`
/// (an argument of RCPT, or {rcpt_addr}) comes to, a missing domain or an address literal standing for every
/// domain. For refusing, never for accepting. Bounded work for any input.
[[nodiscard]] std::optional<CommandAddress> odd_recipient(const ListAddresses& list, std::string_view path);

/// True when a path needs that look although it is a plain address: it holds `%` or `!`.
[[nodiscard]] bool has_routing_characters(std::string_view path) noexcept;

}  // namespace ccgate
