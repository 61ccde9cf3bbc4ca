// tests/chaos/visitor.h: requests brought one by one, while the store is in trouble.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/chaos/site.h"

namespace ccgate {

class Visitor {
 public:
  explicit Visitor(StormSite& site) : site_(site) {}

  /// Brings request `number` to the first daemon: `accepted`, `451 4.3.0 ...`, or whatever it says.
  std::string bring(std::size_t number);
  /// Brings it until the answer is another than 451, for some seconds.
  std::string bring_until_answered(std::size_t number);
  /// A post to the list: `untouched`, or what happened to it.
  [[nodiscard]] std::string post() const;
  /// After settle(): everything that was accepted is in the ledger, and its notice came; nothing else did.
  [[nodiscard]] std::vector<std::string> faults() const;

 private:
  StormSite& site_;
  std::vector<Answered> answered_;
};

}  // namespace ccgate
