#include "milter/tool/decision_cli.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/decision_tool.h"
#include "milter/tool/lists_tool.h"

namespace ccgate {
namespace {

void add_config_option(CLI::App& app, std::string& file) {
  file = kDefaultConfig;
  app.add_option("-c,--config", file, "configuration, ccgate.yaml(5)")->capture_default_str();
}

void add_check_site(CLI::App& app, int& status) {
  const auto check = std::make_shared<CheckOptions>();
  CLI::App* command =
      app.add_subcommand("check", "parse and lint the configuration, run the policies' own tests");
  add_config_option(*command, check->config_file);
  command->add_option("--user", check->user, "whom the daemon runs as")->capture_default_str();
  command->add_flag("--json", check->json, "one JSON object for each problem");
  command->callback([check, &status] { status = run_check(*check); });
}

void add_test(CLI::App& app, int& status) {
  const auto test = std::make_shared<TestOptions>();
  CLI::App* command = app.add_subcommand("test", "play scenario files");
  add_config_option(*command, test->config_file);
  command->add_flag("--coverage", test->coverage, "name the rules that no scenario reaches");
  command->add_flag("--json", test->json, "one JSON object for each scenario");
  command->add_option("FILE", test->files, "scenario files")->required();
  command->callback([test, &status] { status = run_test(*test); });
}

void add_explain(CLI::App& app, int& status) {
  const auto explain = std::make_shared<ExplainOptions>();
  CLI::App* command =
      app.add_subcommand("explain", "decide about one message as the daemon would, and say why");
  add_config_option(*command, explain->config_file);
  command->add_option("--client", explain->client, "IP address of the SMTP client")->required();
  command->add_option("--helo", explain->helo, "its HELO or EHLO name")->required();
  command->add_option("--mail-from", explain->mail_from, "MAIL FROM address; <> for none")->required();
  command->add_option("--rcpt", explain->rcpt_to, "RCPT TO address; may be repeated")
      ->required()
      ->allow_extra_args(false);
  command->add_option("--dns", explain->zone_file,
                      "YAML file with the DNS records to use in place of live DNS");
  add_now_option(*command, explain->now, "decide as at this time, 2030-01-15T12:00:00Z");
  command->add_flag("--json", explain->json, "one JSON object");
  command->add_option("MESSAGE", explain->message_file, "message file; - for standard input")->required();
  command->callback([explain, &status] { status = run_explain(*explain); });
}

void add_lists_command(CLI::App& app, int& status) {
  struct Options {
    std::string config_file;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("lists", "every guarded address, and what mail there is taken for");
  add_config_option(*command, options->config_file);
  command->add_flag("--json", options->json, "one JSON object for each address");
  command->callback([options, &status] { status = run_lists(options->config_file, options->json); });
}

}  // namespace

void add_decision_commands(CLI::App& app, int& status) {
  add_check_site(app, status);
  add_test(app, status);
  add_explain(app, status);
  add_lists_command(app, status);
}

}  // namespace ccgate
