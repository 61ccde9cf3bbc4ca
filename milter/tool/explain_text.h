// milter/tool/explain_text.h: an explanation as people read it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace ccgate {

/// Lines of text for a terminal, made harmless, of what milter/decision/explain.h gives. Of another shape, as
/// in a ledger that another program wrote, what is missing is left out.
[[nodiscard]] std::string explain_text(const nlohmann::ordered_json& explanation);

}  // namespace ccgate
