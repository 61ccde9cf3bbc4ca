// milter/outbox/hook.h: a program of the operator's, told of a decision (HOOKS in ccgate-milter(8)).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "milter/site/config.h"
#include "milter/store/records.h"
#include "milter/store/removal.h"
#include "milter/system/program.h"

namespace ccgate {

/// What the program reads: one JSON object and a line end. `event`: `accepted` or `objected`.
[[nodiscard]] std::string hook_input(std::string_view event, const LedgerEntry& entry,
                                     const ListConfig& list);
/// The same of somebody who is no member any more: `removed`.
[[nodiscard]] std::string removal_input(const Removal& removal, const ListConfig& list, std::int64_t now);

struct HookResult {
  enum class Outcome {
    done,
    failed,  ///< may work when it is tried again
    never,   ///< the program says that it will not
    stopped
  };
  Outcome outcome = Outcome::failed;
  std::string why;  ///< for the log: how it ended, and the beginning of what it wrote; one line
};
/// Blocks until it ended, see run_program.
[[nodiscard]] HookResult run_hook(const std::vector<std::string>& argv, std::string_view input,
                                  const ProgramLimits& limits, std::stop_token stop,
                                  const RunProgram& run = run_program);

}  // namespace ccgate
