// milter/tool/cli.h: the command line of the operator's tool. Each group of subcommands registers itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
class Validator;
}  // namespace CLI

namespace ccgate {

inline constexpr auto kDefaultConfig = "/etc/ccgate/ccgate.yaml";

/// Tells on standard error of a first word, or a word behind that of a group, that is no subcommand, before
/// any option is missed. An address is none where the group takes one itself.
[[nodiscard]] bool has_unknown_word(const CLI::App& app, int argc, const char* const* argv);

/// A group that does something by itself too: none of its own options may stand before a subcommand, which
/// would not see it. Call it when `group` has all its options.
void refuse_options_before_subcommand(CLI::App& group);

/// For an option whose value is one of `words`; another is an error that tells the nearest, or all of them.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// `unknown option ...; did you mean ...?` of the first option in `argv` that is none of `app`, where one is
/// near; else "". Only what could not be parsed is worth asking: a value may look like an option.
[[nodiscard]] std::string meant_option(const CLI::App& app, int argc, const char* const* argv);

/// Tells why the command line was not taken, or what was asked for, and gives the exit status.
int end_of_parsing(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv);

/// `--now TIME`: `now` must outlive the parsing.
void add_now_option(CLI::App& app, std::optional<std::int64_t>& now, const std::string& help);

}  // namespace ccgate
