#include "milter/tool/doctor_cli.h"

#include <CLI/CLI.hpp>

#include <memory>

#include "milter/evidence/spf.h"
#include "milter/tool/cli.h"
#include "milter/tool/doctor_tool.h"

namespace ccgate {

void add_doctor_command(CLI::App& app, int& status) {
  const auto doctor = std::make_shared<DoctorOptions>();
  doctor->config_file = kDefaultConfig;
  CLI::App* command = app.add_subcommand(
      "doctor", "look at the whole site as it runs, and tell every problem with what to do");
  command->add_option("-c,--config", doctor->config_file, "configuration, ccgate.yaml(5)")
      ->capture_default_str();
  command->add_option("--user", doctor->user, "whom the daemon runs as")->capture_default_str();
  command->add_option("--runtime", doctor->status_folder, "folder where the daemon writes its state")
      ->capture_default_str();
  command->add_option("--postfix-config", doctor->postfix.config, "folder of Postfix's main.cf");
  command->add_option("--postconf", doctor->postfix.postconf, "the program postconf of this Postfix");
  command->add_option("--sendmail-cf", doctor->sendmail_cf, "Sendmail's sendmail.cf");
  command
      ->add_option("--address", doctor->own_addresses,
                   "IP address that mail of this machine comes from; may be repeated")
      ->check([](const std::string& text) {
        return ClientAddress::parse(text) ? std::string() : "wants an IPv4 or IPv6 address";
      })
      ->allow_extra_args(false);
  command->add_option_function<std::string>(
      "--send-to",
      [doctor](const std::string& text) {
        doctor->send_to = Address::parse(text);
        if (!doctor->send_to) throw CLI::ValidationError("--send-to", "wants one plain address");
      },
      "send one mail there, whose header shows whether ours are authenticated");
  add_now_option(*command, doctor->now, "as if it were this time, 2030-01-15T12:00:00Z");
  command->add_flag("-q,--quiet", doctor->quiet, "tell only what is not as it should be");
  command->add_flag("--json", doctor->json, "one JSON object for each look");
  command->callback([doctor, &status] { status = run_doctor(*doctor); });
}

}  // namespace ccgate
