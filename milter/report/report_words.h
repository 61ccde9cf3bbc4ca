// milter/report/report_words.h: what texts, JSON and page of a report say in the same words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "milter/coverage/coverage.h"

namespace ccgate {

/// `21 of 309`.
[[nodiscard]] std::string share_text(const Share& share);
/// `1 person`, `34 people`.
[[nodiscard]] std::string people_text(std::size_t people);
/// `.fr`; an IDN ccTLD as a U-label.
[[nodiscard]] std::string dotted_label(const Domain& cctld);
/// The marks in words. Without `people`, of an operator's reason only that there was one.
[[nodiscard]] std::vector<std::string> shown_marks(const Standing& standing, bool people);
[[nodiscard]] std::string comma_list(const std::vector<std::string>& words);

/// What others wrote, in one line of a bearable length.
[[nodiscard]] std::string brief(std::string_view text);

/// What a state and a mark mean, for those who read the report.
[[nodiscard]] std::string meaning(CoverageState state);
[[nodiscard]] std::string meaning(CoverageMark mark);
[[nodiscard]] std::string region_name(Region region);

}  // namespace ccgate
