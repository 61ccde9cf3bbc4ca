// milter/members/repository_text.h: who is on a list and what changed, as lines for its members. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "milter/store/member_records.h"

namespace ccgate {

struct RepositoryLines {
  std::vector<std::string> changes;  ///< who joined, left, was confirmed anew; one line where nobody did
  std::vector<std::string> members;  ///< ccTLDs in the order of in_member_order, below each its people
  std::size_t count = 0;             ///< of people who are members
};

/// `rows`: of one list, those that ended too. Changes: from `since` on. Of who was forgotten only the ccTLD
/// is told. Who left and came back for the same ccTLD is not told as either. Names and phones have nothing
/// that a mail program makes a link of: the mail comes from the list's owner, and they from anybody.
[[nodiscard]] RepositoryLines repository_lines(std::vector<Member> rows, std::int64_t since);

}  // namespace ccgate
