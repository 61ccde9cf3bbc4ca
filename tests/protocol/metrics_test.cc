// The numbers that a daemon serves beside its mail.
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

#include "milter/system/descriptor.h"
#include "tests/protocol/site.h"
#include "tests/support/catch.h"
#include "tests/support/loopback.h"
#include "tests/support/scrape.h"

namespace ccgate {
namespace {

std::string listen_key(std::uint16_t port) {
  return "metrics: {listen: \"127.0.0.1:" + std::to_string(port) + "\"}\n";
}

/// The site with its page, and what else it is to have.
class MeasuredSite {
 public:
  explicit MeasuredSite(const std::string& more = "") {
    daemon.edit("ccgate.yaml", "lists:\n", listen_key(port) + more + "lists:\n");
  }
  [[nodiscard]] std::string page() const { return test::wait_for_page(port); }
  /// The page as soon as it has `line`.
  [[nodiscard]] std::string page_with(const std::string& line) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (true) {
      std::string now = page();
      if (now.find("\n" + line + "\n") != std::string::npos) return now;
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("no `" + line + "` in\n" + now);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  std::uint16_t port = test::free_tcp_port();
  SiteDns dns;
  Daemon daemon{dns.server()};
};

auto has(const std::string& line) {
  return contains("\n" + line + "\n");
}

TEST_CASE("what was decided is on the page") {
  MeasuredSite site;
  site.daemon.start();
  CHECK_THAT(site.page(), has("ccgate_processes 1") &&
                              has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 0") &&
                              has("ccgate_config_last_reload_successful 1"));
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_FALSE(send(site.daemon, bad_request()).delivered());
  CHECK(send(site.daemon, other_mail()).delivered());
  const std::string page = site.page_with("ccgate_sessions_open 0");
  CHECK_THAT(page, has("ccgate_decisions_total{list=\"tld-ops\",mode=\"enforce\",verdict=\"accept\",ground="
                       "\"author_is_contact\"} 1"));
  CHECK_THAT(page, has("ccgate_decisions_total{list=\"tld-ops\",mode=\"enforce\",verdict=\"reject\",ground="
                       "\"contact_not_in_copy\"} 1"));
  CHECK_THAT(page, has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 2"));
  CHECK_THAT(page, has("ccgate_messages_total{kind=\"request\"} 2"));
  CHECK_THAT(page, has("ccgate_messages_total{kind=\"other\"} 1"));
  CHECK_THAT(page, has("ccgate_spf_results_total{result=\"pass\"} 2"));
  CHECK_THAT(page, has("ccgate_alignment_total{method=\"spf\",result=\"yes\"} 2"));
  CHECK_THAT(page, has("ccgate_alignment_total{method=\"dkim\",result=\"no\"} 2"));
  CHECK_THAT(page, has("ccgate_end_of_message_seconds_count{kind=\"request\"} 2"));
  CHECK_THAT(page, has("ccgate_end_of_message_seconds_bucket{kind=\"request\",le=\"+Inf\"} 2"));
  CHECK_THAT(page, has("ccgate_sessions_total 3"));
  CHECK_THAT(page, !contains("ccgate_dns_questions_total 0\n") && !contains("ccgate_dns_seconds_count 0\n"));
  CHECK_THAT(page, !contains("\nccgate_store_up "));
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("sessions are open for as long as they are") {
  MeasuredSite site;
  site.daemon.start();
  MilterClient client(site.daemon.socket());
  client.negotiate();
  CHECK_THAT(site.page_with("ccgate_sessions_open 1"), has("ccgate_sessions_total 1"));
  client.quit();
  CHECK_THAT(site.page_with("ccgate_sessions_open 0"), has("ccgate_sessions_total 1"));
}

TEST_CASE("a store has its numbers") {
  MeasuredSite site("");
  site.daemon.edit("ccgate.yaml", "lists:\n",
                   "store: sqlite:" + site.daemon.file("store.db") +
                       "\nsubmit: smtp://127.0.0.1:" + std::to_string(test::free_tcp_port()) + "\nlists:\n");
  site.daemon.start();
  const std::string page = site.page_with("ccgate_store_up 1");
  CHECK_THAT(page, has("ccgate_outbox_tasks{state=\"waiting\"} 0") &&
                       has("ccgate_outbox_oldest_age_seconds 0") && has("ccgate_questions_open 0") &&
                       has("ccgate_store_errors_total{use=\"write\"} 0"));
  CHECK_THAT(page, !contains("ccgate_store_seconds_count{use=\"write\"} 0\n"));
}

TEST_CASE("several sockets are one page, and stay one after a reload") {
  MeasuredSite site;
  const std::string other = site.daemon.file("other.sock");
  site.daemon.edit("ccgate.yaml", "listen: \"unix:" + site.daemon.socket() + "\"",
                   "listen: [\"unix:" + site.daemon.socket() + "\", \"unix:" + other + "\"]");
  site.daemon.start();
  site.daemon.wait_for_log("event=ready", 2);
  for (const std::string& socket : {site.daemon.socket(), other}) {
    MilterClient client(socket);
    client.macros = postfix_macros();
    client.negotiate();
    CHECK(client.deliver(good_request()).delivered());
    client.quit();
  }
  CHECK_THAT(site.page(), has("ccgate_processes 2") &&
                              has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 2"));
  const std::uint16_t before = site.port;
  site.port = test::free_tcp_port();
  site.daemon.edit("ccgate.yaml", listen_key(before), listen_key(site.port));
  site.daemon.edit("ccgate.yaml", "lists:\n",
                   "lists:\n  second:\n    {address: second@lists.example, manager: mailman3, policy: "
                   "tld-ops.policy.yaml}\n");
  site.daemon.send_signal(SIGHUP);
  (void)site.page_with("ccgate_config_reloads_total{result=\"ok\"} 2");
  const std::string page = site.page();
  CHECK_THAT(page, has("ccgate_requests_total{list=\"second\",kind=\"subscribe\"} 0") &&
                       has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 2"));
  CHECK(test::scrape(before).empty());
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a reload brings lists, takes the page away and back, and tells when it was refused") {
  MeasuredSite site;
  site.daemon.start();
  (void)site.page();
  const std::string whole = site.daemon.read("ccgate.yaml");
  site.daemon.write("ccgate.yaml", "ccgate: 1\n");
  site.daemon.send_signal(SIGHUP);
  CHECK_THAT(site.page_with("ccgate_config_last_reload_successful 0"),
             has("ccgate_config_reloads_total{result=\"refused\"} 1"));
  site.daemon.write("ccgate.yaml", whole);
  site.daemon.edit("ccgate.yaml", listen_key(site.port), "");
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK(test::scrape(site.port).empty());
  site.daemon.write("ccgate.yaml", whole);
  site.daemon.send_signal(SIGHUP);
  CHECK_THAT(site.page_with("ccgate_config_last_reload_successful 1"),
             has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 1"));
}

TEST_CASE("a port that is taken is in nobody's way, and used once it is free") {
  MeasuredSite site;
  {
    const test::Loopback other(1);
    site.daemon.edit("ccgate.yaml", listen_key(site.port), listen_key(other.port()));
    site.port = other.port();
    site.daemon.start();
    site.daemon.wait_for_log("event=metrics_trouble");
    CHECK_THAT(site.daemon.log(),
               contains("event=metrics_trouble listen=127.0.0.1:" + std::to_string(site.port) +
                        " why=\"cannot listen: Address already in use\"\n"));
    CHECK(send(site.daemon, good_request()).delivered());
  }
  CHECK_THAT(site.page(), has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 1"));
  site.daemon.wait_for_log("event=metrics_ready");
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a hundred readers that hang hold up no mail, and no stop") {
  MeasuredSite site;
  site.daemon.start();
  (void)site.page();
  std::vector<Descriptor> hanging;
  for (int i = 0; i < 100; ++i) {
    hanging.push_back(test::connect_to(site.port));
    REQUIRE(hanging.back());
    send(hanging.back().get(), "GET /metrics HT", 15, MSG_NOSIGNAL);
  }
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_THAT(site.page(), has("ccgate_requests_total{list=\"tld-ops\",kind=\"subscribe\"} 1"));
  CHECK(site.daemon.stop() == 0);
}

/// The time of a page, all in all.
TEST_CASE("a page of ten lists takes less than ten milliseconds") {
  MeasuredSite site;
  for (int i = 0; i < 9; ++i)
    site.daemon.edit("ccgate.yaml", "lists:\n",
                     "lists:\n  l" + std::to_string(i) + ":\n    {address: l" + std::to_string(i) +
                         "@lists.example, manager: mailman3, policy: tld-ops.policy.yaml}\n");
  site.daemon.start();
  (void)site.page();
  auto least = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 20; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE_FALSE(test::scrape(site.port).empty());
    least = std::min(least, std::chrono::steady_clock::now() - begun);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(std::chrono::duration<double, std::milli>(least).count() < (CCGATE_SANITIZED ? 200 : 10));
}

}  // namespace
}  // namespace ccgate
