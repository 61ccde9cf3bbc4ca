// milter/tool/list_choice.h: which list a subcommand is about.
#pragma once

#include <string>
#include <vector>

namespace ccgate {

/// What was asked for, or the only one of `lists`; where these are not known, whatever was asked for. Empty
/// after telling on standard error why there is none.
[[nodiscard]] std::string chosen_list(const std::string& asked, const std::vector<std::string>& lists);

}  // namespace ccgate
