#include "milter/members/member_text.h"

#include <algorithm>
#include <tuple>

#include "milter/notice/plain_text.h"
#include "policy/names/domain.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestText = 400;  // characters; the store keeps fewer octets

}  // namespace

std::string member_text(std::string_view text) {
  return clean_value(text, kLongestText);
}

bool is_plain_phone(std::string_view text) noexcept {
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789+().-/ ") == std::string_view::npos;
}

std::vector<Member> in_member_order(std::vector<Member> members) {
  const auto key = [](const Member& member) {
    return std::tuple(std::string_view(member.list), member.cctld.starts_with("xn--"),
                      std::string_view(member.cctld), std::string_view(member.address), member.since);
  };
  std::stable_sort(members.begin(), members.end(),
                   [&](const Member& a, const Member& b) { return key(a) < key(b); });
  return members;
}

std::string member_label(const Member& member) {
  const auto domain = Domain::parse(member.cctld);
  return "." + (domain ? domain->unicode() : member.cctld);
}

}  // namespace ccgate
