// policy/verdict/fact_source.h: where conditions find the values of facts.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>

#include "policy/rules/condition.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// A truth with the trouble behind an `unknown`.
struct TruthValue {
  Truth truth = Truth::no;
  Ground trouble = Ground::dns_trouble;  ///< meaningful for unknown only
  friend bool operator==(const TruthValue&, const TruthValue&) = default;
};

/// What conditions look at, for one ccTLD (or none) of one request.
class FactSource {
 public:
  FactSource() = default;
  FactSource(const FactSource&) = delete;
  FactSource& operator=(const FactSource&) = delete;
  virtual ~FactSource() = default;

  /// A truth, a number (counts; seconds), or words (several where the fact has several values). Whatever the
  /// type of the fact, an unknown is a TruthValue.
  using Value = std::variant<TruthValue, std::int64_t, std::set<std::string>>;
  [[nodiscard]] virtual Value value(Fact fact) const = 0;

  /// Of a fact whose type is `truth`; unknown for any other.
  [[nodiscard]] TruthValue truth(Fact fact) const;
  /// The truth of one condition, with the trouble behind an unknown.
  [[nodiscard]] TruthValue test(const Condition& condition) const;

 private:
  [[nodiscard]] TruthValue test_fact(const Condition& condition) const;
};

}  // namespace ccgate
