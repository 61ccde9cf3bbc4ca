// milter/store/removal.h: who is no member of a list any more, as the task that tells the hook `removed`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/store/member_records.h"
#include "milter/store/records.h"

namespace ccgate {

/// One address without any membership of its list left.
struct Removal {
  std::string id;  ///< what ended it, where that is a decision or a review; else a name of its own
  std::vector<std::string> cctlds;    ///< those whose membership ended now; A-labels, sorted
  std::string address;                ///< folded
  std::string email;                  ///< as written
  std::string name;                   ///< may be empty
  std::vector<std::string> begun_by;  ///< decisions that had let it in
  friend bool operator==(const Removal&, const Removal&) = default;
};

/// `rows`: of one list and address, ended at once, the last of them in row `number`. The task is of no
/// decision: it is gone as soon as it is done, with whom it names.
[[nodiscard]] Task removal_task(const std::vector<Member>& rows, std::int64_t number, std::int64_t now);
/// nullopt: no such payload.
[[nodiscard]] std::optional<Removal> read_removal(std::string_view payload);

}  // namespace ccgate
