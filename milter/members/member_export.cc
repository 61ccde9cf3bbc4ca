#include "milter/members/member_export.h"

#include <map>
#include <utility>

#include "milter/members/csv_rows.h"
#include "milter/members/member_text.h"
#include "milter/system/timestamp.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kFoldedLine = 75;  // octets, RFC 6350 section 3.2

std::string day_of(std::int64_t seconds) {
  return format_timestamp(seconds).substr(0, 10);
}

/// A line of content, folded between characters.
std::string vcard_line(std::string_view name, std::string_view value) {
  std::string out;
  std::size_t used = 0;
  const auto add = [&](std::string_view octets) {
    if (used + octets.size() > kFoldedLine) {
      out += "\r\n ";
      used = 1;
    }
    out += octets;
    used += octets.size();
  };
  add(std::string(name) + ":");
  while (!value.empty()) {
    std::size_t end = 1;
    while (end < value.size() && !begins_code_point(value[end])) ++end;
    add(value.substr(0, end));
    value.remove_prefix(end);
  }
  return out + "\r\n";
}

/// RFC 6350 section 3.4: a text in which these would end it.
std::string vcard_text(std::string_view text) {
  std::string out;
  for (const char c : member_text(text)) {
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

/// One person, with all that several memberships say of it.
struct Card {
  Member newest;
  std::string labels;
};

std::string vcard(const Card& card) {
  const Member& one = card.newest;
  const std::string name = vcard_text(one.name);
  const std::string email = vcard_text(one.email);
  std::string out = "BEGIN:VCARD\r\nVERSION:4.0\r\n";
  out += vcard_line("FN", name.empty() ? email : name);
  out += vcard_line("EMAIL;PREF=1", email);
  if (!one.other_email.empty()) out += vcard_line("EMAIL", vcard_text(one.other_email));
  if (const std::string phone = vcard_text(one.phone); !phone.empty()) out += vcard_line("TEL", phone);
  out += vcard_line("CATEGORIES", card.labels);
  return out + "END:VCARD\r\n";
}

}  // namespace

std::string members_csv(const std::vector<Member>& members) {
  std::string out = "cctld,name,email,phone,other_email,since\n";
  for (const Member& member : in_member_order(members)) {
    if (member.address.empty()) continue;
    const std::string phone = member_text(member.phone);
    out += member.cctld + "," + csv_cell(member_text(member.name)) + "," +
           csv_cell(member_text(member.email)) + "," + (is_plain_phone(phone) ? phone : csv_cell(phone)) +
           "," + csv_cell(member_text(member.other_email)) + "," + day_of(member.since) + "\n";
  }
  return out;
}

std::string members_vcards(const std::vector<Member>& members) {
  std::vector<std::string> order;
  std::map<std::string, Card> cards;
  for (const Member& member : in_member_order(members)) {
    if (member.address.empty()) continue;
    const auto [at, is_new] = cards.try_emplace(member.address, Card{member, ""});
    Card& card = at->second;
    if (is_new) order.push_back(member.address);
    const std::string label = member_label(member);
    if (("," + card.labels + ",").find("," + label + ",") == std::string::npos)
      card.labels += (card.labels.empty() ? "" : ",") + label;
    if (member.checked > card.newest.checked) card.newest = member;
  }
  std::string out;
  for (const std::string& address : order) out += vcard(cards.at(address));
  return out;
}

std::string members_plain(const std::vector<Member>& members) {
  std::string out;
  const Member* before = nullptr;
  const std::vector<Member> sorted = in_member_order(members);
  for (const Member& member : sorted) {
    if (member.address.empty()) continue;
    if (before == nullptr || before->cctld != member.cctld || before->list != member.list)
      out += (out.empty() ? "" : "\n") + member_label(member) + "\n";
    before = &member;
    out += "  ";
    for (const std::string& part : {member_text(member.name), member_text(member.phone)})
      if (!part.empty()) out += part + ", ";
    out += member_text(member.email);
    if (!member.other_email.empty()) out += ", " + member_text(member.other_email);
    out += "\n";
  }
  return out;
}

}  // namespace ccgate
