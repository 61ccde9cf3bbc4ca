// milter/metrics/http_reply.h: the little of HTTP that a page for one reader takes (RFC 9112).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ccgate {

/// The longest head of a request that is read.
inline constexpr std::size_t kLongestHead = 8192;

enum class HttpRequest {
  incomplete,   ///< its head has not ended, and may yet
  metrics,      ///< GET /metrics
  head,         ///< HEAD /metrics
  elsewhere,    ///< another path
  not_allowed,  ///< another method
  malformed,
  too_long,
};
/// What the octets so far ask for. Linear time; what follows the request line is not looked at but for its
/// end.
[[nodiscard]] HttpRequest read_http_request(std::string_view octets) noexcept;

/// The whole reply; the connection is closed behind it. `page` of type `type` is for `metrics` and `head`.
[[nodiscard]] std::string http_reply(HttpRequest request, std::string_view type, std::string_view page);

}  // namespace ccgate
