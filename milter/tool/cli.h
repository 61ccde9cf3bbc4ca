// milter/tool/cli.h: the command line of the operator's tool. Each group of subcommands registers itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace ccgate {

inline constexpr auto kDefaultConfig = "/etc/ccgate/ccgate.yaml";

/// Tells on standard error of a first word, or a word behind that of a group, that is no subcommand, before
/// any option is missed. An address is none where the group takes one itself.
[[nodiscard]] bool has_unknown_word(const CLI::App& app, int argc, const char* const* argv);

/// A group that does something by itself too: none of its own options may stand before a subcommand, which
/// would not see it. Call it when `group` has all its options.
void refuse_options_before_subcommand(CLI::App& group);

/// `--now TIME`: `now` must outlive the parsing.
void add_now_option(CLI::App& app, std::optional<std::int64_t>& now, const std::string& help);

}  // namespace ccgate
