#include "milter/tool/contacts_cli.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "milter/iana/ask.h"
#include "milter/tool/cli.h"
#include "milter/tool/contacts_fetch.h"
#include "milter/tool/contacts_tool.h"

namespace ccgate {
namespace {

/// The options that say where the data is, for whoever reads it.
CLI::Option* add_source_options(CLI::App& app, ContactsSource& source) {
  source.config_file = kDefaultConfig;
  CLI::Option* config =
      app.add_option("-c,--config", source.config_file, "configuration, ccgate.yaml(5), that names the files")
          ->capture_default_str();
  app.add_option("--file", source.file, "contacts.json to read; without -c no configuration is read then");
  app.add_option("--overrides", source.overrides, "registries.yaml to read");
  add_now_option(app, source.now, "count ages as at this time, 2030-01-15T12:00:00Z");
  return config;
}

void add_show(CLI::App& contacts, int& status) {
  struct Options {
    ContactsSource source;
    std::string what;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = contacts.add_subcommand("show", "all ccTLDs as a table, or all about one of them");
  const CLI::Option* config = add_source_options(*command, options->source);
  command->add_flag("--json", options->source.json, "one JSON object a line");
  command->add_option("WHAT", options->what, "a ccTLD (fr, .FR, xn--p1ai), or the address of a contact");
  command->callback([options, config, &status] {
    options->source.config_given = config->count() > 0;
    status = run_contacts_show(options->source, options->what);
  });
}

void add_diff(CLI::App& contacts, int& status) {
  struct Options {
    std::string before, after;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = contacts.add_subcommand(
      "diff", "what changed between two files; exit status as diff(1): 0 nothing, 1 something, 3 trouble");
  command->add_flag("--json", options->json, "one JSON object for each difference");
  command->add_option("OLD", options->before, "contacts.json of before")->required();
  command->add_option("NEW", options->after, "contacts.json of after")->required();
  command->callback(
      [options, &status] { status = run_contacts_diff(options->before, options->after, options->json); });
}

void add_check(CLI::App& contacts, int& status) {
  const auto source = std::make_shared<ContactsSource>();
  CLI::App* command = contacts.add_subcommand(
      "check", "tell what is stale, doubtful or not needed; 1 for errors and anomalies");
  const CLI::Option* config = add_source_options(*command, *source);
  command->add_flag("--json", source->json, "one JSON object for each finding");
  command->callback([source, config, &status] {
    source->config_given = config->count() > 0;
    status = run_contacts_check(*source);
  });
}

void add_fetch(CLI::App& contacts, int& status) {
  const auto options = std::make_shared<FetchOptions>();
  options->config_file = kDefaultConfig;
  CLI::App* command = contacts.add_subcommand(
      "fetch",
      "ask IANA and renew contacts.json; 1 when a ccTLD could not be read, 3 when none could be asked");
  const CLI::Option* config = command
                                  ->add_option("-c,--config", options->config_file,
                                               "configuration, ccgate.yaml(5), that names the file")
                                  ->capture_default_str();
  CLI::Option* only =
      command->add_option("--only", options->only, "these ccTLDs alone, as in fr,re")->delimiter(',');
  command->add_option("--source", options->source, "where to ask: rdap or whois")
      ->check(one_of(words_of<IanaSource>()))
      ->capture_default_str();
  command->add_flag("--cross-check", options->cross_check,
                    "ask WHOIS too; an address that differs is an anomaly");
  command->add_option("--base", options->base, "URL of the RDAP service, https only")->capture_default_str();
  command->add_option("--whois-server", options->whois_server, "HOST:PORT of the WHOIS service")
      ->capture_default_str();
  command->add_option("--ca-file", options->ca_file, "certificates (PEM) in place of the system's");
  command->add_option("--resolve", options->resolve, "HOST:PORT:ADDRESS in place of DNS; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--rate", options->rate, "questions a second, at most")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  command->add_option("--retries", options->retries, "further tries where one may help")
      ->check(CLI::Range(0, 20))
      ->capture_default_str();
  command->add_option("--timeout", options->timeout, "longest wait for one answer, in seconds")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  command->add_option("-o,--output", options->output,
                      "contacts.json to renew; else the one of the configuration");
  command
      ->add_option("--tlds", options->root_zone,
                   "IANA's tlds-alpha-by-domain.txt in place of the built-in list")
      ->excludes(only);
  command->add_flag("--accept-large-change", options->accept_large_change,
                    "write the file though more than 5 % of the ccTLDs changed or are gone");
  command->add_flag("--adopt", options->adopt,
                    "contacts that nobody was seen before count as known since IANA's date");
  command->add_flag("--json", options->json, "one JSON object for each ccTLD");
  add_now_option(*command, options->now, "date the run as of this time, 2030-01-15T12:00:00Z");
  command->callback([options, config, &status] {
    options->config_given = config->count() > 0;
    status = run_contacts_fetch(*options);
  });
}

}  // namespace

void add_contacts_commands(CLI::App& app, int& status) {
  CLI::App& contacts =
      *app.add_subcommand("contacts", "the contacts of the ccTLDs: fetch them, look at them, compare, check");
  contacts.require_subcommand(1);
  add_fetch(contacts, status);
  add_show(contacts, status);
  add_diff(contacts, status);
  add_check(contacts, status);
}

}  // namespace ccgate
