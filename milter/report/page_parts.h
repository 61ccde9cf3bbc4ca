// milter/report/page_parts.h: the parts of the page, from top to bottom.
#pragma once

#include "milter/report/html_writer.h"
#include "milter/report/report_data.h"

namespace ccgate {

/// How many there are, and how many of each state.
void write_numbers(HtmlWriter& html, const Report& report);
void write_regions(HtmlWriter& html, const Coverage& coverage);
/// A tile for each ccTLD, all of one size: islands are not lost, and no border is drawn.
void write_tiles(HtmlWriter& html, const Coverage& coverage);
void write_follow_ups(HtmlWriter& html, const std::vector<FollowUp>& rows);
/// A row for each ccTLD.
void write_cctlds(HtmlWriter& html, const Coverage& coverage, bool people);
void write_decisions(HtmlWriter& html, const std::vector<DecisionMonth>& months);
/// What the words mean.
void write_words(HtmlWriter& html);

/// The letter of a state on its tile, and the class of its colours.
[[nodiscard]] std::string_view letter_of(CoverageState state);
[[nodiscard]] std::string class_of(CoverageState state);
/// Of the row of a ccTLD, for links to it.
[[nodiscard]] std::string anchor_of(const Domain& cctld);

}  // namespace ccgate
