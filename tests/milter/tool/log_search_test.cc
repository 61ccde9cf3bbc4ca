#include "milter/tool/log_search.h"

#include "milter/system/log.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kWhen = 1894708800;  // 2030-01-15T12:00:00Z

LogLine decided_line(const std::string& id) {
  LogLine line(LogLevel::info, "decision");
  line.add("id", id).add("list", "tld ops \"x\" \\ =").add("verdict", "reject").add("ms", 7);
  return line;
}

LoggedDecisions found_in(const std::string& log, const std::string& id, std::size_t piece = 7) {
  LogSearch search(id);
  for (std::size_t at = 0; at < log.size(); at += piece) search.add(std::string_view(log).substr(at, piece));
  return search.take();
}

TEST_CASE("a line is read as it was written, in both formats and behind what a collector writes") {
  const LogFormat format = GENERATE(LogFormat::logfmt, LogFormat::json);
  const std::string before = GENERATE("", "<6>", "Jan 15 12:00:00 mx ccgate-milter[17]: ");
  const std::string end = GENERATE("", "\r");
  const auto values = parse_log_line(before + decided_line("7k2m9qx40c1d").render(format, kWhen) + end);
  REQUIRE(values);
  CHECK(*values == LogValues{{"time", "2030-01-15T12:00:00Z"},
                             {"level", "info"},
                             {"event", "decision"},
                             {"id", "7k2m9qx40c1d"},
                             {"list", "tld ops \"x\" \\ ="},
                             {"verdict", "reject"},
                             {"ms", "7"}});
}

TEST_CASE("what is no line of ours is none") {
  for (const char* line : {"", "time", "time=", "hello", "time=1 id", "time=1 id=\"x", "time=1 id=\"x\"y",
                           "{\"time\": ", "{\"time\": 1", "time=1 I D=x"}) {
    INFO(line);
    const auto values = parse_log_line(line);
    CHECK((!values || *values == LogValues{{"time", ""}}));
  }
}

TEST_CASE("a decision is found with what followed, by a start of its id") {
  const LogFormat format = GENERATE(LogFormat::logfmt, LogFormat::json);
  LogLine mailed(LogLevel::info, "mail_sent");
  mailed.add("kind", "inform").add("id", "7k2m9qx40c1d").add("to", "hostmaster@nic.xa");
  LogLine about(LogLevel::info, "other");
  about.add("why", "7k2m9qx40c1d");
  std::string log = "noise 7k2m9qx40c1d\n" + std::string(100'000, 'x') + "7k2m9qx40c1d\n";
  for (const LogLine& line : {decided_line("aaaa00000001"), decided_line("7k2m9qx40c1d"), mailed, about})
    log += line.render(format, kWhen) + "\n";
  const LoggedDecisions found = found_in(log, "7k2m", GENERATE(1, 7, 4096));
  REQUIRE(found.decisions.size() == 1);
  CHECK(found.decisions[0].id == "7k2m9qx40c1d");
  CHECK(found.decisions[0].decision.size() == 7);
  CHECK(found.decisions[0].others.size() == 1);
  CHECK(logged_text(found.decisions[0]) ==
        "decision 7k2m9qx40c1d, as the log tells it\n"
        "  time           2030-01-15T12:00:00Z\n"
        "  list           tld ops \"x\" \\ =\n"
        "  verdict        reject\n"
        "  ms             7\n"
        "log\n"
        "  2030-01-15T12:00:00Z  mail_sent kind=inform to=hostmaster@nic.xa\n");
}

TEST_CASE("bounded, whatever is in a log") {
  std::string log;
  for (int i = 0; i < 200; ++i)
    log += decided_line("7k2m" + std::to_string(i)).render(LogFormat::logfmt, kWhen) + "\n";
  for (int i = 0; i < 500; ++i) log += decided_line("7k2m0").render(LogFormat::logfmt, kWhen) + "\n";
  const LoggedDecisions found = found_in(log, "7k2m", 1000);
  CHECK(found.decisions.size() == 20);
  CHECK(found.decisions[0].others.size() == 100);
}

}  // namespace
}  // namespace ccgate
