#include "milter/members/manager_roster.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "milter/members/member_text.h"
#include "policy/text/issue_sink.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::string_view kOfDump = "email ";
constexpr std::string_view kMark = "\xef\xbb\xbf";

/// Each line of `text` without its end, with its number.
template <class Work>
void each_line(std::string_view text, const Work& work) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    work(trim(text.substr(0, end)), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool is_dump(std::string_view text) {
  bool found = false;
  each_line(text, [&](std::string_view line, std::size_t) { found = found || line.starts_with(kOfDump); });
  return found;
}

/// What stands in the last angle brackets, or all of it.
std::string_view mailbox_in(std::string_view line) {
  if (!line.ends_with('>')) return line;
  const std::size_t open = line.rfind('<');
  return open == std::string_view::npos ? line : line.substr(open + 1, line.size() - open - 2);
}

}  // namespace

std::optional<std::set<Address>> read_manager_roster(std::string_view text, std::string_view file,
                                                     Issues& issues) {
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  IssueSink sink{std::string(file), text, issues};
  std::set<Address> roster;
  const bool dump = is_dump(text);
  each_line(text, [&](std::string_view line, std::size_t number) {
    if (line.empty() || line.starts_with('#') || sink.is_full({number, 1})) return;
    if (dump) {
      if (!line.starts_with(kOfDump)) return;
      line = trim(line.substr(kOfDump.size()));
    }
    if (auto address = Address::parse(mailbox_in(line)))
      roster.insert(std::move(*address));
    else
      sink.error({number, 1}, fmt::format("`{}` is no address of a member", shown(line)),
                 "one a line, as `mailman members` prints them");
  });
  if (sink.failed()) return std::nullopt;
  return roster;
}

RosterComparison compare_roster(const std::vector<Member>& members, const std::set<Address>& roster,
                                const std::set<Address>& bouncing, std::int64_t now) {
  RosterComparison comparison;
  std::set<Address> vouched;
  for (const Member& member : in_member_order(members)) {
    const auto address = Address::parse(member.address);
    if (address) vouched.insert(*address);
    if (!address || !roster.contains(*address)) {
      if (member.since + kTimeToJoin < now)
        comparison.missing.push_back(member);
      else
        ++comparison.joining;
    } else if (bouncing.contains(*address)) {
      comparison.bouncing.push_back(member);
    }
  }
  std::set_difference(roster.begin(), roster.end(), vouched.begin(), vouched.end(),
                      std::back_inserter(comparison.unvouched));
  return comparison;
}

std::size_t count_people(const std::vector<Member>& members) {
  std::set<std::string_view> addresses;
  for (const Member& member : members) addresses.insert(member.address);
  return addresses.size();
}

bool is_doubtful(const RosterComparison& comparison, const std::vector<Member>& members,
                 std::size_t on_roster) {
  constexpr std::size_t kParts = 20;
  const std::size_t missing = count_people(comparison.missing), people = count_people(members);
  if (on_roster == 0) return true;
  return missing > 0 && (2 * missing >= people || (missing > 1 && missing > people / kParts));
}

}  // namespace ccgate
