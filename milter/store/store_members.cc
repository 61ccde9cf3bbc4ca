#include "milter/store/store_members.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "milter/store/removal.h"
#include "milter/store/store_rows.h"
#include "policy/names/address.h"

namespace ccgate {

namespace {

constexpr std::string_view kMemberColumns =
    "list, cctld, address, email, name, phone, other_email, since, began_by, checked, voucher, seen, "
    "bouncing,"
    " ended, ended_by, number";
// An operator's reason may name people; all else that ends a membership names nobody.
constexpr std::string_view kForgotten =
    "address = '', email = '', name = '', phone = '', other_email = '',"
    " ended_by = CASE WHEN ended = 0 OR ended_by LIKE 'hand:%' THEN 'hand' ELSE ended_by END";

Member member_of(const SqlRow& row) {
  return {.list = row.text(0),
          .cctld = row.text(1),
          .address = row.text(2),
          .email = row.text(3),
          .name = row.text(4),
          .phone = row.text(5),
          .other_email = row.text(6),
          .since = row.integer(7),
          .began_by = row.text(8),
          .checked = row.integer(9),
          .voucher = row.text(10),
          .seen = row.integer(11),
          .bouncing = row.integer(12),
          .ended = row.integer(13),
          .ended_by = row.text(14),
          .number = row.integer(15)};
}

std::vector<Member> members_in(const SqlRows& rows) {
  std::vector<Member> all;
  for (const SqlRow& row : rows) all.push_back(member_of(row));
  return all;
}

/// Ended at 0 would be not ended.
std::int64_t moment_of_end(std::int64_t at) {
  return std::max<std::int64_t>(at, 1);
}

/// The number of the row.
std::int64_t begin_member(SqlConnection& c, const Member& member) {
  return c
      .run(
          "INSERT INTO members (list, cctld, address, email, name, phone, other_email, since, began_by,"
          " checked, voucher, seen, bouncing, ended, ended_by)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, 0, '')"
          " ON CONFLICT (list, cctld, address) WHERE ended = 0 DO UPDATE SET email = excluded.email,"
          " name = CASE WHEN excluded.name <> '' THEN excluded.name ELSE members.name END,"
          " phone = CASE WHEN excluded.phone <> '' THEN excluded.phone ELSE members.phone END,"
          " other_email = CASE WHEN excluded.other_email <> '' THEN excluded.other_email"
          " ELSE members.other_email END,"
          " voucher = CASE WHEN excluded.checked > members.checked THEN excluded.voucher"
          " ELSE members.voucher END,"
          " checked = CASE WHEN excluded.checked > members.checked THEN excluded.checked"
          " ELSE members.checked END RETURNING number",
          {member.list, member.cctld, member.address, member.email, member.name, member.phone,
           member.other_email, member.since, member.began_by, member.checked, member.voucher})
      .at(0)
      .integer(0);
}

/// Rows that ended in one transaction, in their order.
struct Ended {
  std::vector<Member> members;
  std::vector<std::int64_t> numbers;
  void add(const SqlRows& rows) {
    for (const SqlRow& row : rows) {
      members.push_back(member_of(row));
      numbers.push_back(members.back().number);
    }
  }
};

/// A task for each address that is no member of its list any more.
void tell_removed(SqlConnection& c, const Ended& ended, std::int64_t now) {
  std::map<std::pair<std::string, std::string>, std::pair<std::vector<Member>, std::int64_t>> by_address;
  for (std::size_t i = 0; i < ended.members.size(); ++i) {
    const Member& member = ended.members[i];
    if (member.address.empty()) continue;
    auto& [rows, last] = by_address[{member.list, member.address}];
    rows.push_back(member);
    last = std::max(last, ended.numbers[i]);
  }
  for (auto& [key, what] : by_address) {
    const auto& [list, address] = key;
    // Of two that end the last two rows at the same time, the later one finds none left.
    c.lock(joined({"member ", list, " ", address}));
    if (!c.run("SELECT number FROM members WHERE address = ?2 AND list = ?1 AND ended = 0 LIMIT 1",
               {list, address})
             .empty())
      continue;
    insert_task(c, removal_task(what.first, what.second, now), now);
  }
}

void end_members(SqlConnection& c, const MemberEnd& end, Ended& ended) {
  if (end.cctld.empty() && end.address.empty()) return;  // that would be everybody
  // Each row is chosen by an index: a condition for what is empty would be one that no index serves.
  std::string where = " WHERE ended = 0 AND list = ?3";
  std::vector<SqlValue> values{moment_of_end(end.at), end.by, end.list};
  const auto choose = [&](std::string_view column, const std::string& value) {
    if (value.empty()) return;
    values.emplace_back(value);
    where += joined({" AND ", column, " = ?", std::to_string(values.size())});
  };
  choose("cctld", end.cctld);
  choose("address", end.address);
  ended.add(
      c.run(joined({"UPDATE members SET ended = ?1, ended_by = ?2", where, " RETURNING ", kMemberColumns}),
            values));
}

std::int64_t check_member(SqlConnection& c, const MemberCheck& check) {
  return static_cast<std::int64_t>(
      c.run("UPDATE members SET checked = ?4, voucher = ?5 WHERE ended = 0 AND list = ?1 AND cctld = ?2"
            " AND address = ?3 AND checked < ?4 RETURNING number",
            {check.list, check.cctld, check.address, check.at, check.voucher})
          .size());
}

void see_member(SqlConnection& c, const MemberSighting& sighting) {
  const std::int64_t at = moment_of_end(sighting.at);  // nor would it be seen at 0
  c.run("UPDATE members SET seen = ?3 WHERE list = ?1 AND address = ?2 AND ended = 0 AND seen < ?3",
        {sighting.list, sighting.address, at});
  if (!sighting.bouncing) return;
  c.run(
      "UPDATE members SET bouncing = ?3 WHERE list = ?1 AND address = ?2 AND ended = 0"
      " AND (bouncing = 0 OR ?3 = 0)",
      {sighting.list, sighting.address, *sighting.bouncing ? at : 0});
}

template <class Change>
std::vector<const Change*> in_order(const std::vector<Change>& changes) {
  std::vector<const Change*> sorted;
  for (const Change& change : changes) sorted.push_back(&change);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Change* a, const Change* b) {
    return std::tie(a->list, a->cctld, a->address) < std::tie(b->list, b->cctld, b->address);
  });
  return sorted;
}

}  // namespace

