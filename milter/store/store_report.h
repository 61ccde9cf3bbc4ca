// milter/store/store_report.h: what a report asks of the ledger, in SQL.
#pragma once

#include "milter/store/report_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlReport : public virtual ReportStore {
 public:
  explicit SqlReport(SqlDatabase& database) : database_(database) {}

  std::vector<RequestSeen> requests_of_domains(const ReportSpan& span,
                                               const std::vector<std::string>& domains,
                                               std::size_t most) override;
  std::vector<RequestSeen> requests_for_cctlds(const ReportSpan& span, const std::vector<std::string>& cctlds,
                                               std::size_t most) override;
  std::vector<Question> questions_about(const std::vector<std::string>& request_keys) override;
  std::vector<OutreachStep> outreach_steps(const ReportSpan& span) override;
  std::vector<DecisionCount> count_decisions(const ReportSpan& span) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
