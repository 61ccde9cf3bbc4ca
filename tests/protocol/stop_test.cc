// How it stops: what was begun is finished, and whoever comes later finds the next daemon, or nobody.
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

void begin_mail(MilterClient& client, const MilterMail& mail) {
  client.negotiate();
  client.connect(mail.client_name, mail.client);
  client.helo(mail.helo);
}

void begin_message(MilterClient& client, const MilterMail& mail) {
  client.mail(mail.mail_from);
  client.rcpt(mail.recipients[0]);
  client.data();
  for (const HeaderField& field : mail.fields) client.header(field);
}

MilterReply finish_message(MilterClient& client, const MilterMail& mail) {
  client.end_of_header();
  client.body(mail.body);
  MilterOutcome outcome;
  return client.end_of_message(outcome);
}

bool refuses_clients(const std::string& socket) {
  try {
    MilterClient client(socket);
    return false;
  } catch (const MilterError&) {
    return true;
  }
}

void wait_until_refused(const std::string& socket) {
  const auto end = Clock::now() + std::chrono::seconds(30);
  while (!refuses_clients(socket)) REQUIRE(Clock::now() < end);
}

/// A listening socket as a service manager would hand it over, and the configuration that takes it.
class HandedOver {
 public:
  explicit HandedOver(Daemon& daemon) : socket_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    const auto address = unix_address(daemon.socket()).value();
    if (bind(socket_.get(), address.get(), address.size) != 0 || listen(socket_.get(), SOMAXCONN) != 0)
      throw std::runtime_error("cannot listen");
    daemon.edit("ccgate.yaml", "\"unix:" + daemon.socket() + "\"", "fd:" + std::to_string(socket_.get()));
  }

 private:
  Descriptor socket_;
};

TEST_CASE("a message under way is finished after SIGTERM, and so is the session's next") {
  Site site;
  const MilterMail mail = bad_request();
  MilterClient client(site.daemon.socket());
  begin_mail(client, mail);
  begin_message(client, mail);
  site.daemon.send_signal(SIGTERM);
  wait_until_refused(site.daemon.socket());
  CHECK_THAT(finish_message(client, mail).text, Catch::Matchers::StartsWith("550 5.7.2 "));
  CHECK(client.transaction(other_mail()).delivered());
  CHECK(client.transaction(good_request()).delivered());
  client.quit();
  CHECK(site.daemon.wait_for_end() == 0);
  CHECK_THAT(site.daemon.log(), contains("event=stopped cut_off=0"));
}

TEST_CASE("a message that waits for DNS at SIGTERM has its answer") {
  Site site;
  site.dns.silence("nic.xa");
  const MilterMail mail = good_request();
  MilterClient client(site.daemon.socket());
  begin_mail(client, mail);
  begin_message(client, mail);
  std::thread stopper([&] {
    site.daemon.send_signal(SIGTERM);
    wait_until_refused(site.daemon.socket());
  });
  CHECK_THAT(finish_message(client, mail).text, Catch::Matchers::StartsWith("451 4."));
  stopper.join();
  client.quit();
  CHECK(site.daemon.wait_for_end() == 0);
}

TEST_CASE("a client that got into the queue before SIGTERM is served") {
  Site site;
  site.daemon.send_signal(SIGSTOP);
  MilterClient client(site.daemon.socket());
  site.daemon.send_signal(SIGTERM);
  site.daemon.send_signal(SIGCONT);
  wait_until_refused(site.daemon.socket());
  client.negotiate();
  CHECK(client.deliver(good_request()).delivered());
  client.quit();
  CHECK(site.daemon.wait_for_end() == 0);
}

TEST_CASE("a second SIGTERM stops at once, whatever is under way") {
  Site site;
  const MilterMail mail = bad_request();
  MilterClient client(site.daemon.socket());
  begin_mail(client, mail);
  begin_message(client, mail);
  const int signal = GENERATE(SIGTERM, SIGINT);
  site.daemon.send_signal(signal);
  wait_until_refused(site.daemon.socket());
  const auto start = Clock::now();
  site.daemon.send_signal(signal);
  CHECK(site.daemon.wait_for_end() == 0);
  CHECK(Clock::now() - start < std::chrono::seconds(5));
  CHECK_THAT(site.daemon.log(), contains("event=stopped cut_off=1"));
}

TEST_CASE("with several sockets, each finishes what it began") {
  SiteDns dns;
  Daemon daemon(dns.server());
  const std::string other = daemon.socket() + "2";
  daemon.edit("ccgate.yaml", "listen: \"unix:" + daemon.socket() + "\"",
              "listen: [\"unix:" + daemon.socket() + "\", \"unix:" + other + "\"]");
  daemon.start();
  daemon.wait_for_log("event=ready", 2);
  const MilterMail mail = bad_request();
  MilterClient client(other);
  begin_mail(client, mail);
  begin_message(client, mail);
  daemon.send_signal(SIGTERM);
  wait_until_refused(daemon.socket());
  wait_until_refused(other);
  daemon.wait_for_log("event=stopped");  // of the one that has nothing to do
  CHECK(finish_message(client, mail).refuses());
  client.quit();
  CHECK(daemon.wait_for_end() == 0);
}

