// policy/verdict/request_facts.h: what a decision asks of one request, whoever has it: a message that is
// there, or a record of one.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "policy/rules/policy.h"
#include "policy/verdict/fact_source.h"

namespace ccgate {

class RequestFacts {
 public:
  RequestFacts() = default;
  RequestFacts(const RequestFacts&) = delete;
  RequestFacts& operator=(const RequestFacts&) = delete;
  virtual ~RequestFacts() = default;

  /// What was read of it; members as in Request.
  struct Asked {
    RequestKind kind = RequestKind::other;
    bool unknown = false;  ///< not all of its ccTLDs are known
    std::string unknown_word = {};
    bool contradiction = false;
  };
  [[nodiscard]] virtual Asked asked() const = 0;
  /// Those that it is for, as `policy` takes it.
  [[nodiscard]] virtual std::set<Domain> cctlds(const Policy& policy) const = 0;
  /// For one of them, or, for nullptr, for none; null: it is not known here.
  [[nodiscard]] virtual std::unique_ptr<FactSource> about(const Policy& policy,
                                                          const Domain* cctld) const = 0;
  /// For replies; nullptr: there is none.
  [[nodiscard]] virtual const CcTld* record(const Domain& cctld) const = 0;
  /// To an author whose mail is not authenticated.
  [[nodiscard]] virtual Reply unauthenticated_reply() const = 0;
};

}  // namespace ccgate
