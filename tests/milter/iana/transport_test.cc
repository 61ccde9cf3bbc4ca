#include "milter/iana/transport.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "milter/iana/whois.h"
#include "milter/system/descriptor.h"
#include "tests/support/catch.h"
#include "tests/support/iana_files.h"
#include "tests/support/iana_server.h"

using namespace ccgate;
using std::chrono::milliseconds;

namespace {

/// One for all sections of a test case.
IanaServer& iana() {
  static IanaServer server;
  return server;
}

/// What the machine's own environment says about proxies is nothing to these tests.
void no_proxies() {
  for (const char* name :
       {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "no_proxy", "NO_PROXY"})
    unsetenv(name);
}

std::string port() {
  return std::to_string(iana().https);
}

/// Generous, for answers that come at once on a busy machine.
TransportOptions options() {
  no_proxies();
  TransportOptions made;
  made.ca_file = iana().ca;
  made.whois_server = "127.0.0.1:" + std::to_string(iana().whois);
  made.resolve = {"rdap.iana.example:" + port() + ":127.0.0.1", "elsewhere.example:" + port() + ":127.0.0.1"};
  made.timeout = milliseconds{20'000};
  return made;
}

std::string url(const std::string& label, const std::string& host = "rdap.iana.example") {
  return "https://" + host + ":" + port() + "/domain/" + label;
}

template <typename Answer>
NoAnswer none(const std::variant<Answer, NoAnswer>& answer) {
  if (const auto* no = std::get_if<NoAnswer>(&answer)) return *no;
  return {"(an answer)", false};
}

/// Asks for `fr` while it meets `fault` (JSON).
NoAnswer none_with(const std::string& fault, const TransportOptions& how = options()) {
  iana().plan(R"({"fr": )" + fault + R"(, "whois:fr": )" + fault + "}");
  return none(make_curl_transport(how)->get(url("fr")));
}

NoAnswer no_whois_with(const std::string& fault, const TransportOptions& how = options()) {
  iana().plan(R"({"whois:fr": )" + fault + "}");
  return none(make_curl_transport(how)->whois("fr"));
}

/// What is asked from now on, with no fault planned.
class Asked {
 public:
  Asked() : before_(iana().requests().size()) { iana().plan("{}"); }
  [[nodiscard]] std::vector<std::string> lines() const {
    auto all = iana().requests();
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before_));
    return all;
  }
  [[nodiscard]] std::size_t with(const std::string& part) const {
    const auto all = lines();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    }));
  }
  /// How many connections they came by.
  [[nodiscard]] std::size_t connections() const {
    std::set<std::string> numbers;
    for (const std::string& line : lines()) {
      const std::size_t at = line.find(R"("connection": )");
      numbers.insert(line.substr(at, line.find_first_of(",}", at) - at));
    }
    return numbers.size();
  }

 private:
  std::size_t before_;
};

/// A port where nobody listens, or where connections are taken and nothing is said.
class Port {
 public:
  explicit Port(bool listening) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(socket_.get(), any, size) == 0);
    if (listening) REQUIRE(listen(socket_.get(), 8) == 0);
    REQUIRE(getsockname(socket_.get(), any, &size) == 0);
    text = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  std::string text;

 private:
  Descriptor socket_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
};

void check(const NoAnswer& got, const std::string& why, bool again) {
  CHECK(got.why == why);
  CHECK(got.again == again);
}

}  // namespace

