#include "milter/tool/completion.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "milter/tool/cli.h"
#include "milter/tool/output.h"

namespace ccgate {
namespace {

struct Word {
  std::string name, help;
};
struct Option {
  std::vector<std::string> names;  // with their dashes
  std::string help;
  bool has_value = false;
  std::vector<std::string> choices;  // of the value; empty: any, as a file
};
/// What can stand behind the program's name and some subcommands.
struct Level {
  std::string path;  // "/contacts/fetch"; empty at the top
  std::vector<Word> commands;
  std::vector<Option> options;
};

/// `{a,b}` in the name of a type.
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> choices;
  const std::size_t begin = type.find('{'), end = type.find('}', begin);
  if (begin == std::string::npos || end == std::string::npos) return choices;
  std::string_view rest = std::string_view(type).substr(begin + 1, end - begin - 1);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    choices.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return choices;
}

void add_levels(const CLI::App& app, const std::string& path, std::vector<Level>& levels) {
  Level level{path, {}, {}};
  const auto shown = [](const CLI::App* each) { return !each->get_group().empty(); };
  for (const CLI::Option* each : app.get_options([](const CLI::Option* o) { return !o->get_positional(); })) {
    if (each->get_group().empty()) continue;
    Option option{{}, each->get_description(), each->get_items_expected_max() > 0, {}};
    for (const std::string& name : each->get_snames()) option.names.push_back("-" + name);
    for (const std::string& name : each->get_lnames()) option.names.push_back("--" + name);
    if (option.has_value) option.choices = choices_of(each->get_type_name());
    level.options.push_back(std::move(option));
  }
  const auto subcommands = app.get_subcommands(shown);
  for (const CLI::App* each : subcommands)
    level.commands.push_back(Word{each->get_name(), each->get_description()});
  levels.push_back(std::move(level));
  for (const CLI::App* each : subcommands) add_levels(*each, path + "/" + each->get_name(), levels);
}

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// In single quotes; `quote` is what stands for one of them inside.
std::string in_quotes(std::string_view text, std::string_view quote = "'\\''") {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += quote;
    else
      out += c;
  }
  return out + "'";
}

/// The pattern of a `case` that knows every path.
std::string paths(const std::vector<Level>& levels, const char* between) {
  std::vector<std::string> all;
  for (const Level& level : levels)
    if (!level.path.empty()) all.push_back(in_quotes(level.path));
  return all.empty() ? "'/'" : joined(all, between);
}