MembersChanged apply_member_changes(SqlConnection& c, const MemberChanges& changes) {
  MembersChanged changed;
  if (changes.empty()) return changed;
  Ended ended;
  std::int64_t at = 0;
  for (const MemberEnd* end : in_order(changes.ended)) {
    end_members(c, *end, ended);
    at = std::max(at, end->at);
  }
  const std::int64_t last =
      c.run("SELECT coalesce(max(number), 0) FROM members").at(0).integer(0);  // what is new comes behind it
  for (const Member* member : in_order(changes.begun))
    ++(begin_member(c, *member) > last ? changed.begun : changed.renewed);
  for (const MemberCheck* check : in_order(changes.checked)) changed.checked += check_member(c, *check);
  std::vector<const MemberSighting*> seen;
  for (const MemberSighting& sighting : changes.seen) seen.push_back(&sighting);
  std::sort(seen.begin(), seen.end(), [](const MemberSighting* a, const MemberSighting* b) {
    return std::tie(a->list, a->address) < std::tie(b->list, b->address);
  });
  for (const MemberSighting* sighting : seen) see_member(c, *sighting);
  tell_removed(c, ended, at);  // last: who began anew above is a member
  changed.ended = std::move(ended.members);
  return changed;
}

void end_begun_by(SqlConnection& c, const std::string& decision_id, std::int64_t at) {
  Ended ended;
  ended.add(c.run(joined({"UPDATE members SET ended = ?2, ended_by = ?1 WHERE began_by = ?1 AND ended = 0"
                          " RETURNING ",
                          kMemberColumns}),
                  {decision_id, moment_of_end(at)}));
  // Who objects does not stand for whom the decision found there before.
  c.run(
      "UPDATE members SET checked = 0, voucher = '' WHERE ended = 0"
      " AND list = (SELECT list FROM ledger WHERE id = ?1) AND cctld IN (SELECT cctld FROM ledger_cctlds"
      " WHERE entry = (SELECT number FROM ledger WHERE id = ?1))"
      " AND checked = (SELECT decided FROM ledger WHERE id = ?1)",
      {decision_id});
  tell_removed(c, ended, at);
}