TEST_CASE("a port is free of new clients at SIGTERM, and the old ones are served") {
  SiteDns dns;
  Daemon daemon(dns.server());
  // A port that was free a moment ago.
  const auto address = inet_address("127.0.0.1").value();
  Descriptor probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(bind(probe.get(), address.get(), address.size) == 0);
  const std::string port = std::to_string(bound_address(probe.get()).value().port());
  probe = Descriptor();
  daemon.edit("ccgate.yaml", "\"unix:" + daemon.socket() + "\"", "inet:" + port + "@127.0.0.1");
  daemon.start();
  const MilterMail mail = bad_request();
  MilterClient client("inet:" + port);
  begin_mail(client, mail);
  begin_message(client, mail);
  daemon.send_signal(SIGTERM);
  wait_until_refused("inet:" + port);
  CHECK(finish_message(client, mail).refuses());
  client.quit();
  CHECK(daemon.wait_for_end() == 0);
}

TEST_CASE("a socket that is handed over has no gap at a restart") {
  SiteDns dns;
  Daemon daemon(dns.server());
  const HandedOver socket(daemon);
  daemon.start();
  std::atomic<bool> done{false};
  std::atomic<int> answered{0}, failed{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i)
    clients.emplace_back([&] {
      while (!done) {
        try {
          const MilterOutcome outcome = send(daemon, bad_request());
          if (!outcome.reply.refuses()) ++failed;
          ++answered;
        } catch (const MilterError&) {
          ++failed;
        }
      }
    });
  for (int restart = 0; restart < 3; ++restart) {
    const int before = answered;
    while (answered < before + 20) std::this_thread::yield();
    CHECK(daemon.stop() == 0);
    daemon.start();
  }
  done = true;
  for (std::thread& each : clients) each.join();
  CHECK(failed == 0);
  CHECK(daemon.stop() == 0);
}

TEST_CASE("a socket whose file is removed is bound anew, and who is connected stays so") {
  Site site;
  const MilterMail mail = bad_request();
  MilterClient client(site.daemon.socket());
  begin_mail(client, mail);
  begin_message(client, mail);
  std::filesystem::remove(site.daemon.socket());
  site.daemon.wait_for_log("event=socket_lost");
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK(finish_message(client, mail).refuses());
  client.quit();
  CHECK(site.daemon.stop() == 0);
  CHECK_FALSE(std::filesystem::exists(site.daemon.socket()));
}

TEST_CASE("a socket that another process took ends the daemon, for its service manager") {
  Site site;
  std::filesystem::remove(site.daemon.socket());
  const Descriptor other(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = unix_address(site.daemon.file("other")).value();
  REQUIRE(bind(other.get(), address.get(), address.size) == 0);
  REQUIRE(listen(other.get(), 5) == 0);
  std::filesystem::rename(site.daemon.file("other"), site.daemon.socket());
  // Where it looked between the two steps above, it had its socket back, and lost it again.
  CHECK(site.daemon.wait_for_end() == 3);
  CHECK_THAT(site.daemon.log(), contains("event=socket_lost") && contains("another process serves it"));
  CHECK(std::filesystem::exists(site.daemon.socket()));
}

TEST_CASE("a log that nobody reads keeps nobody waiting, and what is missing is told") {
  SiteDns dns;
  Daemon daemon(dns.server());
  daemon.edit("ccgate.yaml", "mixed_recipients: split", "mixed_recipients: reject");
  const Pipe pipe = open_pipe();
  REQUIRE(pipe);
  daemon.log_to(pipe.writer.get());
  daemon.launch();
  std::string log;
  const auto read_log = [&](std::string_view until) {
    char buffer[4096];
    while (log.find(until) == std::string::npos) {
      const ssize_t got = ::read(pipe.reader.get(), buffer, sizeof buffer);
      REQUIRE(got > 0);
      log.append(buffer, static_cast<std::size_t>(got));
    }
  };
  read_log("event=ready");
  // Each line has some 400 octets; a pipe takes 64 KiB.
  MilterClient client(daemon.socket());
  begin_mail(client, bad_request());
  for (int i = 0; i < 400; ++i) CHECK(client.transaction(bad_request()).reply.refuses());
  client.quit();
  // Once there is room, the next line says what is missing.
  log.clear();
  std::string drained(60000, '\0');
  REQUIRE(::read(pipe.reader.get(), drained.data(), drained.size()) > 0);
  CHECK(send(daemon, bad_request()).reply.refuses());
  read_log("event=log_lines_lost lines=");
  CHECK(daemon.stop() == 0);
}

}  // namespace
}  // namespace ccgate
