#include "milter/tool/members_table.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "milter/contacts/contact_words.h"
#include "milter/members/member_text.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;
using MemberCells = std::array<std::string, 7>;

ReviewState state_of(const Member& member, const ReviewsByList& reviews, std::int64_t now) {
  const auto of_list = reviews.find(member.list);
  if (of_list != reviews.end())
    return review_state(member, of_list->second.questions, of_list->second.times, now);
  return member.checked == 0 ? ReviewState::unchecked : ReviewState::fresh;
}

std::string marks_of(const Member& member, ReviewState state) {
  std::vector<std::string> marks;
  if (member.ended != 0)
    marks.push_back("ended " + day_text(member.ended) + " (" + shown(member.ended_by) + ")");
  if (member.ended == 0 && state != ReviewState::fresh) marks.emplace_back(to_string(state));
  if (member.ended == 0 && member.bouncing != 0) marks.emplace_back("bouncing");
  return with_commas(marks);
}

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

Json json_moment(std::int64_t time) {
  return json_time(time == 0 ? std::nullopt : std::optional(time));
}

}  // namespace

std::string members_table(const std::vector<Member>& members, const ReviewsByList& reviews,
                          std::int64_t now) {
  std::vector<MemberCells> rows{{"CCTLD", "NAME", "E-MAIL", "PHONE", "SINCE", "CHECKED", "MARKS"}};
  for (const Member& member : in_member_order(members))
    rows.push_back({shown(member_label(member)), or_dash(member_text(member.name)),
                    or_dash(member_text(member.email)), or_dash(member_text(member.phone)),
                    day_text(member.since), member.checked == 0 ? "-" : day_text(member.checked),
                    marks_of(member, state_of(member, reviews, now))});
  std::array<std::size_t, std::tuple_size_v<MemberCells>> widths{};
  for (const MemberCells& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  std::string out;
  for (const MemberCells& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i] + 2);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string members_json(const std::vector<Member>& members, const ReviewsByList& reviews, std::int64_t now) {
  std::string out;
  for (const Member& member : in_member_order(members))
    out += json_line(
        {{"list", member.list},
         {"cctld", member.cctld},
         {"email", member.email},
         {"name", member.name},
         {"phone", member.phone},
         {"other_email", member.other_email},
         {"since", json_moment(member.since)},
         {"began_by", member.began_by},
         {"checked", json_moment(member.checked)},
         {"voucher", member.voucher},
         {"review", member.ended != 0 ? Json(nullptr) : Json(to_string(state_of(member, reviews, now)))},
         {"seen", json_moment(member.seen)},
         {"bouncing", json_moment(member.bouncing)},
         {"ended", json_moment(member.ended)},
         {"ended_by", member.ended_by}});
  return out;
}

}  // namespace ccgate