std::string function_name(const std::string& program) {
  std::string name = "_" + program;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

/// The arms of `case "$prev"` that offer the values of options.
std::string value_arms(const Level& level, const char* choices, const char* files) {
  std::string arms;
  for (const Option& option : level.options) {
    if (!option.has_value) continue;
    const std::string offer =
        option.choices.empty() ? files : fmt::format(fmt::runtime(choices), joined(option.choices));
    arms += fmt::format("    {}) {}; return ;;\n", joined(option.names, " | "), offer);
  }
  return arms;
}

std::string for_bash(const std::string& program, const std::vector<Level>& levels) {
  const std::string function = function_name(program);
  std::string out = fmt::format(
      "# bash completion for {0}\n"
      "{1}() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} path= words= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$path/${{COMP_WORDS[i]}}\" in\n"
      "    {2}) path=\"$path/${{COMP_WORDS[i]}}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  compopt -o filenames 2> /dev/null\n"
      "  case \"$path\" in\n",
      program, function, paths(levels, " | "));
  for (const Level& level : levels) {
    std::vector<std::string> options, commands;
    for (const Option& option : level.options)
      options.insert(options.end(), option.names.begin(), option.names.end());
    for (const Word& command : level.commands) commands.push_back(command.name);
    out += fmt::format("  {})\n    case \"$prev\" in\n", in_quotes(level.path));
    out += value_arms(level, "mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\")",
                      "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")");
    out += fmt::format("    esac\n    words={}\n    [[ $cur == -* ]] && words={} ;;\n",
                       in_quotes(joined(commands)), in_quotes(joined(options)));
  }
  out += fmt::format(
      "  esac\n"
      "  if [[ -n $words ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
      "  fi\n"
      "}}\n"
      "complete -F {} {}\n",
      function, program);
  return out;
}

/// `name:help` for _describe, where a colon ends the name.
std::string described(const std::string& name, const std::string& help) {
  std::string safe;
  for (const char c : name) {
    if (c == ':') safe += '\\';
    safe += c;
  }
  return in_quotes(safe + ":" + help);
}

std::string for_zsh(const std::string& program, const std::vector<Level>& levels) {
  std::string out = fmt::format(
      "#compdef {0}\n"
      "# zsh completion for {0}\n"
      "local place= word prev=$words[CURRENT-1]\n"
      "local -a commands options\n"
      "for word in ${{words[2,CURRENT-1]}}; do\n"
      "  case \"$place/$word\" in\n"
      "  {1}) place=\"$place/$word\" ;;\n"
      "  esac\n"
      "done\n"
      "case \"$place\" in\n",
      program, paths(levels, " | "));
  for (const Level& level : levels) {
    out += fmt::format("{})\n  case \"$prev\" in\n", in_quotes(level.path));
    out += value_arms(level, "compadd -- {}", "_files");
    out += "  esac\n  commands=(\n";
    for (const Word& command : level.commands) out += "    " + described(command.name, command.help) + "\n";
    out += "  )\n  options=(\n";
    for (const Option& option : level.options)
      for (const std::string& name : option.names) out += "    " + described(name, option.help) + "\n";
    out += "  ) ;;\n";
  }
  out +=
      "esac\n"
      "if [[ $PREFIX == -* ]]; then\n"
      "  _describe option options\n"
      "elif (( $#commands )); then\n"
      "  _describe command commands\n"
      "else\n"
      "  _files\n"
      "fi\n";
  return out;
}

std::string for_fish(const std::string& program, const std::vector<Level>& levels) {
  const auto fish_quoted = [](std::string_view text) { return in_quotes(text, "\\'"); };
  const std::string function = "_" + function_name(program) + "_place";
  std::string out = fmt::format(
      "# fish completion for {0}\n"
      "function {1}\n"
      "    set -l place ''\n"
      "    for word in (commandline -opc)[2..-1]\n"
      "        switch \"$place/$word\"\n"
      "            case {2}\n"
      "                set place \"$place/$word\"\n"
      "        end\n"
      "    end\n"
      "    echo \"$place\"\n"
      "end\n",
      program, function, paths(levels, " "));
  for (const Level& level : levels) {
    const std::string here =
        fmt::format("complete -c {} -n {}", program,
                    in_quotes(fmt::format("test \"$({})\" = \"{}\"", function, level.path)));
    for (const Word& command : level.commands)
      out += fmt::format("{} -f -a {} -d {}\n", here, fish_quoted(command.name), fish_quoted(command.help));
    for (const Option& option : level.options) {
      out += here;
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.choices.empty())
        out += " -x -a " + fish_quoted(joined(option.choices));
      else if (option.has_value)
        out += " -r";
      out += " -d " + fish_quoted(option.help) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string completion_script(const CLI::App& app, Shell shell) {
  std::vector<Level> levels;
  add_levels(app, "", levels);
  switch (shell) {
    case Shell::bash:
      return for_bash(app.get_name(), levels);
    case Shell::zsh:
      return for_zsh(app.get_name(), levels);
    case Shell::fish:
      return for_fish(app.get_name(), levels);
  }
  return "";
}

void add_completion_command(CLI::App& app, int& status) {
  CLI::App* command = app.add_subcommand("completion", "print the completion for a shell")->group("");
  command
      ->add_option_function<std::string>(
          "SHELL",
          [&app, &status](const std::string& word) {
            put(completion_script(app, *parse_word<Shell>(word)));
            status = 0;
          },
          "bash, zsh or fish")
      ->check(one_of(words_of<Shell>()))
      ->required();
}

void add_completion_option(CLI::App& app, std::optional<Shell>& wanted) {
  app.add_option_function<std::string>(
         "--completion", [&wanted](const std::string& word) { wanted = *parse_word<Shell>(word); },
         "print the completion for a shell")
      ->check(one_of(words_of<Shell>()))
      ->group("");
}

}  // namespace ccgate
