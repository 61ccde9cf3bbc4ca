// milter/iana/transport.h: questions to IANA over the network. transport_curl.cc is the one
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
  std::string ca_file;  ///< PEM, in place of the system's certificates; empty: those
  /// HOST:PORT:ADDRESS, in place of DNS. Without effect behind a proxy, which looks names up itself.
  std::vector<std::string> resolve;
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
  std::string why;     ///< one line of ASCII, lower case, no final period
  bool again;          ///< may go away by itself: worth another try
  bool asked = false;  ///< the server was reached, and has got the question as far as we know
};

/// Blocking; not thread-safe. Connections are kept for the next question. The program ignores SIGPIPE, as
/// older versions of the library may write to a connection that the server closed.
///
/// Certificates and host names are always verified. As with other programs, `https_proxy`, `all_proxy` and
/// `no_proxy` of the environment are heeded for https, since there are sites without another way out; the
/// proxy passes on what it cannot read or change. WHOIS never takes a proxy.
class Transport {
 public:
  virtual ~Transport() = default;
  /// GET over https (HTTP/1.1 or 2). A redirect is followed on the same host, port and scheme only, three
  /// times at most, within the same `timeout`.
  [[nodiscard]] virtual std::variant<HttpAnswer, NoAnswer> get(const std::string& url) = 0;
  /// RFC 3912: one line out (printable ASCII), everything in until the server closes. The text of the answer,
  /// never empty. WHOIS cannot tell whether an answer is all of it: that is read_whois's to find out.
  [[nodiscard]] virtual std::variant<std::string, NoAnswer> whois(const std::string& question) = 0;
};

/// Throws std::runtime_error when the library cannot be used, `ca_file` cannot be read, or `whois_server` is
/// no HOST:PORT.
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(const TransportOptions& options);

}  // namespace ccgate
