#include "policy/registry/roster.h"

#include <algorithm>

#include "policy/names/cctld.h"
#include "policy/text/issue_sink.h"
#include "policy/text/text.h"

namespace ccgate {

Roster parse_roster(std::string_view text, std::string_view file, Issues& issues) {
  Roster roster;
  IssueSink sink{std::string(file), text, issues};
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t blank = line.find_first_of(" \t");
    const auto cctld = parse_cctld(line.substr(0, blank));
    const auto address =
        blank == std::string_view::npos ? std::nullopt : Address::parse(trim(line.substr(blank)));
    if (cctld && address)
      roster[*cctld].insert(*address);
    else
      sink.warning({number, 1}, "no member in this line",
                   "a ccTLD and an address, as in `xa anne@nic.example`");
  }
  return roster;
}

}  // namespace ccgate
