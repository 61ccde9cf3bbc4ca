#include "tests/fuzz/targets.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ccgate::fuzz {

std::span<const Target> targets() {
  static const std::vector<Target> all{
      address_target(), aliases_target(), answer_target(),     authres_target(), contacts_target(),
      dkim_target(),    header_target(),  html_target(),       members_target(), mime_target(),
      notice_target(),  policy_target(),  protocol_target(),   rdap_target(),    request_target(),
      session_target(), shown_target(),   smtp_reply_target(), spf_target(),     whois_target(),
      yaml_target(),
  };
  return all;
}

const Target* find_target(std::string_view name) {
  const auto all = targets();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const Target& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

void fail(std::string_view what, std::string_view shown) {
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  if (!shown.empty())
    std::fprintf(stderr, "shown: [%.*s]\n", static_cast<int>(std::min<std::size_t>(shown.size(), 2000)),
                 shown.data());
  std::abort();
}

}  // namespace ccgate::fuzz
