#include "milter/tool/outreach_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/outreach_tool.h"

namespace ccgate {
namespace {

/// What all of them take.
struct TypedOutreach {
  OutreachSource from;
  std::optional<std::int64_t> now;
};

const CLI::Option* add_outreach_source(CLI::App& command, TypedOutreach& typed) {
  const CLI::Option* config = add_store_options(command, typed.from.source);
  command.add_option("--list", typed.from.list, "the list; needless where there is only one");
  add_now_option(command, typed.now, "as if it were this time, 2030-01-15T12:00:00Z");
  return config;
}

OutreachSource source_of(const TypedOutreach& typed, const CLI::Option* config) {
  OutreachSource source = typed.from;
  source.source.config_given = config->count() > 0;
  source.now = typed.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
  return source;
}

struct NextOptions {
  TypedOutreach typed;
  bool json = false;
};

const CLI::Option* add_next_options(CLI::App& command, NextOptions& options) {
  const CLI::Option* config = add_outreach_source(command, options.typed);
  command.add_flag("--json", options.json, "one JSON object a line");
  return config;
}

void add_outreach_invite(CLI::App& outreach, int& status) {
  struct Options {
    TypedOutreach typed;
    OutreachInvitation invitation;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      outreach.add_subcommand("invite", "invite contacts: of these ccTLDs, or those who come next");
  const CLI::Option* config = add_outreach_source(*command, options->typed);
  CLI::Option* next =
      command->add_option("--next", options->invitation.next, "so many of those who come next")
          ->check(CLI::Range(1, 1000));
  command->add_flag("--again", options->invitation.again,
                    "even if they declined, left, were invited, or mail came back");
  command->add_flag("--dry-run", options->invitation.dry_run, "tell what would be done, and do nothing");
  command->add_option("CCTLD", options->invitation.cctlds, "in any spelling")->excludes(next);
  command->callback([options, config, &status] {
    if (options->invitation.again && options->invitation.cctlds.empty())
      throw CLI::ValidationError("--again", "wants the ccTLDs");
    options->invitation.from = source_of(options->typed, config);
    status = run_outreach_invite(options->invitation);
  });
}

void add_outreach_note(CLI::App& outreach, int& status, bool declines) {
  struct Options {
    TypedOutreach typed;
    OutreachNote note;
  };
  const auto options = std::make_shared<Options>();
  options->note.declines = declines;
  CLI::App* command =
      declines ? outreach.add_subcommand("decline", "record that they told a person that they will not come")
               : outreach.add_subcommand("note", "record what is to be known of a ccTLD");
  const CLI::Option* config = add_outreach_source(*command, options->typed);
  command->add_option("CCTLD", options->note.cctld, "in any spelling")->required();
  if (declines)
    command->add_option("--why", options->note.text, "why, for those who look later")->required();
  else
    command->add_option("TEXT", options->note.text, "one line, for those who look later")->required();
  command->callback([options, config, &status] {
    options->note.from = source_of(options->typed, config);
    status = run_outreach_note(options->note);
  });
}

}  // namespace

void add_outreach_commands(CLI::App& app, int& status) {
  const auto options = std::make_shared<NextOptions>();
  CLI::App* outreach =
      app.add_subcommand("outreach", "those who are not on the list: whom to invite, notes on them");
  outreach->require_subcommand(0, 1);
  const CLI::Option* config = add_next_options(*outreach, *options);
  refuse_options_before_subcommand(*outreach);
  outreach->callback([outreach, options, config, &status] {
    if (outreach->get_subcommands().empty())
      status = run_outreach_next(source_of(options->typed, config), options->json);
  });
  const auto of_next = std::make_shared<NextOptions>();
  CLI::App* next = outreach->add_subcommand("next", "whom to invite and remind next, and why the others not");
  const CLI::Option* config_of_next = add_next_options(*next, *of_next);
  next->callback([of_next, config_of_next, &status] {
    status = run_outreach_next(source_of(of_next->typed, config_of_next), of_next->json);
  });
  add_outreach_invite(*outreach, status);
  add_outreach_note(*outreach, status, false);
  add_outreach_note(*outreach, status, true);
}

}  // namespace ccgate
