#include "milter/metrics/http_reply.h"

#include <fmt/format.h>

#include <algorithm>

namespace ccgate {
namespace {

constexpr std::string_view kPath = "/metrics";

HttpRequest read_request_line(std::string_view line) noexcept {
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == 0 || first == last) return HttpRequest::malformed;
  const std::string_view method = line.substr(0, first), version = line.substr(last + 1);
  std::string_view target = line.substr(first + 1, last - first - 1);
  const bool odd = std::any_of(line.begin(), line.end(), [](char c) { return c < 0x20 || c >= 0x7f; }) ||
                   target.find(' ') != std::string_view::npos || target.empty();
  if (odd || (version != "HTTP/1.1" && version != "HTTP/1.0")) return HttpRequest::malformed;
  target = target.substr(0, target.find('?'));
  if (target != kPath) return HttpRequest::elsewhere;
  if (method == "GET") return HttpRequest::metrics;
  return method == "HEAD" ? HttpRequest::head : HttpRequest::not_allowed;
}

}  // namespace

HttpRequest read_http_request(std::string_view octets) noexcept {
  const std::size_t line = octets.find('\n');
  const bool ended =
      line != std::string_view::npos && (octets.find("\n\r\n", line) != std::string_view::npos ||
                                         octets.find("\n\n", line) != std::string_view::npos);
  if (!ended) return octets.size() < kLongestHead ? HttpRequest::incomplete : HttpRequest::too_long;
  std::string_view request = octets.substr(0, line);
  if (request.ends_with('\r')) request.remove_suffix(1);
  return read_request_line(request);
}

std::string http_reply(HttpRequest request, std::string_view type, std::string_view page) {
  const auto reply = [](std::string_view status, std::string_view fields, std::string_view of_type,
                        std::string_view body, bool with_body) {
    return fmt::format(
        "HTTP/1.1 {}\r\n{}Content-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", status,
        fields, of_type, body.size(), with_body ? body : "");
  };
  const auto refusal = [&](std::string_view status, std::string_view fields = "") {
    return reply(status, fields, "text/plain; charset=utf-8", fmt::format("{}; see /metrics\n", status),
                 true);
  };
  switch (request) {
    case HttpRequest::metrics:
      return reply("200 OK", "", type, page, true);
    case HttpRequest::head:
      return reply("200 OK", "", type, page, false);
    case HttpRequest::elsewhere:
      return refusal("404 Not Found");
    case HttpRequest::not_allowed:
      return refusal("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    case HttpRequest::too_long:
      return refusal("431 Request Header Fields Too Large");
    case HttpRequest::incomplete:
    case HttpRequest::malformed:
      break;
  }
  return refusal("400 Bad Request");
}

}  // namespace ccgate
