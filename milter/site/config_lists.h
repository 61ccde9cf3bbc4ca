// milter/site/config_lists.h: the lists that ccgate.yaml names.
#pragma once

#include <string>
#include <vector>

#include "milter/site/config.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// What lists have from the site that they are of.
struct ListSite {
  const std::string& file;  ///< what paths are relative to
  const Hooks& hooks;       ///< run where a list has none of its own
  Position hooks_at;
};

struct ReadLists {
  std::vector<ListConfig> lists;
  std::vector<UnreadList> unread;  ///< those without all that a list needs, which was told
};

/// The mapping `lists`, command addresses checked for overlaps.
[[nodiscard]] ReadLists read_lists(const YamlNode& mapping, Position at, const ListSite& site,
                                   IssueSink& sink);

}  // namespace ccgate
