// milter/iana/whois_socket.h: one question and its answer over a connection that is there (RFC 3912).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "milter/iana/transport.h"

namespace ccgate {

/// Printable ASCII, at most 255 octets: what cannot be more than one question.
[[nodiscard]] bool is_whois_question(std::string_view question) noexcept;

struct WhoisLimits {
  std::chrono::steady_clock::time_point deadline;  ///< however slowly octets drip in
  std::size_t largest;                             ///< octets of the answer
};

/// Sends `question` over the connected, non-blocking `socket` and reads until the server closes. The caller
/// closes the socket. No answer for an empty one, at the deadline (`why` is empty then: how long that was the
/// caller knows), or one beyond `largest`.
[[nodiscard]] std::variant<std::string, NoAnswer> ask_whois(int socket, const std::string& question,
                                                            const WhoisLimits& limits);

}  // namespace ccgate
