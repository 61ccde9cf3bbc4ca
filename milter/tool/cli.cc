#include "milter/tool/cli.h"

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "milter/system/timestamp.h"
#include "policy/text/issue.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

/// `a, b and c`
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

bool takes_addresses(const CLI::App& app) {
  return app.get_option_no_throw("ADDRESS") != nullptr;
}

}  // namespace

bool has_unknown_word(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* level = &app;
  std::string path = "ccgate";
  for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
    const auto subcommands = level->get_subcommands([](const CLI::App*) { return true; });
    if (subcommands.empty()) return false;  // what follows is of the subcommand
    std::vector<std::string> known;
    const CLI::App* next = nullptr;
    for (const CLI::App* each : subcommands) {
      if (!each->get_group().empty()) known.push_back(each->get_name());
      if (each->get_name() == argv[i]) next = each;
    }
    if (next == nullptr) {
      if (takes_addresses(*level) && std::string_view(argv[i]).find('@') != std::string_view::npos)
        return false;
      const std::string meant = did_you_mean(argv[i], known);
      std::fprintf(stderr, "%s: unknown subcommand `%s`; there are %s%s%s\n", path.c_str(),
                   shown(argv[i]).c_str(), listed(known).c_str(), meant.empty() ? "" : ". ", meant.c_str());
      return true;
    }
    level = next;
    path += " " + next->get_name();
  }
  return false;
}

void refuse_options_before_subcommand(CLI::App& group) {
  group.parse_complete_callback([&group] {
    const auto chosen = group.get_subcommands();
    if (chosen.empty()) return;
    for (const CLI::Option* option : group.get_options())
      if (option->count() > 0)
        throw CLI::ValidationError(
            option->get_name(),
            fmt::format("stands before `{}`, which has options of its own: write it behind",
                        chosen.front()->get_name()));
  });
}

CLI::Validator one_of(std::vector<std::string> words) {
  std::string choices;
  for (const std::string& each : words) choices += (choices.empty() ? "{" : ",") + each;
  const auto fault = [words = std::move(words)](const std::string& word) -> std::string {
    if (std::find(words.begin(), words.end(), word) != words.end()) return "";
    std::string help = did_you_mean(word, words);
    if (help.empty())
      for (const std::string& each : words) help += (help.empty() ? "there are " : ", ") + each;
    return shown(fmt::format("no such word as `{}`; {}", word, help));
  };
  return {fault, choices + "}"};
}

std::string meant_option(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* level = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    std::vector<std::string> known;
    for (const CLI::App* each : level->get_subcommands([](const CLI::App*) { return true; }))
      if (each->get_name() == word) level = each;
    if (!word.starts_with("--")) continue;
    for (const CLI::Option* each : level->get_options())
      for (const std::string& name : each->get_lnames()) known.push_back("--" + name);
    const std::string name = word.substr(0, word.find('='));
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string meant = did_you_mean(name, known);
    return meant.empty() ? "" : shown(fmt::format("unknown option `{}`; {}", name, meant));
  }
  return "";
}

int end_of_parsing(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  constexpr int kUsage = 2;
  const std::string meant = error.get_exit_code() == 0 ? "" : meant_option(app, argc, argv);
  if (meant.empty()) return app.exit(error) == 0 ? 0 : kUsage;
  std::fprintf(stderr, "%s: %s\nRun with --help for more information.\n", app.get_name().c_str(),
               meant.c_str());
  return kUsage;
}

void add_now_option(CLI::App& app, std::optional<std::int64_t>& now, const std::string& help) {
  app.add_option_function<std::string>(
      "--now",
      [&now](const std::string& text) {
        now = parse_timestamp(text);
        if (!now) throw CLI::ValidationError("--now", "wants a time like 2030-01-15T12:00:00Z");
      },
      help);
}

}  // namespace ccgate
