#include "policy/request/odd_recipient.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kLongestLocal = 64;

/// Only what may stand in a plain local part, without dots at its ends.
std::string plain(std::string_view text) {
  std::string kept;
  for (const char c : text.substr(0, kLongestPath)) {
    const bool letter = is_letter_or_digit(c);
    const bool other = std::string_view("!#$%&'*+-/^_`{|}~").find(c) != std::string_view::npos;
    const bool dot = c == '.' && !kept.empty() && kept.back() != '.';
    if (letter || other || dot) kept += c;
  }
  kept.resize(std::min(kept.size(), kLongestLocal));
  while (kept.ends_with('.')) kept.pop_back();
  return kept;
}

struct Reading {
  std::vector<std::string> locals;
  std::optional<Domain> domain;  // nullopt: any
};

Reading read(std::string_view path, char delimiter) {
  if (path.starts_with('<')) path.remove_prefix(1);
  if (path.ends_with('>')) path.remove_suffix(1);
  if (path.starts_with('@')) path.remove_prefix(std::min(path.find_last_of(':') + 1, path.size()));
  Reading reading;
  const std::size_t at = path.rfind('@');
  std::string_view local = path.substr(0, at);
  if (at != std::string_view::npos) {
    std::string_view domain = path.substr(at + 1);
    while (domain.ends_with('.')) domain.remove_suffix(1);
    reading.domain = Domain::parse(domain);
  }
  std::vector<std::string_view> parts{local};
  parts.push_back(local.substr(0, local.find('%')));
  parts.push_back(local.substr(0, local.find('@')));
  parts.push_back(local.substr(local.rfind('!') + 1));
  // `"user"@host` and `user(comment)@host`
  const std::size_t count = parts.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view part = parts[i];
    for (const char cut : {'+', delimiter, '(', '='}) parts.push_back(part.substr(0, part.find(cut)));
  }
  for (const std::string_view part : parts) reading.locals.push_back(plain(part));
  // The relay of `user%host@relay` is not the host that counts.
  if (has_routing_characters(local) || local.find('@') != std::string_view::npos) reading.domain.reset();
  return reading;
}

}  // namespace

bool has_routing_characters(std::string_view path) noexcept {
  return path.find_first_of("%!") != std::string_view::npos;
}

std::optional<CommandAddress> odd_recipient(const ListAddresses& list, std::string_view path) {
  const Reading reading = read(path.substr(0, kLongestPath), list.delimiter);
  std::set<Domain> domains{list.address.domain()};
  for (const Address& address : list.form) domains.insert(address.domain());
  for (const Address& address : list.also) domains.insert(address.domain());
  for (const Domain& domain : domains) {
    if (reading.domain && *reading.domain != domain) continue;
    for (const std::string& local : reading.locals) {
      const auto address = Address::parse(local + "@" + domain.ascii());
      if (!address) continue;
      if (auto command = command_address(list, *address)) return command;
    }
  }
  return std::nullopt;
}

}  // namespace ccgate
