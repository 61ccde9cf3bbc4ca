// The cache against a resolver whose answers come when the test says so, on a clock that the test moves.
#include <atomic>
#include <deque>
#include <map>

#include "milter/evidence/dns_cache.h"
#include "milter/evidence/dns_zone.h"
#include "tests/support/catch.h"

using namespace ccgate;
using namespace std::chrono_literals;

namespace {

using Status = DnsAnswer::Status;
using Clock = std::chrono::steady_clock;

/// A resolver whose questions stay in flight until the test answers them.
class Manual : public Resolver {
 public:
  struct Question : DnsQuestion {
    std::shared_ptr<const DnsAnswer> answer;
    std::shared_ptr<const DnsAnswer> wait(Clock::time_point) override {
      if (answer) return answer;
      DnsAnswer unfinished;
      unfinished.pending = true;
      return std::make_shared<DnsAnswer>(unfinished);
    }
  };
  std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType) override {
    names.emplace_back(name);
    questions.push_back(std::make_shared<Question>());
    return questions.back();
  }
  void reply(std::size_t question, Status status, std::uint32_t ttl, std::string record = "x") {
    DnsAnswer answer;
    answer.status = status;
    answer.ttl = ttl;
    if (status == Status::ok) answer.records.push_back(std::move(record));
    questions.at(question)->answer = std::make_shared<DnsAnswer>(answer);
  }
  std::vector<std::string> names;
  std::vector<std::shared_ptr<Question>> questions;
};

struct Fixture {
  Manual* inner = new Manual;
  Clock::time_point now{1h};
  std::unique_ptr<Resolver> cache;

  explicit Fixture(std::size_t entries = 100)
      : cache(make_caching_resolver(std::unique_ptr<Resolver>(inner), entries, 3600s,
                                    [this] { return now; })) {}
  Status ask(std::string_view name, RrType type = RrType::txt) {
    return cache->ask(name, type)->wait(now + 5s)->status;
  }
  std::size_t asked() const { return inner->names.size(); }
};

}  // namespace

TEST_CASE("an answer is kept for its TTL, at most the cap, negative ones at most a minute") {
  struct Row {
    const char* story;
    Status status;
    std::uint32_t ttl;
    std::chrono::seconds kept;
    std::chrono::seconds gone;
  };
  const auto row = GENERATE(values<Row>({
      {"an answer", Status::ok, 300, 299s, 300s},
      {"a long TTL", Status::ok, 86400, 3599s, 3600s},
      {"no such name", Status::nxdomain, 300, 59s, 60s},
      {"no data", Status::nodata, 30, 29s, 30s},
  }));
  INFO(row.story);
  Fixture f;
  const auto question = f.cache->ask("nic.example", RrType::txt);
  f.inner->reply(0, row.status, row.ttl);
  CHECK(question->wait(f.now)->status == row.status);
  const auto start = f.now;
  f.now = start + row.kept;
  CHECK(f.ask("NIC.example.") == row.status);
  CHECK(f.asked() == 1);
  f.now = start + row.gone;
  (void)f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 2);
}

TEST_CASE("a question in flight is shared, a failed one is not") {
  Fixture f;
  const auto first = f.cache->ask("nic.example", RrType::txt);
  const auto second = f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 1);
  CHECK(first->wait(f.now)->pending);
  const auto third = f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 1);
  (void)f.cache->ask("nic.example", RrType::a);
  CHECK(f.asked() == 2);

  f.inner->reply(0, Status::temperror, 300);
  SECTION("seen by its asker") {
    CHECK(second->wait(f.now)->status == Status::temperror);
  }
  SECTION("seen by nobody yet"){}(void)f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 3);
  CHECK(third->wait(f.now)->status == Status::temperror);
}

TEST_CASE("the TTL of an answer that nobody fetched counts from the question") {
  Fixture f;
  (void)f.cache->ask("nic.example", RrType::txt);
  f.inner->reply(0, Status::ok, 10);
  f.now += 20s;
  CHECK(f.ask("nic.example") == Status::ok);  // shared one last time, as if it had just arrived
  (void)f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 2);
  f.now += 91s;  // the second question was never answered: no longer believed to be in flight
  (void)f.cache->ask("nic.example", RrType::txt);
  CHECK(f.asked() == 3);
}

TEST_CASE("a TTL of zero, and an answer of more than 8 KiB, are not kept") {
  Fixture f;
  const auto first = f.cache->ask("a.example", RrType::txt);
  f.inner->reply(0, Status::ok, 0);
  CHECK(first->wait(f.now)->status == Status::ok);
  const auto second = f.cache->ask("a.example", RrType::txt);
  CHECK(f.asked() == 2);
  f.inner->reply(1, Status::ok, 300, std::string(9000, 'x'));
  CHECK(second->wait(f.now)->records.front().size() == 9000);
  (void)f.cache->ask("a.example", RrType::txt);
  CHECK(f.asked() == 3);
}

TEST_CASE("the least recently used answer goes first") {
  Fixture f(2);
  const auto ask = [&f](std::string_view name) {
    const auto question = f.cache->ask(name, RrType::txt);
    if (!f.inner->questions.back()->answer) f.inner->reply(f.asked() - 1, Status::ok, 300);
    return question->wait(f.now)->status;
  };
  ask("a.example");
  ask("b.example");
  ask("a.example");
  CHECK(f.asked() == 2);
  ask("c.example");  // b goes
  ask("a.example");
  CHECK(f.asked() == 3);
  ask("b.example");
  CHECK(f.asked() == 4);
}

TEST_CASE("a question outlives its cache") {
  std::shared_ptr<DnsQuestion> question;
  {
    Fixture f;
    question = f.cache->ask("nic.example", RrType::txt);
    f.inner->reply(0, Status::ok, 300);
    CHECK(question->wait(f.now)->status == Status::ok);
  }
}

TEST_CASE("a name that cannot be asked is not kept") {
  ZoneResolver* zone = new ZoneResolver;
  const auto cache = make_caching_resolver(std::unique_ptr<Resolver>(zone), 10, 3600s);
  CHECK(cache->ask("a..b", RrType::a)->wait(Clock::now())->status == Status::nxdomain);
  CHECK(cache->ask("nic.example", RrType::a)->wait(Clock::now())->status == Status::nxdomain);
  CHECK(cache->ask("nic.example", RrType::a)->wait(Clock::now())->status == Status::nxdomain);
  CHECK(zone->asked().size() == 1);
}
