// policy/request/named_cctlds.h: which ccTLDs a line names, where a line may name some.
#pragma once

#include <cstddef>
#include <set>
#include <string_view>

#include "policy/names/domain.h"

namespace ccgate {

struct NamedCcTlds {
  std::set<Domain> cctlds;
  std::size_t unknown = 0;    ///< words in a place for ccTLDs that cannot be one
  std::size_t looked_at = 0;  ///< words tried; from some number on all are unknown
};

/// A Subject, or one line of text: `subscribe fr re`, `join: .FR & .re`, also behind quote marks, `Re:` and
/// `[tag]`. Every word must be a ccTLD, else the line names nothing ("subscribe to the list, please"); words
/// with a leading dot name a ccTLD in any line that speaks of subscribing. `list_name` (the local part of
/// the list's address) and options such as `digest=no` count as no words.
void read_subscribe_line(std::string_view line, std::string_view list_name, NamedCcTlds& named);

/// What stands behind a label (`ccTLD: fr, re`): every word must be a ccTLD. Text in parentheses and words
/// for "and" between two ccTLDs are ignored.
void read_cctld_list(std::string_view value, NamedCcTlds& named);

/// Address detail: `fr`, `fr+re`, `fr,re`.
void read_detail(std::string_view detail, NamedCcTlds& named);

}  // namespace ccgate
