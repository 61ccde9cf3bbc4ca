// policy/verdict/evaluate.h: the decision.
#pragma once

#include "policy/verdict/facts.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

class RequestFacts;

/// Decides what becomes of one request under `policy`.
///
/// Guards first, then the rules of the request's kind, first match wins, once per ccTLD; the strictest
/// decision holds. A condition that is unknown where it would decide ends in tempfail. Kinds that no rule
/// names are let through, except subscribe, which gets the default. The copy that a contact got is what the
/// author announced, not proof that it was delivered.
///
/// Pure: equal arguments give equal verdicts. Every input has a verdict; throws nothing of its own.
[[nodiscard]] Verdict evaluate(const Policy& policy, const Directory& directory, const Facts& facts,
                               const Evidence& evidence);
/// The same of a request, wherever it is from.
[[nodiscard]] Verdict evaluate(const Policy& policy, const RequestFacts& request);

/// The strictest decision of `per_cctld`, of equal ones the first. At least one.
[[nodiscard]] Verdict strictest(std::vector<CcTldVerdict> per_cctld);

/// The verdict of a built-in guard.
[[nodiscard]] Verdict refuse(const Fault& fault);

}  // namespace ccgate
