// milter/tool/output.h: what all subcommands print.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "policy/text/issue.h"

namespace ccgate {

/// To standard output.
void put(std::string_view text);

/// One object a line; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_line(const nlohmann::ordered_json& json);

/// As text to standard error, or as JSON lines to standard output.
void report(const Issues& issues, bool json);

}  // namespace ccgate
