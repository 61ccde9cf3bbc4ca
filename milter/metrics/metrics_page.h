// milter/metrics/metrics_page.h: what was counted, as Prometheus reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "milter/metrics/metrics.h"

namespace ccgate {

inline constexpr std::string_view kMetricsPageType = "text/plain; version=0.0.4; charset=utf-8";

/// The text format of Prometheus, version 0.0.4: each series of all_series() with its help and type, whether
/// or not it has values, in that order. `now`: seconds since 1970, for ages. Of lists, at most
/// CountedLists::kMost and `other`.
[[nodiscard]] std::string metrics_page(const Metrics& metrics, std::int64_t now, std::string_view version);

/// As the value of a label is written between its quotes.
[[nodiscard]] std::string escaped_label(std::string_view value);

}  // namespace ccgate