std::int64_t forget_ended_members(SqlConnection& c, const std::string& list, std::int64_t before,
                                  std::size_t limit) {
  return static_cast<std::int64_t>(
      c.run(joined({"UPDATE members SET ", kForgotten,
                    " WHERE number IN (SELECT number FROM members WHERE list = ?1 AND ended <> 0"
                    " AND address <> '' AND ended < ?2 ORDER BY ended, number LIMIT ?3) RETURNING number"}),
            {list, bounded(before), bounded(limit)})
          .size());
}

std::vector<Member> SqlMembers::members(const MemberFilter& filter) {
  std::string where;
  std::vector<SqlValue> values;
  const auto choose = [&](std::string_view column, const std::optional<std::string>& value) {
    if (!value) return;
    values.emplace_back(*value);
    where += joined({where.empty() ? " WHERE " : " AND ", column, " = ?", std::to_string(values.size())});
  };
  choose("list", filter.list);
  choose("cctld", filter.cctld);
  choose("address", filter.address);
  if (!filter.ended) where += where.empty() ? " WHERE ended = 0" : " AND ended = 0";
  const std::string sql = joined(
      {"SELECT ", kMemberColumns, " FROM members", where, " ORDER BY list, cctld, address, since, number"});
  return database_.read([&](SqlConnection& c) { return members_in(c.run(sql, values)); });
}

std::int64_t SqlMembers::count_members(const std::string& list, const std::string& cctld, std::int64_t most) {
  return database_.read([&](SqlConnection& c) {
    return c
        .run(
            "SELECT count(*) FROM (SELECT 1 FROM members WHERE list = ?1 AND cctld = ?2 AND ended = 0"
            " LIMIT ?3) AS chosen",
            {list, cctld, bounded(most)})
        .at(0)
        .integer(0);
  });
}

MembersChanged SqlMembers::change_members(const MemberChanges& changes) {
  MembersChanged changed;
  database_.write(SqlMode::write, [&](SqlConnection& c) { changed = apply_member_changes(c, changes); });
  return changed;
}

std::int64_t SqlMembers::forget_member(const std::string& address, std::int64_t now) {
  if (address.empty()) return 0;  // that of all who are forgotten
  std::size_t rows = 0;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    Ended ended;
    ended.add(
        c.run(joined({"UPDATE members SET ended = ?2, ended_by = 'hand' WHERE address = ?1 AND ended = 0"
                      " RETURNING ",
                      kMemberColumns}),
              {address, moment_of_end(now)}));
    tell_removed(c, ended, now);
    rows =
        c.run(joined({"UPDATE members SET ", kForgotten, " WHERE address = ?1 RETURNING number"}), {address})
            .size();
    for (const SqlRow& row : c.run("SELECT number, other_email FROM members WHERE other_email <> ''")) {
      const auto other = Address::parse(row.text(1));
      if (!other || other->key() != address) continue;
      c.run("UPDATE members SET other_email = '' WHERE number = ?1", {row.integer(0)});
      ++rows;
    }
  });
  return static_cast<std::int64_t>(rows);
}

KeptDecisions SqlMembers::decisions_about(const std::string& address) {
  std::string pattern = "%\"";
  for (const char c : address) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  pattern += "\"%";
  return database_.read([&](SqlConnection& c) {
    const SqlRow row = c.run(
                            "SELECT count(*), coalesce(max(keep_until), 0) FROM ledger"
                            " WHERE lower(author) = ?1 OR lower(people) LIKE ?2 ESCAPE '!'",
                            {address, pattern})
                           .at(0);
    return KeptDecisions{row.integer(0), row.integer(1)};
  });
}

}  // namespace ccgate
