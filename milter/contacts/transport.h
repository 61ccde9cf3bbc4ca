// milter/contacts/transport.h: questions to IANA over the network. transport_curl.cc is the one
// implementation.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace ccgate {

struct TransportOptions {
  std::string ca_file;                         ///< PEM; empty: the system's certificates
  std::vector<std::string> resolve;            ///< HOST:PORT:ADDRESS, in place of DNS
  std::chrono::milliseconds timeout{30'000};   ///< for one question with its answer; connecting gets a third
  std::size_t largest = std::size_t{1} << 20;  ///< bytes of one answer
  std::string whois_server = "whois.iana.org:43";  ///< HOST:PORT
};

/// A complete HTTP answer, whatever its status.
struct HttpAnswer {
  int status = 0;
  std::string content_type;  ///< as sent
  std::string retry_after;   ///< as sent; empty when absent
  std::string body;
};

/// No answer, or not all of it.
struct NoAnswer {
  std::string why;  ///< one line of ASCII
  bool again;       ///< may go away by itself: worth another try
};

/// Blocking; not thread-safe. Connections are kept for the next question.
class Transport {
 public:
  virtual ~Transport() = default;
  /// GET over https (HTTP/1.1 or 2). A redirect is followed on the same host, port and scheme only, three
  /// times at most.
  [[nodiscard]] virtual std::variant<HttpAnswer, NoAnswer> get(const std::string& url) = 0;
  /// RFC 3912: one line out, everything in until the server closes. The text of the answer.
  [[nodiscard]] virtual std::variant<std::string, NoAnswer> whois(const std::string& question) = 0;
};

/// Throws std::runtime_error when the library cannot be used or `ca_file` cannot be read.
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(const TransportOptions& options);

}  // namespace ccgate
