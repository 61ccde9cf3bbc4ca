// milter/store/report_records.h: what a report takes from the ledger: of each decision the little that it
// needs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ccgate {

/// One decision on a request to subscribe. Members as in LedgerEntry.
struct RequestSeen {
  std::string id;
  std::int64_t decided = 0;
  std::vector<std::string> cctlds;
  std::string author;         ///< folded; anybody can write it
  std::string author_domain;  ///< empty unless DKIM or SPF says that it is
  std::string verdict;
  std::string ground;
  std::string rule;
  std::string request_key;
  bool observed = false;
  friend bool operator==(const RequestSeen&, const RequestSeen&) = default;
};

/// What ccgate or its operator did about some ccTLDs: an entry of request `invite`, `review` or `note`.
struct OutreachStep {
  std::string id;
  std::int64_t at = 0;
  std::string request;  ///< `invite`, `review` or `note`
  /// Of a note `decline`, when they said that they will not come; of an invitation that is repeated
  /// `remind 1` for the first time, and so on; of one that an operator wanted whatever they said, `again`.
  std::string rule;
  std::vector<std::string> cctlds;
  std::int64_t bounced = 0;  ///< when the mail came back or was given up; 0: neither
  std::string to = {};       ///< whom it was mailed to, as its entry has it; empty: nobody, or not told
  std::int64_t number = 0;   ///< of its entry: rises with each, whatever the clock says
  friend bool operator==(const OutreachStep&, const OutreachStep&) = default;
};

/// How many decisions of one kind there were.
struct DecisionCount {
  std::string verdict;
  std::string ground;
  std::int64_t count = 0;
  friend bool operator==(const DecisionCount&, const DecisionCount&) = default;
};

}  // namespace ccgate
