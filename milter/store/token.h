// milter/store/token.h: what only the one who got a mail of ours can know.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// 128 bits of the system's generator (getrandom(2)), written as policy/request/own_address.h says. Throws
/// std::runtime_error when the system has none.
[[nodiscard]] std::string new_token();
/// What is kept of it: hex SHA-256.
[[nodiscard]] std::string token_hash(std::string_view token);
/// Equality in a time that depends on the lengths alone.
[[nodiscard]] bool same_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace ccgate
