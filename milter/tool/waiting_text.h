// milter/tool/waiting_text.h: what waits for somebody: questions, and held mail.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "milter/store/status_store.h"

namespace ccgate {

/// `3 days`, `5 h`, `20 min`: whole ones, nothing below 0.
[[nodiscard]] std::string waited_text(std::int64_t seconds);

/// Aligned columns with a head; each line begins with `indent`.
[[nodiscard]] std::string questions_table(const std::vector<Question>& questions, std::int64_t now,
                                          const std::string& indent = "");
[[nodiscard]] nlohmann::ordered_json question_json(const Question& question);

/// The command of Postfix that lets it go; empty where its queue id is not known.
[[nodiscard]] std::string release_command(const HeldMail& mail);
[[nodiscard]] std::string held_table(const std::vector<HeldMail>& held, std::int64_t now,
                                     const std::string& indent = "");
[[nodiscard]] nlohmann::ordered_json held_json(const HeldMail& mail);

}  // namespace ccgate
