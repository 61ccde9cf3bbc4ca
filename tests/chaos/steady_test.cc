// Messages of every kind, one after another: at the end the daemon holds no more than after the first of
// them. CCGATE_MESSAGES says how many.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "milter/scenario/scenario_sign.h"
#include "milter/store/open_store.h"
#include "tests/chaos/site.h"
#include "tests/support/catch.h"
#include "tests/support/order_server.h"

namespace ccgate {
namespace {

constexpr std::size_t kConnections = 4;
constexpr std::size_t kPerConnection = 25;

std::size_t messages() {
  const char* given = std::getenv("CCGATE_MESSAGES");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 3000;
}

/// Until what grows to a bound has reached it: the pages that each connection to the database keeps, above
/// all.
std::size_t warm_up() {
  return messages() / 3;
}

/// One message, and the start of what the client hears: `delivered`, or a reply.
struct Told {
  MilterMail mail;
  std::string answer;
};

MilterMail with_id(MilterMail mail, std::size_t number) {
  for (HeaderField& field : mail.fields)
    if (field.name == "Message-ID") field.value = " <" + std::to_string(number) + "@client.example>";
  return mail;
}

MilterMail signed_request(std::size_t number) {
  MilterMail mail = request_of(number);
  mail.mail_from = "<bounces@no-spf.example>";
  SigningRequest request;
  request.domain = number % 2 == 0 ? "nic.xa" : "nic.xb";
  request.key = number % 4 < 2 ? SigningKey::ed25519 : SigningKey::rsa1024;
  request.selector = to_string(request.key);
  mail.fields.insert(mail.fields.begin(), {"DKIM-Signature", sign(mail.fields, mail.body, request)});
  return mail;
}

MilterMail from_failing_dns(std::size_t number) {
  return with_id(write_mail("anne@failing.nic.xa", "subscribe xa", "hostmaster@nic.xa"), number);
}

MilterMail malformed(std::size_t number) {
  MilterMail mail = with_id(bad_request(), number);
  mail.fields.push_back({"From", " bob@nic.xb"});
  return mail;
}

/// Message `number`: each ten are of the same kinds.
Told message(std::size_t number) {
  switch (number % 10) {
    case 0:
    case 1:
      return {request_of(number), "delivered"};
    case 2:
    case 3:
      return {signed_request(number), "delivered"};
    case 4:
      return {with_id(bad_request(), number), "550 5.7.2 "};
    case 5:
      return {malformed(number), "554 5.6.0 "};
    case 6:
      return {from_failing_dns(number), "451 4."};
    default:
      return {other_mail(), "delivered"};
  }
}

std::string answer(const MilterOutcome& outcome) {
  return outcome.delivered() ? "delivered" : outcome.reply.text;
}

/// Mail servers that bring messages `first` to `last` over connections of some messages each.
class Traffic {
 public:
  Traffic(const Daemon& daemon, std::size_t first, std::size_t last)
      : daemon_(daemon), next_(first), last_(last) {
    std::array<std::thread, kConnections> servers;
    for (std::thread& each : servers) each = std::thread([this] { serve(); });
    for (std::thread& each : servers) each.join();
  }
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  void serve() {
    try {
      for (std::size_t begin = 0; (begin = next_.fetch_add(kPerConnection)) < last_;)
        bring(begin, std::min(begin + kPerConnection, last_));
    } catch (const std::exception& error) {
      fault(error.what());
    }
  }
  void bring(std::size_t begin, std::size_t end) {
    MilterClient client(daemon_.socket());
    client.negotiate();
    client.macros = postfix_macros();
    const MilterMail first = other_mail();
    client.connect(first.client_name, first.client);
    client.helo(first.helo);
    for (std::size_t number = begin; number < end; ++number) {
      const Told told = message(number);
      const std::size_t times = number % 20 < 3 ? 2 : 1;  // brought once more
      for (std::size_t time = 0; time < times; ++time)
        if (const std::string heard = answer(client.transaction(told.mail)); !heard.starts_with(told.answer))
          fault(std::to_string(number) + ": " + heard);
    }
    client.quit();
  }
  void fault(const std::string& what) {
    const std::lock_guard lock(mutex_);
    faults_.push_back(what);
  }

  const Daemon& daemon_;
  std::atomic<std::size_t> next_;
  const std::size_t last_;
  std::mutex mutex_;
  std::vector<std::string> faults_;
};

/// A site whose names have keys, and some of them no answer.
class SteadySite : public StormSite {
 public:
  explicit SteadySite(const std::string& store_url) : StormSite(1, store_url) {
    for (const SigningKey key : {SigningKey::ed25519, SigningKey::rsa1024})
      for (const char* domain : {"nic.xa", "nic.xb"})
        dns.add(std::string(to_string(key)) + "._domainkey." + domain, RrType::txt, public_key_record(key));
    dns.fail("failing.nic.xa");
    start();
  }

  /// What the daemon holds when nobody speaks to it and no task is left.
  [[nodiscard]] Holdings at_rest() const {
    const auto looking = open_store(store, StoreAccess::read);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(600);
    Holdings before;
    for (int same = 0; same < 20;) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("it does not come to rest");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const Holdings now = daemons.front()->holdings();
      const bool rests = looking->backlog().waiting == 0 && now.descriptors == before.descriptors &&
                         now.threads == before.threads;
      same = rests ? same + 1 : 0;
      before = now;
    }
    return before;
  }
};

void hold_steady(const std::string& store) {
  SteadySite site(store);
  const std::size_t begin = warm_up(), last = messages();
  const Traffic first(*site.daemons.front(), 0, begin);
  const Holdings before = site.at_rest();
  const Traffic rest(*site.daemons.front(), begin, last);
  const Holdings after = site.at_rest();
  for (const Traffic* each : {&first, &rest}) {
    for (std::size_t i = 0; i < each->faults().size() && i < 20; ++i) UNSCOPED_INFO(each->faults()[i]);
    CHECK(each->faults().empty());
  }
  std::cout << "after " << begin << " and " << last << " messages: " << before.memory_kib << " and "
            << after.memory_kib << " KiB, " << before.descriptors << " and " << after.descriptors
            << " descriptors, " << before.threads << " and " << after.threads << " threads" << std::endl;
  CHECK(after.memory_kib * 100 <= before.memory_kib * 105);
  // Connections to the database that were not needed before, within the bounds of their pool.
  constexpr long kPool = 8;
  CHECK(after.descriptors <= before.descriptors + kPool);
  CHECK(after.threads <= before.threads + kPool);
}

}  // namespace

TEST_CASE("many messages leave nothing behind in the daemon", "[sqlite][steady]") {
  hold_steady("");
}

TEST_CASE("many messages leave nothing behind in the daemon, with a server", "[postgresql][steady]") {
  hold_steady(new_server_store());
}

}  // namespace ccgate
