#include "milter/tool/cli.h"

#include <CLI/CLI.hpp>

#include <algorithm>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// What is said of an option, or a word, that is given so; empty: it is taken.
std::string said_of(std::vector<std::string> arguments) {
  CLI::App app{"", "ccgate"};
  std::string value;
  CLI::App* report = app.add_subcommand("report", "");
  report->add_option("--region", value, "")->check(one_of({"AF", "AP", "EU"}));
  report->add_option("TOPIC", value, "")->check(one_of({"coverage", "follow-up", "decisions"}));
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return "";
}

std::string meant(std::vector<const char*> argv) {
  CLI::App app{"", "ccgate"};
  std::string value;
  app.add_subcommand("report", "")->add_option("--region", value, "");
  app.add_subcommand("log", "")->add_option("--request", value, "");
  argv.insert(argv.begin(), "ccgate");
  return meant_option(app, static_cast<int>(argv.size()), argv.data());
}

}  // namespace

TEST_CASE("a word of a closed set, or the nearest is told") {
  CHECK(said_of({"report", "follow-up"}).empty());
  CHECK(said_of({"report", "--region", "AF"}).empty());
  CHECK(said_of({"report", "folow-up"}) == "TOPIC: no such word as `folow-up`; did you mean `follow-up`?");
  CHECK(said_of({"report", "--region", "eu"}) == "--region: no such word as `eu`; did you mean `EU`?");
  CHECK(said_of({"report", "everything"}) ==
        "TOPIC: no such word as `everything`; there are coverage, follow-up, decisions");
  CHECK(said_of({"report", "--region", "\x1b[2J"}).find('\x1b') == std::string::npos);
}

TEST_CASE("an option that is not known, and one that is near") {
  CHECK(meant({"report", "--regoin", "AF"}) == "unknown option `--regoin`; did you mean `--region`?");
  CHECK(meant({"report", "--regoin=AF"}) == "unknown option `--regoin`; did you mean `--region`?");
  CHECK(meant({"log", "--reqeust", "x"}) == "unknown option `--reqeust`; did you mean `--request`?");
  CHECK(meant({"log", "--region"}) == "");
  CHECK(meant({"report", "--region", "AF"}) == "");
  CHECK(meant({"report", "--"}) == "");
}
