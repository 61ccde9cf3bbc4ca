// A message that waits for DNS keeps its thread of the library; nobody else waits for that.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <csignal>
#include <memory>
#include <thread>
#include <vector>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void begin(MilterClient& client, const MilterMail& mail) {
  client.negotiate();
  client.connect(mail.client_name, mail.client);
  client.helo(mail.helo);
}

/// Starts a thread for each of `count` and ends with them. What one of them throws is counted.
template <typename Work>
class Crowd {
 public:
  Crowd(int count, Work work) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back([this, i, work] {
        try {
          work(i);
        } catch (const MilterError&) {
          ++failed_;
        }
      });
  }
  ~Crowd() { join(); }
  int join() {
    for (std::thread& each : threads_)
      if (each.joinable()) each.join();
    return failed_;
  }

 private:
  std::vector<std::thread> threads_;
  std::atomic<int> failed_{0};
};

TEST_CASE("mail that waits for DNS keeps no other waiting") {
  constexpr int kWaiters = 20;
  constexpr int kSpeakers = 40;
  SiteDns dns;
  dns.silence("nic.xa");
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "mixed_recipients: split", "mixed_recipients: reject");  // no answer to RCPT
  daemon.start();
  // All speak while the daemon is stopped, so that it hears them in the same moment: first those who will
  // wait for DNS, then those who have nothing to wait for.
  std::barrier prepared(kWaiters + kSpeakers + 1);
  std::barrier stopped(kWaiters + kSpeakers + 1);
  std::atomic<int> speaking{0};
  Crowd waiters(kWaiters, [&](int) {
    const MilterMail mail = good_request();
    MilterClient client(daemon.socket());
    begin(client, mail);
    client.mail(mail.mail_from);
    client.rcpt(mail.recipients[0]);
    client.data();
    for (const HeaderField& field : mail.fields) client.header(field);
    client.end_of_header();
    prepared.arrive_and_wait();
    stopped.arrive_and_wait();
    ++speaking;
    MilterOutcome outcome;
    client.end_of_message(outcome);
  });
  std::vector<Clock::time_point> answered(kSpeakers);
  Crowd speakers(kSpeakers, [&](int i) {
    const MilterMail mail = other_mail();
    MilterClient client(daemon.socket());
    begin(client, mail);
    prepared.arrive_and_wait();
    stopped.arrive_and_wait();
    client.mail(mail.mail_from);
    client.rcpt(mail.recipients[0]);
    ++speaking;
    client.data();
    answered[static_cast<std::size_t>(i)] = Clock::now();
  });
  prepared.arrive_and_wait();
  daemon.send_signal(SIGSTOP);
  stopped.arrive_and_wait();
  while (speaking < kWaiters + kSpeakers) std::this_thread::yield();
  const auto start = Clock::now();
  daemon.send_signal(SIGCONT);
  CHECK(speakers.join() == 0);
  CHECK(waiters.join() == 0);
  std::sort(answered.begin(), answered.end());
  const auto since = [&](Clock::time_point then) {
    return std::chrono::duration_cast<milliseconds>(then - start).count();
  };
  INFO("median " << since(answered[kSpeakers / 2]) << " ms, slowest " << since(answered.back()) << " ms");
  CHECK(answered.back() - start < milliseconds(1500));
}

TEST_CASE("clients that stop in the middle of a word keep no other waiting") {
  constexpr int kSilent = 20;
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "mixed_recipients: split", "mixed_recipients: reject");  // no answer to RCPT
  daemon.start();
  const MilterMail mail = other_mail();
  std::vector<std::unique_ptr<MilterClient>> silent;
  for (int i = 0; i < kSilent; ++i) {
    silent.push_back(std::make_unique<MilterClient>(daemon.socket()));
    begin(*silent.back(), mail);
  }
  MilterClient speaker(daemon.socket());
  begin(speaker, mail);
  daemon.send_signal(SIGSTOP);
  for (const auto& each : silent) each->send_octets(std::string(2, '\0'));
  speaker.mail(mail.mail_from);
  speaker.rcpt(mail.recipients[0]);
  const auto start = Clock::now();
  daemon.send_signal(SIGCONT);
  CHECK(speaker.data().kind == MilterReply::Kind::accept);
  CHECK(Clock::now() - start < milliseconds(1500));
}

}  // namespace
}  // namespace ccgate
