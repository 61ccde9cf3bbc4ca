#include <curl/curl.h>

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "milter/iana/foreign_text.h"
#include "milter/iana/transport.h"
#include "milter/iana/whois_socket.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kLargestHeader = 64 * 1024;
constexpr int kRedirects = 3;

struct EasyFree {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct UrlFree {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct ListFree {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyFree>;
using List = std::unique_ptr<curl_slist, ListFree>;

void start_library() {
  static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);  // never ended: one per process
  if (kStarted != CURLE_OK)
    throw std::runtime_error(std::string("libcurl cannot be used: ") + curl_easy_strerror(kStarted));
}

Easy make_easy() {
  Easy easy(curl_easy_init());
  if (!easy) throw std::runtime_error("libcurl cannot be used: out of memory");
  return easy;
}

/// For options that every supported version of the library has.
template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (const CURLcode code = curl_easy_setopt(easy, option, value); code != CURLE_OK)
    throw std::runtime_error(std::string("libcurl cannot be used: ") + curl_easy_strerror(code));
}

void allow_only(CURL* easy, const char* scheme) {
#if LIBCURL_VERSION_NUM >= 0x075500
  set(easy, CURLOPT_PROTOCOLS_STR, scheme);
#else
  set(easy, CURLOPT_PROTOCOLS, std::string_view(scheme) == "https" ? CURLPROTO_HTTPS : CURLPROTO_HTTP);
#endif
}

List make_list(const std::vector<std::string>& lines) {
  List list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::runtime_error("libcurl cannot be used: out of memory");
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

/// What may stand in our one-line messages as it is.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_visible_ascii);
}

/// What two URLs must share for a redirect to be followed.
struct Origin {
  std::string scheme, host, port;
  friend bool operator==(const Origin&, const Origin&) = default;
  [[nodiscard]] std::string text() const { return host + ":" + port; }
};

/// Nothing for what is no URL with a host, or has a user or password in it.
std::optional<Origin> origin_of(const std::string& text) {
  const std::unique_ptr<CURLU, UrlFree> url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  const auto part = [&](CURLUPart which) {
    char* value = nullptr;
    if (curl_url_get(url.get(), which, &value, CURLU_DEFAULT_PORT) != CURLUE_OK) return std::string();
    std::string copy(value);
    curl_free(value);
    return copy;
  };
  if (!part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty()) return std::nullopt;
  Origin origin{ascii_lower(part(CURLUPART_SCHEME)), ascii_lower(part(CURLUPART_HOST)), part(CURLUPART_PORT)};
  return origin.host.empty() ? std::nullopt : std::optional(std::move(origin));
}

/// The library does not say whether it was the proxy that it could not reach.
std::string proxy_words(const Origin& origin) {
  if (origin.scheme == "https")
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
      if (std::getenv(name) != nullptr) return std::string(" (") + name + " is set in the environment)";
  return "";
}

/// Throws for what is no HOST:PORT.
Origin whois_origin(const std::string& server) {
  const auto origin = origin_of("http://" + server);
  if (!is_plain(server) || !origin || server.find(':') == std::string::npos ||
      server.find_first_of("/?#@") != std::string::npos)
    throw std::runtime_error(fmt::format("the WHOIS server {} is no HOST:PORT", quoted_ascii(server)));
  return *origin;
}

std::string seconds(milliseconds time) {
  const auto count = time.count();
  return count % 1000 == 0 ? fmt::format("{} s", count / 1000) : fmt::format("{} ms", count);
}

/// What one HTTP answer has brought so far.
struct Incoming {
  std::size_t largest = 0;
  std::string body;
  std::string retry_after;
  std::size_t header = 0;
  bool body_too_large = false, header_too_large = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& in = *static_cast<Incoming*>(user);
  const std::size_t octets = size * count;
  if (octets > in.largest - in.body.size()) {
    in.body_too_large = true;
    return 0;
  }
  try {
    in.body.append(data, octets);
  } catch (...) {
    return 0;  // no exception through C code
  }
  return octets;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& in = *static_cast<Incoming*>(user);
  const std::size_t octets = size * count;
  in.header += octets;
  if (in.header > kLargestHeader) {
    in.header_too_large = true;
    return 0;
  }
  const std::string_view line(data, octets);
  const std::size_t colon = line.find(':');
  try {
    if (line.starts_with("HTTP/")) in.retry_after.clear();  // an interim answer went before
    if (colon != std::string_view::npos && ascii_iequal(line.substr(0, colon), "retry-after"))
      in.retry_after = trim(line.substr(colon + 1));
  } catch (...) {
    return 0;
  }
  return octets;
}

class CurlTransport : public Transport {
 public:
  explicit CurlTransport(const TransportOptions& options)
      : options_(options), resolve_(make_list(options.resolve)), https_(make_easy()) {
    headers_ = make_list({"Accept: application/rdap+json"});
    CURL* easy = https_.get();
    set_common(easy);
    allow_only(easy, "https");
    // Without HTTP/2 in the library 1.1 does as well.
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
    set(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(easy, CURLOPT_HTTPHEADER, headers_.get());
    set(easy, CURLOPT_USERAGENT, "ccgate/" CCGATE_VERSION " (+contact data of ccTLDs, for mailing lists)");
    set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!options_.ca_file.empty()) {
      set(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
      // The library looks into the system's folder of certificates too unless told not to.
      set(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
    }
    set(easy, CURLOPT_WRITEFUNCTION, &on_body);
    set(easy, CURLOPT_HEADERFUNCTION, &on_header);
  }

  std::variant<HttpAnswer, NoAnswer> get(const std::string& url) override {
    const auto origin = origin_of(url);
    if (!is_plain(url) || !origin || origin->scheme != "https")
      return NoAnswer{fmt::format("{} is no https URL", quoted_ascii(url)), false};
    const auto deadline = Clock::now() + options_.timeout;
    std::string next = url;
    for (int redirects = 0;; ++redirects) {
      auto answer = get_one(next, *origin, deadline);
      if (auto* none = std::get_if<NoAnswer>(&answer)) none->asked = redirects > 0 || has_asked(https_.get());
      const auto* http = std::get_if<HttpAnswer>(&answer);
      char* target = nullptr;
      if (http == nullptr || http->status < 301 || http->status > 308 ||
          curl_easy_getinfo(https_.get(), CURLINFO_REDIRECT_URL, &target) != CURLE_OK || target == nullptr)
        return answer;
      next = target;
      const auto elsewhere = origin_of(next);
      if (!elsewhere || *elsewhere != *origin)
        return NoAnswer{
            fmt::format("redirected to another server: {}",
                        quoted_ascii(elsewhere ? elsewhere->scheme + "://" + elsewhere->text() : next)),
            false, true};
      if (redirects == kRedirects)
        return NoAnswer{fmt::format("redirected more than {} times", kRedirects), false, true};
    }
  }

  /// The library looks up the name and connects; then the socket is ours.
  std::variant<std::string, NoAnswer> whois(const std::string& question) override {
    if (!is_whois_question(question))
      return NoAnswer{fmt::format("{} cannot be asked by WHOIS", quoted_ascii(question)), false};
    const auto deadline = Clock::now() + options_.timeout;
    const Origin server = whois_origin(options_.whois_server);
    const Easy easy = make_easy();
    set_common(easy.get());
    allow_only(easy.get(), "http");
    set(easy.get(), CURLOPT_URL, ("http://" + options_.whois_server).c_str());
    set(easy.get(), CURLOPT_PROXY, "");  // what speaks no HTTP cannot go through one
    set(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
    if (const CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK)
      return failure(easy.get(), code, server, deadline);
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy.get(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD)
      return NoAnswer{"the server closed the connection without an answer", true};
    auto answer = ask_whois(socket, question, {deadline, options_.largest});
    if (auto* none = std::get_if<NoAnswer>(&answer)) {
      if (none->why.empty()) *none = timed_out();
      none->asked = true;
    }
    return answer;
  }

 private:
  void set_common(CURL* easy) const {
    set(easy, CURLOPT_NOSIGNAL, 1L);
    if (resolve_) set(easy, CURLOPT_RESOLVE, resolve_.get());
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, long{connect_timeout().count()});
  }

  [[nodiscard]] milliseconds connect_timeout() const {
    return std::max(options_.timeout / 3, milliseconds{1});
  }

  std::variant<HttpAnswer, NoAnswer> get_one(const std::string& url, const Origin& origin,
                                             Clock::time_point deadline) {
    CURL* easy = https_.get();
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return timed_out();
    Incoming in;
    in.largest = options_.largest;
    set(easy, CURLOPT_URL, url.c_str());
    set(easy, CURLOPT_TIMEOUT_MS, long{left.count()});
    set(easy, CURLOPT_WRITEDATA, &in);
    set(easy, CURLOPT_HEADERDATA, &in);
    error_[0] = '\0';
    set(easy, CURLOPT_ERRORBUFFER, error_);
    if (const CURLcode code = curl_easy_perform(easy); code != CURLE_OK) {
      if (in.body_too_large) return too_large();
      if (in.header_too_large)
        return NoAnswer{fmt::format("the header of the answer is larger than {} bytes", kLargestHeader),
                        false};
      if (in.header > 0 && (code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR))
        return NoAnswer{"the answer was cut short", true};
      return failure(easy, code, origin, deadline);
    }
    long status = 0;
    char* type = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
    return HttpAnswer{static_cast<int>(status), type == nullptr ? "" : type, std::move(in.retry_after),
                      std::move(in.body)};
  }

  /// True when the connection of the last transfer, with TLS, stood.
  static bool has_asked(CURL* easy) {
    curl_off_t before_transfer = 0;
    return curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &before_transfer) == CURLE_OK &&
           before_transfer > 0;
  }

  [[nodiscard]] NoAnswer timed_out() const { return {"timed out after " + seconds(options_.timeout), true}; }
  [[nodiscard]] NoAnswer too_large() const {
    return {fmt::format("the answer is larger than {} bytes", options_.largest), false};
  }

  /// Our own words: the library's differ between versions, and some quote what the server sent.
  [[nodiscard]] NoAnswer failure(CURL* easy, CURLcode code, const Origin& origin,
                                 Clock::time_point deadline) const {
    switch (code) {
      case CURLE_COULDNT_RESOLVE_PROXY:
        return {"the name of the proxy was not found in DNS", true};
      case CURLE_COULDNT_RESOLVE_HOST:
        return {origin.host + " was not found in DNS", true};
      case CURLE_COULDNT_CONNECT:
        return {fmt::format("could not connect to {}{}{}", origin.text(), system_words(easy),
                            proxy_words(origin)),
                true};
      case CURLE_OPERATION_TIMEDOUT:
        // With time left it was the share of connecting that ran out (TLS included).
        if (Clock::now() + milliseconds{5} < deadline)
          return {fmt::format("no connection to {} within {}", origin.text(), seconds(connect_timeout())),
                  true};
        return timed_out();
      case CURLE_PEER_FAILED_VERIFICATION:
        return {fmt::format(
                    "the certificate of {} is not trusted: {}{}", origin.text(), quoted_ascii(error_),
                    options_.ca_file.empty() ? " (certificates of the system: package ca-certificates)" : ""),
                false};
      case CURLE_SSL_CACERT_BADFILE:
        return {"the file with certificates cannot be used", false};
      case CURLE_SSL_CONNECT_ERROR:
        return {"no TLS connection with " + origin.text(), true};
      case CURLE_GOT_NOTHING:
      case CURLE_SEND_ERROR:
      case CURLE_RECV_ERROR:
        return {"the server closed the connection without an answer", true};
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_WEIRD_SERVER_REPLY:
        return {"the answer is not HTTP", false};
      default:
        return {fmt::format("no answer: {}", quoted_ascii(curl_easy_strerror(code))), true};
    }
  }

  static std::string system_words(CURL* easy) {
    long number = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    std::string words;
    if (number == ECONNREFUSED) words = ": connection refused";
    if (number == ENETUNREACH || number == EHOSTUNREACH) words = ": no way to it";
    return words;
  }

  TransportOptions options_;
  List resolve_;
  List headers_;
  Easy https_;  // kept: with it its connections
  char error_[CURL_ERROR_SIZE] = {};
};

/// The library would tell only at the first question.
void check_readable(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (in.get() == std::ifstream::traits_type::eof())
    throw std::runtime_error(fmt::format("the file with certificates {} cannot be read", quoted_ascii(file)));
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(const TransportOptions& options) {
  start_library();
  if (!options.ca_file.empty()) check_readable(options.ca_file);
  (void)whois_origin(options.whois_server);
  return std::make_unique<CurlTransport>(options);
}

}  // namespace ccgate
