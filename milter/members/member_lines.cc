#include "milter/members/member_lines.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

#include "milter/members/member_text.h"
#include "milter/mime/subject.h"
#include "policy/names/address.h"
#include "policy/names/cctld.h"
#include "policy/text/issue_sink.h"
#include "policy/text/lines.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestName = 200;  // octets
constexpr std::string_view kFileMark = "\xef\xbb\xbf";

std::string_view take_line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// RFC 5322 section 3.2.4, without the quotes around it.
std::string unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

class LineReader {
 public:
  LineReader(const std::string& list, std::int64_t now, IssueSink& sink, const IsCcTld& is_cctld)
      : list_(list), now_(now), sink_(sink), is_cctld_(is_cctld) {}

  void read(std::string_view line, std::size_t number) {
    at_ = {number, 1};
    const std::size_t open = line.rfind('<');
    const auto address = open == std::string_view::npos || !line.ends_with('>')
                             ? std::nullopt
                             : Address::parse(line.substr(open + 1, line.size() - open - 2));
    if (!address) return sink_.error(at_, "no address in angle brackets at the end of the line");
    const Subject name = read_subject(unquoted(line.substr(0, open)));
    if (!name.why_unreadable.empty())
      return sink_.error(at_, fmt::format("the name cannot be read: {}", name.why_unreadable));
    Member member;
    member.list = list_;
    member.address = address->key();
    member.email = address->text();
    member.since = now_;
    member.began_by = "import";
    std::vector<std::string> cctlds;
    std::string_view rest = name.text;
    for (;;) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      take_part(trim(rest.substr(0, end)), member, cctlds);
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
    if (cctlds.empty()) sink_.error(at_, "no ccTLD in the name", "as in `NAME, #1, .nl, +31 20 1234567`");
    if (member.name.size() > kLongestName)
      sink_.error(at_,
                  fmt::format("a name of {} octets, and there may be {}", member.name.size(), kLongestName));
    for (std::string& cctld : cctlds) {
      const auto [first, added] = seen_.emplace(std::pair(cctld, member.address), number);
      if (!added)
        sink_.error(at_, fmt::format("`{}` is named for `{}` twice", member.email, cctld),
                    fmt::format("it stands at line {} already: keep one", first->second));
      member.cctld = std::move(cctld);
      members_.push_back(member);
    }
  }

  std::vector<Member> members() && { return std::move(members_); }

 private:
  void take_part(std::string_view part, Member& member, std::vector<std::string>& cctlds) {
    if (part.starts_with('.')) {
      for (const std::string_view word : split_words(part)) {
        if (const auto label = parse_cctld(word); label && (!is_cctld_ || is_cctld_(label->ascii())))
          cctlds.push_back(label->ascii());
        else
          sink_.error(at_, fmt::format("`{}` is no ccTLD", shown(word)), "as in .nl");
      }
      return;
    }
    if (part.empty() || is_number_of_person(part)) return;
    if (is_plain_phone(part)) {
      if (!member.phone.empty()) return sink_.error(at_, "two phone numbers", "keep one");
      member.phone = std::string(part);
      return;
    }
    // A name may have a comma in it, as in `Example, Anne`.
    if (member.phone.empty() && cctlds.empty())
      member.name += (member.name.empty() ? "" : ", ") + member_text(part);
    else
      sink_.error(at_, fmt::format("`{}` is neither ccTLD nor phone number", shown(part)));
  }

  static bool is_number_of_person(std::string_view part) {
    return part.size() > 1 && part.front() == '#' &&
           part.find_first_not_of("0123456789", 1) == std::string_view::npos;
  }

  const std::string& list_;
  std::int64_t now_;
  IssueSink& sink_;
  const IsCcTld& is_cctld_;
  Position at_;
  std::map<std::pair<std::string, std::string>, std::size_t> seen_;  // -> line
  std::vector<Member> members_;
};

}  // namespace

bool are_member_lines(std::string_view text) noexcept {
  while (!text.empty())
    if (const std::string_view line = take_line_of(text); !line.empty())
      return line.ends_with('>') && line.find('<') != std::string_view::npos;
  return false;
}

std::optional<std::vector<Member>> read_member_lines(std::string_view text, std::string_view file,
                                                     const std::string& list, std::int64_t now,
                                                     Issues& issues, const IsCcTld& is_cctld) {
  if (text.starts_with(kFileMark)) text.remove_prefix(kFileMark.size());
  IssueSink sink{std::string(file), text, issues};
  LineReader reader(list, now, sink, is_cctld);
  for (std::size_t number = 1; !text.empty() && !sink.is_full({number, 1}); ++number)
    if (const std::string_view line = take_line_of(text); !line.empty()) reader.read(line, number);
  if (sink.failed()) return std::nullopt;
  return std::move(reader).members();
}

}  // namespace ccgate
