// Mail while DNS is slow or silent.
#include <atomic>
#include <thread>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using namespace std::chrono_literals;

TEST_CASE("answers that come late, within the timeout, are waited for") {
  Site site;
  site.dns.delay("nic.xa", 1500ms);
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("silent domains delay no mail but their own") {
  Site site;
  constexpr int kClients = 16;
  std::atomic<int> ended{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    const std::string domain = "silent" + std::to_string(i) + ".example";
    site.dns.silence(domain);
    clients.emplace_back([&site, &ended, domain] {
      const MilterMail mail = write_mail("anne@" + domain, "subscribe xa", "hostmaster@nic.xa");
      for (int round = 0; round < 2; ++round)
        if (!send(site.daemon, mail).delivered()) ++ended;
    });
  }
  int number = 0;
  const auto send_good = [&] {
    const std::string domain = "good" + std::to_string(++number) + ".example";
    site.dns.add(domain, RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
    site.dns.delay(domain, 20ms);  // some hundred mails are enough
    (void)send(site.daemon, write_mail("anne@" + domain, "subscribe xa"));
  };
  while (ended < 2 * kClients) send_good();
  for (std::thread& client : clients) client.join();
  send_good();
  CHECK(send(site.daemon, good_request()).delivered());
  const std::string log = site.daemon.log();
  for (int i = 1; i <= number; ++i)
    CHECK(log.find("spf=pass:good" + std::to_string(i) + ".example ") != std::string::npos);
}

}  // namespace
}  // namespace ccgate
