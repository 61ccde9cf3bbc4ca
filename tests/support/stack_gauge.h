// tests/support/stack_gauge.h: how much of its stack a piece of work uses.
#pragma once

#include <cstddef>
#include <functional>

namespace ccgate::test {

inline constexpr bool kStackIsMeasured = CCGATE_SANITIZED == 0;

/// Runs `work` in a thread of its own, whose stack is filled with a pattern, and tells how many octets of it
/// were written to, without those that a thread needs that does nothing. What `work` throws is thrown here.
/// Where frames are larger than they will be in use (kStackIsMeasured is false): 0.
[[nodiscard]] std::size_t stack_used(const std::function<void()>& work);

}  // namespace ccgate::test
