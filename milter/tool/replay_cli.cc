#include "milter/tool/replay_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/moment.h"
#include "milter/tool/replay_tool.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

struct TypedReplay {
  ReplayOptions replay;
  std::string since, until;
  std::optional<std::int64_t> now;
};

std::int64_t replay_moment(const char* option, const std::string& text, std::int64_t now) {
  const auto time = parse_moment(text, now);
  if (!time)
    throw CLI::ValidationError(option, "wants a time like 2030-01-15T12:00:00Z, or how long ago, like 7d");
  return *time;
}

}  // namespace

void add_replay_command(CLI::App& app, int& status) {
  constexpr std::int64_t kDays = 30;
  const auto typed = std::make_shared<TypedReplay>();
  ReplayOptions& replay = typed->replay;
  CLI::App* command =
      app.add_subcommand("replay", "what the rules of today, or of a file, would have made of the ledger");
  const CLI::Option* config = add_store_options(*command, replay.source);
  command->add_option("--policy", replay.policy_file, "decide by this policy in place of the list's");
  command->add_option("--list", replay.list, "of this list");
  command->add_option("--since", typed->since,
                      "from this time on: 2030-01-15T12:00:00Z, or 7d ago; else 30d");
  command->add_option("--until", typed->until, "up to this time");
  command->add_flag("--expect-same", replay.expect_same, "1 when something changes");
  command->add_flag("--json", replay.json, "one JSON object for each that changes, and one for their number");
  add_now_option(*command, typed->now, "count `7d` from this time, 2030-01-15T12:00:00Z");
  command->callback([typed, config, &status] {
    ReplayOptions& options = typed->replay;
    options.source.config_given = config->count() > 0;
    const std::int64_t now = typed->now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
    options.filter.since =
        typed->since.empty() ? now - kDays * kDaySeconds : replay_moment("--since", typed->since, now);
    if (!typed->until.empty()) options.filter.until = replay_moment("--until", typed->until, now);
    status = run_replay(options);
  });
}

}  // namespace ccgate
