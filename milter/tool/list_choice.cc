#include "milter/tool/list_choice.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "policy/text/issue.h"
#include "policy/text/terminal_text.h"

namespace ccgate {

std::string chosen_list(const std::string& asked, const std::vector<std::string>& lists) {
  const auto complain = [](const std::string& what) {
    std::fprintf(stderr, "ccgate: %s\n", shown(what).c_str());
  };
  const bool is_one = std::find(lists.begin(), lists.end(), asked) != lists.end();
  if (!asked.empty() && (lists.empty() || is_one)) return asked;
  if (asked.empty() && lists.size() == 1) return lists.front();
  if (asked.empty()) {
    complain(lists.empty() ? "which list? say --list NAME" : "there are several lists: say --list NAME");
  } else {
    const std::string meant = did_you_mean(asked, lists);
    complain(fmt::format("no list `{}` in the configuration{}{}", asked, meant.empty() ? "" : "; ", meant));
  }
  return "";
}

}  // namespace ccgate
