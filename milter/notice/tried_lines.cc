#include "milter/notice/tried_lines.h"

#include "milter/notice/shown_value.h"
#include "policy/verdict/advice.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestTried = 300;

/// Who outside can be told by a mail to the contact; empty: others have to do it.
std::string whom_outside(Whom whom, const std::string& author) {
  if (whom == Whom::author) return author;
  return whom == Whom::author_mail_admin ? "the mail administrator of " + author : "";
}

}  // namespace

std::vector<std::string> tried_lines(const LedgerEntry& entry, const TriedRequest& tried,
                                     const std::string& contact) {
  const AdviceNames names{entry.author.empty() ? "the author" : entry.author, contact,
                          entry.cctlds.empty() ? "" : entry.cctlds.front(), entry.rule};
  const Advice advice = advice_of(tried.ground);
  std::vector<std::string> lines{
      "A request for " + shown_cctlds(entry.cctlds, false) + " of " + shown_time(entry.decided) +
      " was not let in: " + plain_sentence(advice_text(advice.why, names), kLongestTried) + "."};
  if (tried.unproven) lines.emplace_back("Nobody knows whether they wrote it: anybody could have.");
  const std::size_t before = lines.size();
  for (const Advice::Tell& tell : advice.tell) {
    const std::string whom = whom_outside(tell.whom, names.author);
    if (whom.empty()) continue;
    lines.push_back("What " + plain_sentence(whom, kLongestTried) +
                    " can do: " + plain_sentence(advice_text(tell.what, names), kLongestTried) + ".");
  }
  if (lines.size() == before)
    lines.emplace_back("Send it again. If that does not help, write to the owner of the list.");
  return lines;
}

}  // namespace ccgate