TEST_CASE("transport: an answer as it was sent, and one connection for all questions") {
  const Asked asked;
  const auto transport = make_curl_transport(options());
  for (const char* label : {"fr", "xn--p1ai", "de"}) {
    const auto got = transport->get(url(label));
    INFO(none(got).why);
    REQUIRE(std::holds_alternative<HttpAnswer>(got));
    const auto& answer = std::get<HttpAnswer>(got);
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "application/rdap+json");
    CHECK(answer.retry_after.empty());
    CHECK(answer.body == read_iana(std::string("rdap/") + label + ".json"));
  }
  CHECK(asked.connections() == 1);
  CHECK(asked.with(R"("agent": "ccgate/)" CCGATE_VERSION R"( (+)") == 3);
  CHECK(asked.with(R"("accept": "application/rdap+json")") == 3);
  const auto local = make_curl_transport(options())->get(url("fr", "127.0.0.1"));
  CHECK(std::holds_alternative<HttpAnswer>(local));
}

TEST_CASE("transport: an answer of any status is an answer") {
  const Asked asked;
  const auto transport = make_curl_transport(options());
  iana().plan(R"({"fr": {"fault": "status", "status": 503, "times": 2},
                  "de": {"fault": "status", "status": 429, "retry_after": "120"},
                  "be": {"fault": "html"}, "br": {"fault": "status", "status": 500},
                  "ca": {"fault": "file", "file": ")" CCGATE_SOURCE_DIR
              R"(/tests/iana/rdap/be.json", "type": "text/plain"}})");
  const auto ask = [&](const char* label) {
    const auto got = transport->get(url(label));
    INFO(none(got).why);
    REQUIRE(std::holds_alternative<HttpAnswer>(got));
    return std::get<HttpAnswer>(got);
  };
  CHECK(ask("zz").status == 404);
  CHECK_THAT(ask("zz").body, contains(R"("errorCode": 404)"));
  CHECK(ask("br").status == 500);
  CHECK(ask("fr").status == 503);
  CHECK(ask("fr").status == 503);
  CHECK(ask("fr").status == 200);
  CHECK(ask("de").status == 429);
  CHECK(ask("de").retry_after == "120");
  CHECK(ask("fr").retry_after.empty());
  CHECK_THAT(ask("be").body, contains("<html>"));
  CHECK(ask("ca").content_type == "text/plain");
  CHECK(asked.lines().size() == 11);
  CHECK(asked.connections() == 1);
}

TEST_CASE("transport: redirects on the same server only") {
  const Asked asked;
  check(none_with(R"({"fault": "redirect", "to": "same"})"), "(an answer)", false);
  check(none_with(R"({"fault": "redirect", "to": "same", "hops": 3})"), "(an answer)", false);
  check(none_with(R"({"fault": "redirect", "to": "same", "hops": 4})"), "redirected more than 3 times",
        false);
  check(none_with(R"({"fault": "redirect", "to": "loop"})"), "redirected more than 3 times", false);
  check(none_with(R"({"fault": "redirect", "to": "host"})"),
        "redirected to another server: `https://elsewhere.example:" + port() + "`", false);
  check(none_with(R"({"fault": "redirect", "to": "port"})"),
        "redirected to another server: `https://rdap.iana.example:" +
            std::to_string(iana().https % 65535 + 1) + "`",
        false);
  check(none_with(R"({"fault": "redirect", "to": "http"})"),
        "redirected to another server: `http://rdap.iana.example:" + port() + "`", false);
  CHECK(asked.with("elsewhere") == 0);
}

TEST_CASE("transport: answers that are none") {
  check(none_with(R"({"fault": "truncated"})"), "the answer was cut short", true);
  check(none_with(R"({"fault": "close"})"), "the server closed the connection without an answer", true);
  check(none_with(R"({"fault": "oversized"})"), "the answer is larger than 1048576 bytes", false);
  check(none_with(R"({"fault": "long-header"})"), "the header of the answer is larger than 65536 bytes",
        false);
  check(none_with(R"({"fault": "garbage"})"), "the answer is not HTTP", false);
  TransportOptions small = options();
  small.largest = read_iana("rdap/fr.json").size();
  check(none_with("null", small), "(an answer)", false);
  --small.largest;
  check(none_with("null", small), "the answer is larger than " + std::to_string(small.largest) + " bytes",
        false);
}

TEST_CASE("transport: time is bounded, whatever drips in") {
  TransportOptions how = options();
  how.timeout = milliseconds{300};
  const auto transport = make_curl_transport(how);
  for (const char* fault : {"silent", "drip"}) {
    INFO(fault);
    // Connecting has 100 ms, which on a busy machine may be too short: begin with a connection.
    int tries = 0;
    while (tries < 100 && std::holds_alternative<NoAnswer>(transport->get(url("de")))) ++tries;
    iana().plan(R"({"fr": {"fault": ")" + std::string(fault) + R"("}, "whois:fr": {"fault": ")" + fault +
                R"("}})");
    check(none(transport->get(url("fr"))), "timed out after 300 ms", true);
    check(none(transport->whois("fr")), "timed out after 300 ms", true);
  }
}

