// milter/metrics/series.h: every series of the metrics page in one table: what the page, the man page, the
// alerts and the tests share.
#pragma once

#include <span>
#include <string_view>

namespace ccgate {

/// In the order of the page.
enum class Metric {
  build_info,
  start_time,
  processes,
  sessions_open,
  sessions,
  messages,
  decisions,
  requests,
  internal_errors,
  dkim_signatures,
  spf_results,
  alignment,
  end_of_message,
  dns_questions,
  dns_answers,
  dns_time,
  store_up,
  store_errors,
  store_time,
  outbox_tasks,
  outbox_oldest,
  outbox_tries,
  questions_open,
  contacts_age,
  contacts_max_age,
  contacts_cctlds,
  contacts_anomalies,
  contacts_unusable,
  config_reloads,
  config_reload_ok,
  config_reload_time,
  config_reload_took,
};

struct Series {
  Metric metric;
  std::string_view name;
  std::string_view type;    ///< counter, gauge or histogram, as the text format of Prometheus has them
  std::string_view labels;  ///< their names, with blanks between
  std::string_view help;    ///< one line
};
/// At the place of its metric.
[[nodiscard]] std::span<const Series> all_series() noexcept;
[[nodiscard]] const Series& series_of(Metric metric) noexcept;

}  // namespace ccgate
