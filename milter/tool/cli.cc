#include "milter/tool/cli.h"

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <cstdio>

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
