#include "milter/members/repository_text.h"

#include <algorithm>
#include <set>
#include <utility>

#include "milter/members/member_export.h"
#include "milter/members/member_text.h"
#include "milter/notice/plain_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostChanges = 500;
constexpr std::size_t kLongestWords = 200;  // characters of a name or a phone

using MemberKey = std::pair<std::string, std::string>;  // ccTLD, address

/// `.xa Anne Example <anne@nic.xa>`
std::string who_changed(const Member& member) {
  const std::string name = member_text(member.name);
  const std::string email = member_text(member.email);
  std::string text = member_label(member) + " " + (email.empty() ? "somebody" : name);
  if (!email.empty()) text += (name.empty() ? "" : " ") + ("<" + email + ">");
  return text;
}

void add_changes(std::vector<std::string>& lines, const char* what, const std::vector<Member>& members) {
  std::size_t told = 0;
  for (const Member& member : in_member_order(members)) {
    if (told == kMostChanges) {
      lines.push_back(what + ("and " + std::to_string(members.size() - told) + " more"));
      return;
    }
    lines.push_back(what + who_changed(member));
    ++told;
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

RepositoryLines repository_lines(std::vector<Member> rows, std::int64_t since) {
  for (Member& row : rows) {
    row.name = plain_words(row.name, kLongestWords);
    row.phone = is_plain_phone(row.phone) ? row.phone : plain_words(row.phone, kLongestWords);
  }
  std::set<MemberKey> before, now;
  std::set<std::string> people;
  std::vector<Member> members;
  for (const Member& row : rows) {
    const MemberKey key{row.cctld, row.address};
    if (row.since < since && (row.ended == 0 || row.ended >= since)) before.insert(key);
    if (row.ended != 0) continue;
    now.insert(key);
    people.insert(row.address);
    members.push_back(row);
  }
  std::vector<Member> joined, left, renewed;
  for (const Member& row : rows) {
    const MemberKey key{row.cctld, row.address};
    if (row.ended == 0 && row.since >= since && !before.contains(key)) joined.push_back(row);
    if (row.ended >= since && row.ended != 0 && row.since < since && !now.contains(key)) left.push_back(row);
    if (row.ended == 0 && row.since < since && row.checked >= since) renewed.push_back(row);
  }
  RepositoryLines lines;
  add_changes(lines.changes, "joined:    ", joined);
  add_changes(lines.changes, "left:      ", left);
  add_changes(lines.changes, "confirmed: ", renewed);
  if (lines.changes.empty()) lines.changes.emplace_back("nothing changed");
  lines.members = lines_of(members_plain(members));
  lines.count = people.size();
  return lines;
}

}  // namespace ccgate
