#include "milter/metrics/http_reply.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a request is read up to the end of its head") {
  struct Row {
    std::string octets;
    HttpRequest want;
  };
  using enum HttpRequest;
  const std::string field = "X: " + std::string(kLongestHead, 'x') + "\r\n";
  const auto row = GENERATE_COPY(values<Row>({
      {"", incomplete},
      {"GET /metrics HTTP/1.1\r\n", incomplete},
      {"GET /metrics HTTP/1.1\r\nHost: localhost\r\n", incomplete},
      {"GET /metrics HTTP/1.1\r\n\r\n", metrics},
      {"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", metrics},
      {"GET /metrics?x=1 HTTP/1.0\n\n", metrics},
      {"HEAD /metrics HTTP/1.1\r\n\r\n", head},
      {"POST /metrics HTTP/1.1\r\n\r\n", not_allowed},
      {"get /metrics HTTP/1.1\r\n\r\n", not_allowed},
      {"GET / HTTP/1.1\r\n\r\n", elsewhere},
      {"GET /metrics/ HTTP/1.1\r\n\r\n", elsewhere},
      {"GET /metricsx HTTP/1.1\r\n\r\n", elsewhere},
      {"GET //metrics HTTP/1.1\r\n\r\n", elsewhere},
      {"GET http://localhost/metrics HTTP/1.1\r\n\r\n", elsewhere},
      {"GET /metrics HTTP/2\r\n\r\n", malformed},
      {"GET /metrics\r\n\r\n", malformed},
      {"GET  /metrics HTTP/1.1\r\n\r\n", malformed},
      {"GET /met rics HTTP/1.1\r\n\r\n", malformed},
      {" GET /metrics HTTP/1.1\r\n\r\n", malformed},
      {"GET /metrics\t HTTP/1.1\r\n\r\n", malformed},
      {"\r\n\r\n", malformed},
      {std::string(kLongestHead - 1, 'x'), incomplete},
      {std::string(kLongestHead, 'x'), too_long},
      {"GET /metrics HTTP/1.1\r\n" + field, too_long},
  }));
  INFO(row.octets.substr(0, 60));
  CHECK(read_http_request(row.octets) == row.want);
}

TEST_CASE("a reply tells its length and ends the connection") {
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n";
  CHECK(http_reply(HttpRequest::metrics, "text/x", "a 1\n\n") == head + "a 1\n\n");
  CHECK(http_reply(HttpRequest::head, "text/x", "a 1\n\n") == head);
  CHECK_THAT(http_reply(HttpRequest::not_allowed, "text/x", ""),
             contains("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n") &&
                 contains("\r\n\r\n405 Method Not Allowed; see /metrics\n"));
  CHECK_THAT(http_reply(HttpRequest::elsewhere, "text/x", ""), contains("HTTP/1.1 404 Not Found\r\n"));
  CHECK_THAT(http_reply(HttpRequest::malformed, "text/x", ""), contains("HTTP/1.1 400 Bad Request\r\n"));
  CHECK_THAT(http_reply(HttpRequest::too_long, "text/x", ""), contains("HTTP/1.1 431 "));
}

}  // namespace ccgate
