// milter/main_ccgate.cc: the operator's command line.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "milter/site/config.h"
#include "milter/tool/tool.h"
#include "policy/issue.h"

namespace {

/// A first word that is no subcommand is told as such, before any option is missed.
bool is_unknown_word(const char* word) {
  const std::vector<std::string> known{"check", "test", "explain"};
  if (word[0] == '-' || std::find(known.begin(), known.end(), word) != known.end()) return false;
  std::fprintf(stderr, "ccgate: unknown subcommand `%s`%s%s\n", word, "; there are check, test and explain. ",
               ccgate::did_you_mean(word, known).c_str());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && is_unknown_word(argv[1])) return 2;
  CLI::App app{"ccgate: checks, tests and explains what ccgate-milter decides. See ccgate(1)."};
  app.set_version_flag("--version", "ccgate " CCGATE_VERSION);
  app.require_subcommand(1);
  const std::string default_config = "/etc/ccgate/ccgate.yaml";
  int status = 0;

  ccgate::CheckOptions check;
  check.config_file = default_config;
  CLI::App* check_app =
      app.add_subcommand("check", "parse and lint the configuration, run the policies' own tests");
  check_app->add_option("-c,--config", check.config_file, "configuration, ccgate.yaml(5)")
      ->capture_default_str();
  check_app->add_option("--user", check.user, "whom the daemon runs as")->capture_default_str();
  check_app->add_flag("--json", check.json, "one JSON object for each problem");
  check_app->callback([&] { status = ccgate::run_check(check); });

  ccgate::TestOptions test;
  test.config_file = default_config;
  CLI::App* test_app = app.add_subcommand("test", "play scenario files");
  test_app->add_option("-c,--config", test.config_file, "configuration, ccgate.yaml(5)")
      ->capture_default_str();
  test_app->add_flag("--coverage", test.coverage, "name the rules that no scenario reaches");
  test_app->add_flag("--json", test.json, "one JSON object for each scenario");
  test_app->add_option("FILE", test.files, "scenario files")->required();
  test_app->callback([&] { status = ccgate::run_test(test); });

  ccgate::ExplainOptions explain;
  explain.config_file = default_config;
  std::string now;
  CLI::App* explain_app =
      app.add_subcommand("explain", "decide about one message as the daemon would, and say why");
  explain_app->add_option("-c,--config", explain.config_file, "configuration, ccgate.yaml(5)")
      ->capture_default_str();
  explain_app->add_option("--client", explain.client, "IP address of the SMTP client")->required();
  explain_app->add_option("--helo", explain.helo, "its HELO or EHLO name")->required();
  explain_app->add_option("--mail-from", explain.mail_from, "MAIL FROM address; <> for none")->required();
  explain_app->add_option("--rcpt", explain.rcpt_to, "RCPT TO address; may be repeated")
      ->required()
      ->allow_extra_args(false);
  explain_app->add_option("--dns", explain.zone_file,
                          "YAML file with the DNS records to use in place of live DNS");
  explain_app->add_option("--now", now, "decide as at this time, 2030-01-15T12:00:00Z");
  explain_app->add_flag("--json", explain.json, "one JSON object");
  explain_app->add_option("MESSAGE", explain.message_file, "message file; - for standard input")->required();
  explain_app->callback([&] {
    if (!now.empty()) {
      explain.now = ccgate::parse_timestamp(now);
      if (!explain.now) throw CLI::ValidationError("--now", "wants a time like 2030-01-15T12:00:00Z");
    }
    status = ccgate::run_explain(explain);
  });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate: %s\n", error.what());
    return 3;
  }
  return status;
}
