// milter/decision/basis_json.h: what a judgement was reached on <-> what the ledger keeps of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "policy/verdict/basis.h"

namespace ccgate {

/// Facts are written `dkim_aligned=yes contact_age=86400`, an unknown with its trouble, words with `%` for
/// what could be taken for a sign between them.
[[nodiscard]] nlohmann::ordered_json basis_json(const JudgementBasis& basis);
/// nullopt: it is none, or has something that is not known here and could matter. Facts that are not known
/// here are left out.
[[nodiscard]] std::optional<JudgementBasis> parse_basis(const nlohmann::ordered_json& json);

}  // namespace ccgate
