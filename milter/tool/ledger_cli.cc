#include "milter/tool/ledger_cli.h"

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <ctime>
#include <limits>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/ledger_tool.h"
#include "milter/tool/moment.h"
#include "policy/names/cctld.h"
#include "policy/request/request.h"
#include "policy/rules/policy.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

/// What was typed, before it is known to mean something.
struct Typed {
  std::string list, cctld, verdict, author, request, since, until;
  std::size_t limit = 100;
  std::optional<std::int64_t> now;
};

[[noreturn]] void refuse(const char* option, const std::string& what) {
  throw CLI::ValidationError(option, shown(what));
}

std::vector<std::string> verdict_words() {
  std::vector<std::string> words;
  for (const Decision each : {Decision::accept, Decision::ask, Decision::hold, Decision::tempfail,
                              Decision::discard, Decision::reject})
    words.emplace_back(to_string(each));
  return words;
}

std::vector<std::string> request_words() {
  std::vector<std::string> words;
  for (const RequestKind each : {RequestKind::subscribe, RequestKind::unsubscribe, RequestKind::confirm,
                                 RequestKind::other, RequestKind::owner, RequestKind::post})
    words.emplace_back(to_string(each));
  words.insert(words.end(),
               {"review", "repository", "invite", "note", "follow_up"});  // what ccgate or its operator does
  return words;
}

std::optional<std::int64_t> moment(const char* option, const std::string& text, std::int64_t now) {
  if (text.empty()) return std::nullopt;
  const auto time = parse_moment(text, now);
  if (!time) refuse(option, "wants a time like 2030-01-15T12:00:00Z, or how long ago, like 7d");
  return time;
}

LedgerFilter filter_of(const Typed& typed) {
  LedgerFilter filter;
  if (!typed.list.empty()) filter.list = typed.list;
  if (!typed.cctld.empty()) {
    const auto label = parse_cctld(typed.cctld);
    if (!label) refuse("--cctld", fmt::format("`{}` is no ccTLD", typed.cctld));
    filter.cctld = label->ascii();
  }
  if (!typed.verdict.empty()) filter.verdict = typed.verdict;
  if (!typed.request.empty()) filter.request = typed.request;
  if (!typed.author.empty()) {
    const auto author = Address::parse(typed.author);
    if (!author) refuse("--author", fmt::format("`{}` is no address", typed.author));
    filter.author = author->key();
  }
  const std::int64_t now = typed.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
  filter.since = moment("--since", typed.since, now);
  filter.until = moment("--until", typed.until, now);
  filter.limit = typed.limit != 0 ? typed.limit : std::numeric_limits<std::int64_t>::max();
  return filter;
}

void add_log(CLI::App& app, int& status) {
  struct Options {
    LogQuery log;
    Typed typed;
  };
  const auto options = std::make_shared<Options>();
  Typed& typed = options->typed;
  CLI::App* command = app.add_subcommand("log", "the decisions of the past, the newest last");
  const CLI::Option* config = add_store_options(*command, options->log.source);
  command->add_option("--list", typed.list, "of this list");
  command->add_option("--cctld", typed.cctld, "about this ccTLD, in any spelling");
  command->add_option("--verdict", typed.verdict, "accept, ask, hold, tempfail, discard or reject")
      ->check(one_of(verdict_words()));
  command->add_option("--author", typed.author, "of mail from this address");
  command->add_option("--request", typed.request, "subscribe, unsubscribe, confirm or other")
      ->check(one_of(request_words()));
  command->add_option("--since", typed.since, "from this time on: 2030-01-15T12:00:00Z, or 7d ago");
  command->add_option("--until", typed.until, "up to this time");
  command->add_option("--limit", typed.limit, "the newest so many; 0 for all")->capture_default_str();
  command->add_flag("--json", options->log.json, "one JSON object for each decision");
  command->add_flag("--follow", options->log.follow, "go on with new ones as they are made");
  command
      ->add_option_function<std::string>(
          "--group-by",
          [log = &options->log](const std::string& word) { log->group = parse_word<LedgerGroup>(word); },
          "count them, by ground, cctld, author_domain or day")
      ->check(one_of(words_of<LedgerGroup>()));
  add_now_option(*command, typed.now, "count `7d` from this time, 2030-01-15T12:00:00Z");
  command->callback([options, config, &status] {
    options->log.source.config_given = config->count() > 0;
    if (options->log.follow && !options->typed.until.empty())
      refuse("--follow", "goes on with what is new; leave out --until");
    if (options->log.follow && options->log.group)
      refuse("--group-by", "counts what is there; leave out --follow");
    options->log.filter = filter_of(options->typed);
    status = run_log(options->log);
  });
}

void add_show_decision(CLI::App& app, int& status) {
  struct Options {
    LedgerSource source;
    std::string id, log_file;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("show", "one decision of the past, why, and what followed");
  const CLI::Option* config = add_store_options(*command, options->source);
  command->add_flag("--json", options->json, "one JSON object");
  command->add_option("--log", options->log_file,
                      "look into this log in place of the store; - is standard input");
  command
      ->add_option("ID", options->id,
                   "its id, as in log and reply, the first characters of it, or a text that has it")
      ->required();
  command->callback([options, config, &status] {
    options->source.config_given = config->count() > 0;
    status = run_show(options->source, options->id, options->log_file, options->json);
  });
}

}  // namespace

CLI::Option* add_store_options(CLI::App& app, LedgerSource& source) {
  source.config_file = kDefaultConfig;
  CLI::Option* config =
      app.add_option("-c,--config", source.config_file, "configuration, ccgate.yaml(5), that names the store")
          ->capture_default_str();
  app.add_option("--store", source.store, "URL of the store; without -c no configuration is read then");
  return config;
}

void add_ledger_commands(CLI::App& app, int& status) {
  add_log(app, status);
  add_show_decision(app, status);
}

}  // namespace ccgate
