// milter/store/report_store.h: what a report on a list asks of the ledger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "milter/store/report_records.h"
#include "milter/store/store_part.h"

namespace ccgate {

/// Of one list, from `since` to `until`, both included.
struct ReportSpan {
  std::string list;
  std::int64_t since = 0;
  std::int64_t until = 0;
};

/// For whoever tells how far a list has come. Changes nothing; of an entry it reads the little that it needs.
class ReportStore : public virtual StorePart {
 public:
  /// Of each of these author domains, as DKIM or SPF prove it, the newest `most` requests to subscribe that
  /// were let through, asked or held, and the newest `most` that were not. So nobody hides what another
  /// wrote.
  [[nodiscard]] virtual std::vector<RequestSeen> requests_of_domains(const ReportSpan& span,
                                                                     const std::vector<std::string>& domains,
                                                                     std::size_t most) = 0;
  /// The requests to subscribe among the newest `most` decisions about each of these ccTLDs. What names
  /// several of them may come several times.
  [[nodiscard]] virtual std::vector<RequestSeen> requests_for_cctlds(const ReportSpan& span,
                                                                     const std::vector<std::string>& cctlds,
                                                                     std::size_t most) = 0;
  [[nodiscard]] virtual std::vector<Question> questions_about(
      const std::vector<std::string>& request_keys) = 0;
  /// All invitations, reviews and notes, by time.
  [[nodiscard]] virtual std::vector<OutreachStep> outreach_steps(const ReportSpan& span) = 0;
  /// By verdict and ground.
  [[nodiscard]] virtual std::vector<DecisionCount> count_decisions(const ReportSpan& span) = 0;
};

}  // namespace ccgate
