// milter/report/page_growth.h: how the list grew, drawn.
#pragma once

#include "milter/report/html_writer.h"
#include "milter/report/report_data.h"

namespace ccgate {

/// An SVG with steps for ccTLDs, registries and invitations up to the time of the report, and the same as a
/// table. However many steps there are, no more are drawn than can be seen.
void write_growth(HtmlWriter& html, const Report& report);

}  // namespace ccgate
