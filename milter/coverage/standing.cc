#include "milter/coverage/standing.h"

#include <fmt/core.h>

namespace ccgate {

std::vector<std::string> mark_words(const Standing& standing) {
  std::vector<std::string> words;
  if (!standing.ground.empty()) words.push_back(standing.ground);
  for (const CoverageMark mark : standing.marks) words.emplace_back(to_string(mark));
  if (standing.reminders != 0) words.push_back(fmt::format("reminded {}", standing.reminders));
  if (!standing.ended_by.empty()) words.push_back(fmt::format("ended by {}", standing.ended_by));
  return words;
}

}  // namespace ccgate
