#include "milter/tool/members_cli.h"

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/members/member_text.h"
#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/members_tool.h"
#include "policy/names/address.h"
#include "policy/names/cctld.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

/// What was typed, before it is known to mean something.
struct TypedMember {
  LedgerSource source;
  std::string list, cctld, address;
  std::optional<std::int64_t> now;
};

[[noreturn]] void refuse_member(const char* option, const std::string& what) {
  throw CLI::ValidationError(option, shown(what));
}

MemberFilter filter_of(const TypedMember& typed) {
  MemberFilter filter;
  if (!typed.list.empty()) filter.list = typed.list;
  if (!typed.cctld.empty()) {
    const auto label = parse_cctld(typed.cctld);
    if (!label) refuse_member("--cctld", fmt::format("`{}` is no ccTLD", typed.cctld));
    filter.cctld = label->ascii();
  }
  if (!typed.address.empty()) {
    const auto address = Address::parse(typed.address);
    if (!address) refuse_member("ADDRESS", fmt::format("`{}` is no address", typed.address));
    filter.address = address->key();
  }
  return filter;
}

std::int64_t now_of(const TypedMember& typed) {
  return typed.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
}

CLI::Option* add_show_options(CLI::App& command, TypedMember& typed, MembersShow& show) {
  CLI::Option* config = add_store_options(command, typed.source);
  command.add_option("--list", typed.list, "of this list");
  command.add_option("--cctld", typed.cctld, "for this ccTLD, in any spelling");
  command.add_option("ADDRESS", typed.address, "with this address");
  command.add_flag("--ended", show.filter.ended, "those who are no members any more too");
  add_now_option(command, typed.now, "marks as at this time");
  command
      .add_option_function<std::string>(
          "--as", [&show](const std::string& word) { show.form = *parse_word<MembersForm>(word); },
          "table, csv, vcf, json or text")
      ->check(one_of(words_of<MembersForm>()));
  return config;
}

void run_show(MembersShow show, TypedMember typed, const CLI::Option* config, int& status) {
  if (show.filter.ended && show.form != MembersForm::table && show.form != MembersForm::json)
    refuse_member("--ended", "table and json tell who is no member any more, the other forms do not");
  typed.source.config_given = config->count() > 0;
  const bool ended = show.filter.ended;
  show.source = typed.source;
  show.filter = filter_of(typed);
  show.filter.ended = ended;
  show.now = now_of(typed);
  status = run_members_show(show);
}

struct ShowOptions {
  MembersShow show;
  TypedMember typed;
};

void add_members_show(CLI::App& members, int& status) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* command = members.add_subcommand("show", "who is on the list, and for which ccTLD");
  const CLI::Option* config = add_show_options(*command, options->typed, options->show);
  command->callback([options, config, &status] { run_show(options->show, options->typed, config, status); });
}

void add_members_import(CLI::App& members, int& status) {
  struct Options {
    TypedMember typed;
    MembersImport import;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = members.add_subcommand("import", "take up members from a file, all of them or none");
  const CLI::Option* config = add_store_options(*command, options->typed.source);
  command->add_option("--list", options->typed.list, "the list; needless where there is only one");
  command->add_flag("--dry-run", options->import.dry_run, "tell what would be done, and do nothing");
  command
      ->add_option("FILE", options->import.file,
                   "with a first line cctld,name,email,phone; - is standard input")
      ->required();
  add_now_option(*command, options->typed.now, "who has no date is a member from this time on");
  command->callback([options, config, &status] {
    options->typed.source.config_given = config->count() > 0;
    options->import.source = options->typed.source;
    options->import.list = options->typed.list;
    options->import.now = now_of(options->typed);
    status = run_members_import(options->import);
  });
}

void add_members_compare(CLI::App& members, int& status) {
  struct Options {
    TypedMember typed;
    MembersComparison comparison;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = members.add_subcommand(
      "compare", "hold the members against what the list manager prints; 0 nothing, 1 something differs");
  const CLI::Option* config = add_store_options(*command, options->typed.source);
  command->add_option("--list", options->typed.list, "the list; needless where there is only one");
  command->add_option("--bouncing", options->comparison.bouncing_file, "to whom mail comes back, as FILE");
  command->add_flag("--apply", options->comparison.apply, "end memberships of who is not on the list");
  command->add_option("FILE", options->comparison.file, "an address on each line; - is standard input")
      ->required();
  add_now_option(*command, options->typed.now, "compare as at this time");
  command->callback([options, config, &status] {
    options->typed.source.config_given = config->count() > 0;
    options->comparison.source = options->typed.source;
    options->comparison.list = options->typed.list;
    options->comparison.now = now_of(options->typed);
    status = run_members_compare(options->comparison);
  });
}

void add_members_remove(CLI::App& members, int& status) {
  struct Options {
    TypedMember typed;
    MembersRemoval removal;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = members.add_subcommand("remove", "end memberships, by address, by ccTLD, or by both");
  const CLI::Option* config = add_store_options(*command, options->typed.source);
  command->add_option("--list", options->typed.list, "the list; needless where there is only one");
  command->add_option("--cctld", options->typed.cctld, "of this ccTLD, in any spelling");
  command->add_option("--why", options->removal.why, "why, for those who look later")
      ->required()
      ->check(CLI::Validator(
          [](const std::string& why) { return member_text(why).empty() ? "wants a reason" : ""; }, ""));
  command->add_flag("--dry-run", options->removal.dry_run, "tell who it would be, and do nothing");
  command->add_option("ADDRESS", options->typed.address, "of this address");
  add_now_option(*command, options->typed.now, "they end at this time");
  command->callback([options, config, &status] {
    options->typed.source.config_given = config->count() > 0;
    if (options->typed.address.empty() && options->typed.cctld.empty())
      refuse_member("ADDRESS", "wants an address, or --cctld, or both");
    options->removal.source = options->typed.source;
    options->removal.filter = filter_of(options->typed);
    options->removal.now = now_of(options->typed);
    status = run_members_remove(options->removal);
  });
}

void add_members_forget(CLI::App& members, int& status) {
  const auto options = std::make_shared<TypedMember>();
  CLI::App* command = members.add_subcommand(
      "forget", "end all memberships of somebody, on every list, and take out who it was");
  const CLI::Option* config = add_store_options(*command, options->source);
  command->add_option("ADDRESS", options->address, "of this address")->required();
  add_now_option(*command, options->now, "they end at this time");
  command->callback([options, config, &status] {
    options->source.config_given = config->count() > 0;
    status = run_members_forget(options->source, *filter_of(*options).address, now_of(*options));
  });
}

}  // namespace

void add_members_commands(CLI::App& app, int& status) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* members = app.add_subcommand(
      "members", "who is on the list: show them, take them up from a file, remove, forget");
  members->require_subcommand(0, 1);
  const CLI::Option* config = add_show_options(*members, options->typed, options->show);
  refuse_options_before_subcommand(*members);
  members->callback([members, options, config, &status] {
    if (members->get_subcommands().empty()) run_show(options->show, options->typed, config, status);
  });
  add_members_show(*members, status);
  add_members_import(*members, status);
  add_members_compare(*members, status);
  add_members_remove(*members, status);
  add_members_forget(*members, status);
}

}  // namespace ccgate
