// milter/coverage/request_standing.h: how far a ccTLD has come by what was asked for it. Strangers do not
// paint the map: only what the registry wrote counts, and what may be a forgery is marked.
#pragma once

#include <optional>
#include <vector>

#include "milter/coverage/coverage_input.h"
#include "milter/coverage/standing.h"

namespace ccgate {

/// Who a request is from, as far as one ccTLD is concerned.
enum class Standpoint {
  registry,  ///< of its contact, or of the registry's mail domain, by DKIM or SPF
  maybe,     ///< likewise, but anybody could have written it
  stranger,
};
[[nodiscard]] Standpoint standpoint_of(const RequestSeen& request, const Directory& directory,
                                       const Domain& cctld);

/// What the requests for one ccTLD come to; `in progress` or `refused`, nullopt: neither. `requests`: those
/// that name it, not later than `at`.
[[nodiscard]] std::optional<Standing> request_standing(const std::vector<const RequestSeen*>& requests,
                                                       const std::vector<Question>& questions,
                                                       const Directory& directory, const Domain& cctld,
                                                       std::int64_t at);

/// When the registry last wrote, proven; 0: it did not.
[[nodiscard]] std::int64_t last_word(const std::vector<const RequestSeen*>& requests,
                                     const Directory& directory, const Domain& cctld);

}  // namespace ccgate
