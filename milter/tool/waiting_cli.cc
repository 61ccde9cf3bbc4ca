#include "milter/tool/waiting_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/members/member_text.h"
#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/waiting_tool.h"

namespace ccgate {
namespace {

struct TypedWaiting {
  WaitingSource from;
  std::string id, why;
  std::optional<std::int64_t> now;
};

const CLI::Option* add_waiting_options(CLI::App& command, TypedWaiting& typed) {
  const CLI::Option* config = add_store_options(command, typed.from.source);
  command.add_flag("--json", typed.from.json, "one JSON object a line");
  add_now_option(command, typed.now, "as if it were this time, 2030-01-15T12:00:00Z");
  return config;
}

WaitingSource waiting_source(const TypedWaiting& typed, const CLI::Option* config) {
  WaitingSource from = typed.from;
  from.source.config_given = config->count() > 0;
  from.now = typed.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
  return from;
}

void add_ask(CLI::App& app, int& status) {
  CLI::App* ask = app.add_subcommand("ask", "questions that wait for an answer");
  ask->require_subcommand(1);
  const auto listed = std::make_shared<TypedWaiting>();
  CLI::App* list = ask->add_subcommand("list", "those that wait, the oldest first");
  const CLI::Option* list_config = add_waiting_options(*list, *listed);
  list->callback(
      [listed, list_config, &status] { status = run_ask_list(waiting_source(*listed, list_config)); });

  const auto resent = std::make_shared<TypedWaiting>();
  CLI::App* resend = ask->add_subcommand("resend", "mail a question once more");
  const CLI::Option* resend_config = add_waiting_options(*resend, *resent);
  resend->add_option("ID", resent->id, "of the question, or of the decision that asked")->required();
  resend->callback([resent, resend_config, &status] {
    status = run_ask_resend(waiting_source(*resent, resend_config), resent->id);
  });

  const auto cancelled = std::make_shared<TypedWaiting>();
  CLI::App* cancel = ask->add_subcommand("cancel", "take a question back: no answer counts any more");
  const CLI::Option* cancel_config = add_waiting_options(*cancel, *cancelled);
  cancel->add_option("--why", cancelled->why, "why, for those who look later")
      ->required()
      ->check(CLI::Validator(
          [](const std::string& why) { return member_text(why).empty() ? "wants a reason" : ""; }, ""));
  cancel->add_option("ID", cancelled->id, "of the question, or of the decision that asked")->required();
  cancel->callback([cancelled, cancel_config, &status] {
    status = run_ask_cancel(waiting_source(*cancelled, cancel_config), cancelled->id, cancelled->why);
  });
}

void add_held_mail(CLI::App& app, int& status) {
  CLI::App* held = app.add_subcommand("held", "mail that was put in the hold queue");
  held->require_subcommand(1);
  const auto listed = std::make_shared<TypedWaiting>();
  CLI::App* list = held->add_subcommand("list", "what is held, and the command that lets it go");
  const CLI::Option* list_config = add_waiting_options(*list, *listed);
  list->callback(
      [listed, list_config, &status] { status = run_held_list(waiting_source(*listed, list_config)); });

  const auto released = std::make_shared<TypedWaiting>();
  CLI::App* release = held->add_subcommand("release", "record that it is held no more");
  const CLI::Option* release_config = add_waiting_options(*release, *released);
  release->add_option("--why", released->why, "what became of it, for those who look later");
  release->add_option("ID", released->id, "of the decision, or in the queue")->required();
  release->callback([released, release_config, &status] {
    status = run_held_release(waiting_source(*released, release_config), released->id, released->why);
  });
}

}  // namespace

void add_waiting_commands(CLI::App& app, int& status) {
  add_ask(app, status);
  add_held_mail(app, status);
}

}  // namespace ccgate
