// milter/store/store_error.h: a store that did not do what was asked.
#pragma once

#include <stdexcept>
#include <string>

namespace ccgate {

/// The store could not do what was asked, and did nothing of it, unless `in_doubt`: the connection broke
/// while a commit was under way, and only asking again tells.
class StoreError : public std::runtime_error {
 public:
  StoreError(const std::string& what, bool in_doubt) : std::runtime_error(what), in_doubt_(in_doubt) {}
  [[nodiscard]] bool in_doubt() const noexcept { return in_doubt_; }

 private:
  bool in_doubt_;
};

}  // namespace ccgate
