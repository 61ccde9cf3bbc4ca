// milter/tool/completion.h: completion of half-typed words in a shell, from the table that --help prints.
#pragma once

#include <optional>
#include <string>

#include "policy/text/enum_words.h"

namespace CLI {
class App;
}

namespace ccgate {

enum class Shell { bash, zsh, fish };
template <>
struct EnumWords<Shell> {
  using enum Shell;
  static constexpr auto table = word_table<Shell>({
      {bash, "bash"},
      {zsh, "zsh"},
      {fish, "fish"},
  });
};

/// The script that teaches `shell` the subcommands of `app`, their options, and the words that an option can
/// have; elsewhere it offers files. `app` has its subcommands; its name is that of the program.
[[nodiscard]] std::string completion_script(const CLI::App& app, Shell shell);

/// `completion SHELL`, a subcommand that prints the script; for who packages, so no help names it.
void add_completion_command(CLI::App& app, int& status);
/// `--completion SHELL`, the same for a program without subcommands. `wanted` outlives the parsing.
void add_completion_option(CLI::App& app, std::optional<Shell>& wanted);

}  // namespace ccgate