TEST_CASE("transport: connecting has a third of the time") {
  const Port silent(true);
  TransportOptions how = options();
  how.timeout = milliseconds{1'500};
  check(none(make_curl_transport(how)->get("https://" + silent.text + "/domain/fr")),
        "no connection to " + silent.text + " within 500 ms", true);
}

TEST_CASE("transport: a connection that broke does not spoil the next question") {
  const auto transport = make_curl_transport(options());
  iana().plan(R"({"fr": {"fault": "truncated", "times": 1}, "de": {"fault": "oversized", "times": 1}})");
  for (const char* label : {"fr", "de"}) {
    CHECK(std::holds_alternative<NoAnswer>(transport->get(url(label))));
    const auto got = transport->get(url(label));
    REQUIRE(std::holds_alternative<HttpAnswer>(got));
    CHECK(std::get<HttpAnswer>(got).body == read_iana(std::string("rdap/") + label + ".json"));
  }
}

TEST_CASE("transport: whether the question went out is told") {
  TransportOptions hasty = options();
  hasty.timeout = milliseconds{1'000};
  for (const char* fault : {"truncated", "close", "oversized", "garbage"}) {
    INFO(fault);
    const std::string planned = std::string(R"({"fault": ")") + fault + "\"}";
    CHECK(none_with(planned).asked);
    if (std::string_view(fault) != "garbage" && std::string_view(fault) != "truncated")
      CHECK(no_whois_with(planned).asked);
  }
  CHECK(none_with(R"({"fault": "silent"})", hasty).asked);
  CHECK(none_with(R"({"fault": "redirect", "to": "host"})").asked);
  const Port deaf(false);
  CHECK_FALSE(none(make_curl_transport(options())->get("https://" + deaf.text + "/domain/fr")).asked);
  TransportOptions untrusting = options();
  untrusting.ca_file = iana().other_ca;
  CHECK_FALSE(none(make_curl_transport(untrusting)->get(url("fr"))).asked);
  hasty.whois_server = deaf.text;
  CHECK_FALSE(none(make_curl_transport(hasty)->whois("fr")).asked);
}

TEST_CASE("transport: nobody to talk to") {
  const Port deaf(false);
  const auto transport = make_curl_transport(options());
  check(none(transport->get("https://" + deaf.text + "/domain/fr")),
        "could not connect to " + deaf.text + ": connection refused", true);
  // Longer than a label may be, so that no name server is asked.
  const std::string unknown = std::string(70, 'x') + ".invalid";
  check(none(transport->get("https://" + unknown + "/domain/fr")), unknown + " was not found in DNS", true);
  TransportOptions how = options();
  how.whois_server = deaf.text;
  check(none(make_curl_transport(how)->whois("fr")),
        "could not connect to " + deaf.text + ": connection refused", true);
}

TEST_CASE("transport: certificates and names are verified") {
  const Asked asked;
  TransportOptions how = options();
  const auto wrong_name = none(make_curl_transport(how)->get(url("fr", "elsewhere.example")));
  CHECK_THAT(wrong_name.why,
             contains("the certificate of elsewhere.example:" + port() + " is not trusted: `"));
  CHECK_FALSE(wrong_name.again);

  how.ca_file = iana().other_ca;
  const auto other = none(make_curl_transport(how)->get(url("fr")));
  CHECK_THAT(other.why, contains("the certificate of rdap.iana.example:" + port() + " is not trusted: `"));
  CHECK_FALSE(other.again);

  how.ca_file = "";
  const auto system = none(make_curl_transport(how)->get(url("fr")));
  CHECK_THAT(system.why, contains("the certificate of rdap.iana.example:" + port() + " is not trusted: `"));
  CHECK_THAT(system.why, contains("ca-certificates"));

  // A server without TLS.
  const auto plain = none(make_curl_transport(options())->get(
      "https://127.0.0.1:" + std::to_string(iana().whois) + "/domain/fr"));
  CHECK(std::holds_alternative<HttpAnswer>(make_curl_transport(options())->get(url("fr"))));
  CHECK(plain.why == "no TLS connection with 127.0.0.1:" + std::to_string(iana().whois));
  CHECK(asked.with(R"("service": "https")") == 1);
}

TEST_CASE("transport: https only") {
  const auto transport = make_curl_transport(options());
  for (const std::string text :
       {"http://rdap.iana.example/domain/fr", "file:///etc/passwd", "rdap.iana.example", "", "https://",
        "https://user:word@rdap.iana.example/domain/fr"}) {
    INFO(text);
    check(none(transport->get(text)), "`" + text + "` is no https URL", false);
  }
  check(none(transport->get("https://r\xc3\xa9gistre.xa/")),
        "`https://r\\xc3\\xa9gistre.xa/` is no https URL", false);
}

TEST_CASE("transport: options that cannot be used are told at once") {
  const auto what = [](const TransportOptions& how) -> std::string {
    try {
      (void)make_curl_transport(how);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "(none)";
  };
  TransportOptions how;
  CHECK(what(how) == "(none)");
  how.ca_file = "/nowhere/ca.pem";
  CHECK(what(how) == "the file with certificates `/nowhere/ca.pem` cannot be read");
  how.ca_file = "/";
  CHECK(what(how) == "the file with certificates `/` cannot be read");
  how.ca_file = "";
  for (const char* server :
       {"whois.iana.org", "", ":43", "a b:43", "user@whois.iana.org:43", "whois.iana.org:43/x"}) {
    how.whois_server = server;
    CHECK(what(how) == "the WHOIS server `" + how.whois_server + "` is no HOST:PORT");
  }
}

TEST_CASE("transport: a file without certificates trusts nobody") {
  TransportOptions how = options();
  how.ca_file = CCGATE_SOURCE_DIR "/README.md";
  const auto got = none(make_curl_transport(how)->get(url("fr")));
  CHECK(got.why == "the file with certificates cannot be used");
  CHECK_FALSE(got.again);
}

TEST_CASE("transport: the proxy of the environment is taken for https, never for WHOIS") {
  const Asked asked;
  const TransportOptions how = options();
  const Port deaf(false);
  for (const char* name : {"https_proxy", "all_proxy", "http_proxy"})
    setenv(name, ("http://" + deaf.text).c_str(), 1);
  const auto transport = make_curl_transport(how);
  CHECK(none(transport->get(url("fr"))).why ==
        "could not connect to rdap.iana.example:" + port() +
            ": connection refused (https_proxy is set in the environment)");
  CHECK(std::holds_alternative<std::string>(transport->whois("fr")));
  setenv("no_proxy", "rdap.iana.example", 1);
  CHECK(std::holds_alternative<HttpAnswer>(transport->get(url("fr"))));
  no_proxies();
}

TEST_CASE("transport: WHOIS") {
  const Asked asked;
  const auto transport = make_curl_transport(options());
  for (const char* label : {"fr", "xn--p1ai"}) {
    const auto got = transport->whois(label);
    INFO(none(got).why);
    REQUIRE(std::holds_alternative<std::string>(got));
    CHECK(std::get<std::string>(got) == read_iana(std::string("whois/") + label + ".txt"));
  }
  const auto unknown = transport->whois("zz");
  REQUIRE(std::holds_alternative<std::string>(unknown));
  CHECK(std::get<std::string>(unknown) == read_iana("whois/zz.txt"));
  iana().plan(R"({"whois:de": {"fault": "truncated"}})");
  const auto half = transport->whois("de");
  REQUIRE(std::holds_alternative<std::string>(half));
  CHECK(read_iana("whois/de.txt").starts_with(std::get<std::string>(half)));
  CHECK(std::get<Anomaly>(read_whois(*Domain::parse("de"), std::get<std::string>(half))).why ==
        "the answer does not end with `source: IANA`: it was cut short");
  CHECK(asked.with(R"("service": "whois", "label": "fr")") == 1);
}

TEST_CASE("transport: WHOIS answers that are none") {
  check(no_whois_with(R"({"fault": "close"})"), "the server closed the connection without an answer", true);
  check(no_whois_with(R"({"fault": "oversized"})"), "the answer is larger than 1048576 bytes", false);
  TransportOptions small = options();
  small.largest = read_iana("whois/fr.txt").size();
  check(no_whois_with("null", small), "(an answer)", false);
  --small.largest;
  check(no_whois_with("null", small), "the answer is larger than " + std::to_string(small.largest) + " bytes",
        false);
}

TEST_CASE("transport: a WHOIS question is one line of ASCII") {
  const Asked asked;
  const auto transport = make_curl_transport(options());
  check(none(transport->whois("fr\r\nde")), "`fr\\x0d\\x0ade` cannot be asked by WHOIS", false);
  check(none(transport->whois("")), "`` cannot be asked by WHOIS", false);
  check(none(transport->whois("r\xc3\xa9")), "`r\\xc3\\xa9` cannot be asked by WHOIS", false);
  check(none(transport->whois(std::string(256, 'x'))),
        "`" + std::string(60, 'x') + "...` cannot be asked by WHOIS", false);
  CHECK(asked.lines().empty());
}
