// policy/names/public_suffix.h: where names of one organisation end and those of others begin.
#pragma once

#include <optional>

#include "policy/names/domain.h"

namespace ccgate {

/// The organizational domain (RFC 9989) by the public suffix list, ICANN section and
/// private rules; nullopt for a public suffix itself. The one place to change when
/// another way to find it is wanted.
[[nodiscard]] std::optional<Domain> organizational_domain(const Domain& domain);

/// True for a name on the public suffix list (`fr`, `co.uk`, `com.vc`).
[[nodiscard]] bool is_public_suffix(const Domain& domain);

}  // namespace ccgate
