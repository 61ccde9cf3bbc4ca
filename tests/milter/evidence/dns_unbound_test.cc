// The unbound adapter against a name server on loopback, and the reading of record data.
#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "milter/evidence/dns_attempts.h"
#include "milter/evidence/dns_name.h"
#include "milter/evidence/dns_wire.h"
#include "tests/support/catch.h"
#include "tests/support/dns_server.h"

using namespace ccgate;
using namespace std::chrono_literals;
using namespace std::string_literals;
using Catch::Matchers::StartsWith;

namespace {

using Status = DnsAnswer::Status;
using Clock = std::chrono::steady_clock;
using Records = std::vector<std::string>;

/// Long enough for a busy machine; nothing here waits this long unless it fails.
constexpr auto kPatience = 10s;

struct UnboundFixture {
  DnsServer server;
  std::unique_ptr<Resolver> resolver;

  explicit UnboundFixture(std::chrono::milliseconds timeout = kPatience) {
    resolver = resolver_of({&server}, timeout);
  }
  static std::unique_ptr<Resolver> resolver_of(const std::vector<DnsServer*>& servers,
                                               std::chrono::milliseconds timeout) {
    ResolverOptions options;
    for (const DnsServer* each : servers) options.servers.push_back(each->server());
    options.timeout = timeout;
    return make_unbound_resolver(options);
  }
  std::shared_ptr<const DnsAnswer> ask(std::string_view name, RrType type) {
    return resolver->ask(name, type)->wait(Clock::now() + kPatience);
  }
};

std::string why_not(const ResolverOptions& options) {
  try {
    (void)make_unbound_resolver(options);
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("answers come out as DnsAnswer tells them") {
  UnboundFixture f;
  const std::string long_text(700, 'k');
  REQUIRE(f.server.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(f.server.add("nic.example", RrType::aaaa, "2001:db8::1"));
  REQUIRE(f.server.add("nic.example", RrType::txt, "v=spf1 -all"));
  REQUIRE(f.server.add("key.example", RrType::txt, long_text));
  REQUIRE(f.server.add("nic.example", RrType::mx, "20 b.example"));
  REQUIRE(f.server.add("nic.example", RrType::mx, "10 a.example"));
  REQUIRE(f.server.add("1.2.0.192.in-addr.arpa", RrType::ptr, "mx.nic.example"));
  REQUIRE(f.server.add("a\\b.example", RrType::a, "192.0.2.7"));
  REQUIRE(f.server.add("a:b/c d.example", RrType::a, "192.0.2.8"));
  REQUIRE(f.server.add("odd.example", RrType::mx, "10 a:b/c d.example"));
  Records many;
  for (int i = 0; i < 60; ++i) many.push_back("vendor" + std::to_string(i) + "=" + std::string(80, 'f'));
  for (const std::string& text : many) REQUIRE(f.server.add("many.example", RrType::txt, text));
  f.server.alias("www.example", "nic.example");

  struct Row {
    const char* name;
    RrType type;
    Status status;
    Records records;
  };
  const std::vector<Row> rows{
      {"nic.example", RrType::a, Status::ok, {"\xC0\0\x02\x01"s}},
      {"NIC.example.", RrType::txt, Status::ok, {"v=spf1 -all"}},
      {"key.example", RrType::txt, Status::ok, {long_text}},
      {"nic.example", RrType::aaaa, Status::ok, {"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"s}},
      {"nic.example", RrType::mx, Status::ok, {"a.example", "b.example"}},
      {"1.2.0.192.in-addr.arpa", RrType::ptr, Status::ok, {"mx.nic.example"}},
      {"a\\b.example", RrType::a, Status::ok, {"\xC0\0\x02\x07"s}},
      {"a:b/c d.example", RrType::a, Status::ok, {"\xC0\0\x02\x08"s}},
      {"odd.example", RrType::mx, Status::ok, {"a\\058b\\047c\\032d.example"}},
      {"a\\058b\\047c\\032d.example", RrType::a, Status::ok, {"\xC0\0\x02\x08"s}},
      {"www.example", RrType::txt, Status::ok, {"v=spf1 -all"}},
      {"nic.example", RrType::ptr, Status::nodata, {}},
      {"none.example", RrType::a, Status::nxdomain, {}},
      {"not a name", RrType::a, Status::nxdomain, {}},
      {"", RrType::a, Status::nxdomain, {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto answer = f.ask(row.name, row.type);
    CHECK(answer->status == row.status);
    CHECK(answer->records == row.records);
    CHECK(answer->why == "");
    CHECK_FALSE(answer->secure);
    if (row.status == Status::ok) CHECK(answer->ttl > 290);
  }
  // Over TCP, in any order.
  Records found = f.ask("many.example", RrType::txt)->records;
  std::sort(found.begin(), found.end());
  std::sort(many.begin(), many.end());
  CHECK(found == many);
}

TEST_CASE("a server that fails is a temperror, never a no") {
  UnboundFixture f;
  f.server.fail("fail.example");
  f.server.refuse("refuse.example");
  CHECK(f.ask("fail.example", RrType::txt)->status == Status::temperror);
  CHECK(f.ask("fail.example", RrType::txt)->why == "the DNS servers answered SERVFAIL");
  CHECK(f.ask("refuse.example", RrType::txt)->status == Status::temperror);
}

TEST_CASE("a question ends at its own timeout, a wait at its deadline") {
  UnboundFixture f(150ms);
  f.server.silence("silent.example");
  f.server.garble("garbage.example");
  const auto start = Clock::now();
  const auto silent = f.resolver->ask("silent.example", RrType::txt);
  const auto garbage = f.resolver->ask("garbage.example", RrType::txt);
  const auto early = silent->wait(start);
  CHECK(early->status == Status::temperror);
  CHECK(early->pending);
  CHECK(silent->wait(start + kPatience)->status == Status::temperror);
  CHECK_FALSE(silent->wait(start)->pending);
  CHECK(silent->wait(start)->why == "no answer in time");
  CHECK(garbage->wait(start + kPatience)->status == Status::temperror);
  CHECK(Clock::now() - start < kPatience);
}

TEST_CASE("slow names do not hold up the others") {
  UnboundFixture f;
  REQUIRE(f.server.add("nic.example", RrType::a, "192.0.2.1"));
  std::vector<std::shared_ptr<DnsQuestion>> slow;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "slow" + std::to_string(i) + ".example";
    f.server.silence(name);
    slow.push_back(f.resolver->ask(name, RrType::txt));
  }
  CHECK(f.ask("nic.example", RrType::a)->status == Status::ok);
}

TEST_CASE("an answer counts however late it comes within the timeout") {
  UnboundFixture f;
  REQUIRE(f.server.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(f.server.add("nic.example", RrType::txt, "v=spf1 -all"));
  REQUIRE(f.server.add("long.example", RrType::txt, std::string(5000, 'k')));
  f.server.delay("nic.example", 1500ms);
  f.server.delay("long.example", 1500ms);
  f.server.truncate("long.example");
  const auto a = f.resolver->ask("nic.example", RrType::a);
  const auto txt = f.resolver->ask("nic.example", RrType::txt);
  const auto tcp = f.resolver->ask("long.example", RrType::txt);
  CHECK(a->wait(Clock::now() + kPatience)->status == Status::ok);
  CHECK(txt->wait(Clock::now() + kPatience)->status == Status::ok);
  CHECK(tcp->wait(Clock::now() + kPatience)->records == Records{std::string(5000, 'k')});
}

TEST_CASE("late answers to many are answers to all, again and again") {
  UnboundFixture f(3s);
  std::vector<std::shared_ptr<DnsQuestion>> questions;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 60; ++i) {
      const std::string name = "n" + std::to_string(round) + "-" + std::to_string(i) + ".example";
      REQUIRE(f.server.add(name, RrType::txt, "late"));
      f.server.delay(name, 1200ms);
      questions.push_back(f.resolver->ask(name, RrType::txt));
    }
    for (const auto& question : questions)
      CHECK(question->wait(Clock::now() + kPatience)->records == Records{"late"});
  }
}

TEST_CASE("a lost question is asked again within its timeout") {
  UnboundFixture f(3s);
  REQUIRE(f.server.add("nic.example", RrType::a, "192.0.2.1"));
  f.server.lose("nic.example", 2);
  CHECK(f.ask("nic.example", RrType::a)->status == Status::ok);
}

TEST_CASE("silence about some names is forgotten, and never held against others") {
  UnboundFixture f(1s);
  REQUIRE(f.server.add("good.example", RrType::a, "192.0.2.1"));
  for (int round = 0; round < 4; ++round) {
    std::vector<std::shared_ptr<DnsQuestion>> silent;
    for (int i = 0; i < 16; ++i) {
      const std::string name = "s" + std::to_string(round % 2 * 16 + i) + ".example";
      f.server.silence(name);
      silent.push_back(f.resolver->ask(name, RrType::txt));
    }
    const std::string good = "good" + std::to_string(round) + ".example";
    REQUIRE(f.server.add(good, RrType::a, "192.0.2.1"));
    const auto answer = f.resolver->ask(good, RrType::a)->wait(Clock::now() + kPatience);
    CHECK(answer->status == Status::ok);
    for (const auto& each : silent) CHECK(each->wait(Clock::now() + kPatience)->why == "no answer in time");
  }
}

TEST_CASE("a name that was silent is asked anew by the next question") {
  UnboundFixture f(1s);
  REQUIRE(f.server.add("nic.example", RrType::a, "192.0.2.1"));
  f.server.lose("nic.example", 4);
  CHECK(f.ask("nic.example", RrType::a)->why == "no answer in time");
  CHECK(f.ask("nic.example", RrType::a)->status == Status::ok);
}

TEST_CASE("connections that are silent hold up no others") {
  UnboundFixture f(3s);
  const std::string text(3000, 'k');
  REQUIRE(f.server.add("good.example", RrType::txt, text));
  f.server.truncate("good.example");
  std::vector<std::shared_ptr<DnsQuestion>> silent;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "s" + std::to_string(i) + ".example";
    REQUIRE(f.server.add(name, RrType::txt, text));
    f.server.truncate(name);
    f.server.delay(name, 1h);
    silent.push_back(f.resolver->ask(name, RrType::txt));
  }
  CHECK(f.ask("good.example", RrType::txt)->records == Records{text});
}

TEST_CASE("servers are tried in turn") {
  DnsServer first, second;
  REQUIRE(second.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(second.add("www.example", RrType::a, "192.0.2.2"));
  const auto resolver = UnboundFixture::resolver_of({&first, &second}, 2s);
  const auto ask = [&](std::string_view name) {
    return resolver->ask(name, RrType::a)->wait(Clock::now() + kPatience);
  };
  SECTION("the next one when one is silent, and then that one first") {
    first.silence("nic.example");
    first.silence("www.example");
    CHECK(ask("nic.example")->status == Status::ok);
    CHECK(ask("www.example")->status == Status::ok);
    CHECK(first.asked() == std::vector<std::string>{"A nic.example"});
  }
  SECTION("the next one at once when one cannot answer") {
    first.fail("nic.example");
    CHECK(ask("nic.example")->status == Status::ok);
    first.refuse("www.example");
    CHECK(ask("www.example")->status == Status::ok);
  }
  SECTION("what all of them cannot answer is a temperror") {
    first.fail("nic.example");
    second.fail("nic.example");
    CHECK(ask("nic.example")->why == "the DNS servers answered SERVFAIL");
  }
  SECTION("no such name is an answer") {
    CHECK(ask("none.example")->status == Status::nxdomain);
    CHECK(second.asked().empty());
  }
}

TEST_CASE("the server that answers is asked first, and again") {
  DnsServer first, second, third;
  REQUIRE(third.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(third.add("www.example", RrType::a, "192.0.2.2"));
  for (DnsServer* each : {&first, &second}) {
    each->silence("nic.example");
    each->silence("www.example");
  }
  third.lose("www.example", 1);
  const auto resolver = UnboundFixture::resolver_of({&first, &second, &third}, 2s);
  const auto ask = [&](std::string_view name) {
    return resolver->ask(name, RrType::a)->wait(Clock::now() + kPatience);
  };
  CHECK(ask("nic.example")->status == Status::ok);
  CHECK(ask("www.example")->status == Status::ok);
  CHECK(third.asked() == std::vector<std::string>{"A nic.example", "A www.example", "A www.example"});
}

TEST_CASE("a resolver may go while questions are in flight") {
  std::shared_ptr<DnsQuestion> question;
  std::thread waiter;
  {
    UnboundFixture f;
    f.server.silence("silent.example");
    question = f.resolver->ask("silent.example", RrType::txt);
    (void)f.resolver->ask("silent.example", RrType::a);  // given up at once
    waiter = std::thread([question] { CHECK_NOTHROW(question->wait(Clock::now() + kPatience)); });
  }
  waiter.join();
  CHECK(question->wait(Clock::now() + kPatience)->why == "the resolver has stopped");
}

TEST_CASE("many threads ask, wait and give up at once") {
  UnboundFixture f;
  for (int i = 0; i < 50; ++i) {
    REQUIRE(f.server.add("n" + std::to_string(i) + ".example", RrType::txt, std::to_string(i)));
  }
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&f, &wrong] {
      for (int i = 0; i < 50; ++i) {
        const auto question = f.resolver->ask("n" + std::to_string(i) + ".example", RrType::txt);
        if (i % 3 == 0) continue;
        if (question->wait(Clock::now() + kPatience)->records != Records{std::to_string(i)}) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("a resolver that cannot be set up says why") {
  ResolverOptions options;
  options.servers = {"not an address"};
  CHECK_THAT(why_not(options), StartsWith("libunbound: dns server `not an address`: "));
  options.servers = {};
  options.resolv_conf = "/nonexistent/resolv.conf";
  CHECK(why_not(options) == "cannot read /nonexistent/resolv.conf: No such file or directory");
  options.servers = {"127.0.0.1@53"};
  options.trust_anchor = "/nonexistent/root.key";
  CHECK(why_not(options) == "trust anchor `/nonexistent/root.key` cannot be read");
}

TEST_CASE("record data is read within its bounds") {
  struct Row {
    const char* story;
    RrType type;
    std::vector<std::string> rdata;
    std::optional<Records> want;
  };
  const auto row = GENERATE(values<Row>({
      {"strings are joined", RrType::txt, {"\x02v=\x03spf"s}, Records{"v=spf"}},
      {"an empty string is text", RrType::txt, {"\0"s}, Records{""}},
      {"NUL and high octets stay", RrType::txt, {"\x02\0\xFF"s}, Records{"\0\xFF"s}},
      {"no string at all", RrType::txt, {""s}, std::nullopt},
      {"a string past the end", RrType::txt, {"\x03v="s}, std::nullopt},
      {"a short address", RrType::a, {"\x01\x02\x03"s}, std::nullopt},
      {"a long address", RrType::a, {"\x01\x02\x03\x04\x05"s}, std::nullopt},
      {"a short IPv6 address", RrType::aaaa, {"\x01\x02\x03\x04"s}, std::nullopt},
      {"a name",
       RrType::ptr,
       {"\x02mx\x07"
        "example\0"s},
       Records{"mx.example"}},
      {"odd octets of a name", RrType::ptr, {"\x04m.\x01\xFF\0"s}, Records{"m\\046\\001\\255"}},
      {"the root is no host", RrType::ptr, {"\0"s}, Records{}},
      {"no root label", RrType::ptr, {"\x02mx"s}, std::nullopt},
      {"a label past the end", RrType::ptr, {"\x05mx\0"s}, std::nullopt},
      {"octets after the name", RrType::ptr, {"\x02mx\0\0"s}, std::nullopt},
      {"a compression pointer", RrType::ptr, {"\xC0\x0C"s}, std::nullopt},
      {"a name that is too long", RrType::ptr, {std::string(300, '\x01')}, std::nullopt},
      {"by preference",
       RrType::mx,
       {"\x01\0\x01"
        "b\0"s,
        "\0\xFF\x01"
        "a\0"s},
       Records{"a", "b"}},
      {"no room for a preference", RrType::mx, {"\0"s}, std::nullopt},
  }));
  INFO(row.story);
  const std::vector<std::string_view> rdata(row.rdata.begin(), row.rdata.end());
  CHECK(decode_records(row.type, rdata) == row.want);
}

TEST_CASE("odd octets of a name are escaped for the library") {
  CHECK(escaped_name("_dmarc.nic-1.example") == "_dmarc.nic-1.example");
  CHECK(escaped_name("a\\b;\"c.example") == "a\\092b\\059\\034c.example");
}
