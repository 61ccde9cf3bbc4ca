// milter/tool/report_tool.h: `ccgate report`, how far a list has come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/tool/ledger_input.h"
#include "policy/registry/region.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class ReportTopic { coverage, follow_up, decisions };
template <>
struct EnumWords<ReportTopic> {
  using enum ReportTopic;
  static constexpr auto table = word_table<ReportTopic>({
      {coverage, "coverage"},
      {follow_up, "follow-up"},
      {decisions, "decisions"},
  });
};

enum class ReportForm { text, json, html };

struct ReportOptions {
  LedgerSource source;
  std::string list;  ///< empty: the only one of the configuration
  ReportTopic topic = ReportTopic::coverage;
  ReportForm form = ReportForm::text;
  std::optional<Region> region;  ///< not with html
  std::string file;              ///< empty: standard output
  bool people = false;           ///< names people, where the configuration does not say so anyway
  std::int64_t at = 0;           ///< seconds since 1970
};
/// 0; 1 bad configuration, no store or no such list; 3 a file or the store cannot be read or written.
[[nodiscard]] int run_report(const ReportOptions& options);

/// `report.file` of the configuration, for this list.
[[nodiscard]] std::string report_file_of(std::string pattern, const std::string& list);

}  // namespace ccgate
