#include "milter/members/member_import.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "milter/members/csv_rows.h"
#include "milter/system/timestamp.h"
#include "policy/names/address.h"
#include "policy/names/cctld.h"
#include "policy/text/durations.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestCell = 200;  // octets, as of what comes by mail
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

enum Column : std::size_t { cctld, name, email, phone, other_email, since, kColumnCount };
constexpr std::array<std::string_view, kColumnCount> kColumnNames{"cctld", "name",        "email",
                                                                  "phone", "other_email", "since"};
constexpr std::size_t kNeeded = 4;  // the first ones

class MemberReader {
 public:
  MemberReader(const std::string& list, std::int64_t now, IssueSink& sink, const IsCcTld& is_cctld)
      : list_(list), now_(now), sink_(sink), is_cctld_(is_cctld) {}

  /// False: the rows cannot be read by these columns.
  bool read_head(const CsvRow& row) {
    for (const CsvCell& cell : row.cells) {
      const std::string word = ascii_lower(trim(cell.text));
      const auto known = std::find(kColumnNames.begin(), kColumnNames.end(), word);
      if (known == kColumnNames.end()) {
        sink_.error(cell.at, fmt::format("no such column as `{}`", shown(cell.text)),
                    "there are cctld, name, email, phone, other_email and since");
        return false;
      }
      const auto column = static_cast<std::size_t>(known - kColumnNames.begin());
      if (std::find(order_.begin(), order_.end(), column) != order_.end()) {
        sink_.error(cell.at, fmt::format("column `{}` stands there twice", word));
        return false;
      }
      order_.push_back(column);
    }
    for (std::size_t column = 0; column < kNeeded; ++column)
      if (std::find(order_.begin(), order_.end(), column) == order_.end()) {
        sink_.error(row.cells.front().at, fmt::format("there is no column `{}`", kColumnNames[column]),
                    "the first line names the columns: cctld,name,email,phone");
        return false;
      }
    return true;
  }

  void read(const CsvRow& row) {
    if (row.cells.size() != order_.size()) {
      sink_.error(row.cells.front().at,
                  fmt::format("{} cells, and the first line has {}", row.cells.size(), order_.size()),
                  "put a cell with a comma in it in quotes");
      return;
    }
    Member member;
    member.list = list_;
    member.since = now_;
    member.began_by = "import";
    Position at = row.cells.front().at;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const CsvCell& cell = row.cells[i];
      if (order_[i] == email) at = cell.at;
      if (is_sound(cell)) take(member, order_[i], cell, std::string(without_apostrophe(trim(cell.text))));
    }
    if (member.cctld.empty() || member.address.empty()) return;
    const auto [first, added] = seen_.emplace(std::pair(member.cctld, member.address), at.line);
    if (!added)
      sink_.error(at, fmt::format("`{}` is named for `{}` twice", member.email, member.cctld),
                  fmt::format("it stands at line {} already: keep one", first->second));
    members_.push_back(std::move(member));
  }

  std::vector<Member> members() && { return std::move(members_); }

 private:
  bool is_sound(const CsvCell& cell) {
    const std::string_view text = trim(cell.text);
    if (!is_utf8(text)) {
      sink_.error(cell.at, "this cell is not UTF-8", "save the file as UTF-8");
      return false;
    }
    const std::u32string points = code_points(text);
    if (std::any_of(points.begin(), points.end(),
                    [](char32_t point) { return point == U'\t' || harmless(point) != point; })) {
      sink_.error(cell.at, fmt::format("a control or direction mark in `{}`", shown(text)), "remove it");
      return false;
    }
    if (text.size() > kLongestCell) {
      sink_.error(cell.at, fmt::format("{} octets, and there may be {}", text.size(), kLongestCell));
      return false;
    }
    return true;
  }

  std::optional<Address> read_mailbox(const CsvCell& cell, const std::string& text) {
    auto address = Address::parse(text);
    if (!address)
      sink_.error(cell.at, fmt::format("`{}` is no e-mail address", shown(text)),
                  "one address, without a name");
    return address;
  }

  void take(Member& member, std::size_t column, const CsvCell& cell, std::string text) {
    switch (column) {
      case cctld:
        if (const auto label = parse_cctld(text); label && (!is_cctld_ || is_cctld_(label->ascii())))
          member.cctld = label->ascii();
        else
          sink_.error(cell.at, fmt::format("`{}` is no ccTLD", shown(text)), "as in fr, .FR or xn--p1ai");
        return;
      case name:
        member.name = std::move(text);
        return;
      case email:
        if (const auto address = read_mailbox(cell, text)) {
          member.email = address->text();
          member.address = address->key();
        }
        return;
      case phone:
        if (!text.empty() && text.find_first_of("0123456789") == std::string::npos)
          sink_.error(cell.at, fmt::format("`{}` is no phone number", shown(text)), "as in +999 555 0100");
        member.phone = std::move(text);
        return;
      case other_email:
        if (text.empty()) return;
        if (const auto address = read_mailbox(cell, text)) member.other_email = address->text();
        return;
      default:
        break;
    }
    if (text.empty()) return;
    const auto time = parse_timestamp(text);
    if (!time)
      sink_.error(cell.at, fmt::format("`{}` is no date", shown(text)), "as in 2024-03-12");
    else if (*time > now_ + kDaySeconds)
      sink_.error(cell.at, fmt::format("`{}` is in the future", shown(text)));
    else
      member.since = *time;
  }

  const std::string& list_;
  std::int64_t now_;
  IssueSink& sink_;
  const IsCcTld& is_cctld_;
  std::vector<std::size_t> order_;
  std::map<std::pair<std::string, std::string>, std::size_t> seen_;  // -> line
  std::vector<Member> members_;
};

}  // namespace

std::optional<std::vector<Member>> read_members_csv(std::string_view text, std::string_view file,
                                                    const std::string& list, std::int64_t now, Issues& issues,
                                                    const IsCcTld& is_cctld) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = issues.size();
  IssueSink sink{std::string(file), text, issues};
  MemberReader reader(list, now, sink, is_cctld);
  bool has_head = false;
  read_csv(text, sink, [&](const CsvRow& row) {
    if (!std::exchange(has_head, true)) return reader.read_head(row);
    reader.read(row);
    return !sink.is_full(row.cells.front().at);
  });
  if (!has_head)
    sink.error({}, "there is nothing in it", "the first line names the columns: cctld,name,email,phone");
  sort_by_place(issues, first);
  if (sink.failed()) return std::nullopt;
  return std::move(reader).members();
}

}  // namespace ccgate
