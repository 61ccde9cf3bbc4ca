// milter/iana/cctlds_csv.h: the text of cctlds.csv, compiled in. For cctld_list.cc alone.
#pragma once

#include <string_view>

namespace ccgate {

[[nodiscard]] std::string_view cctlds_csv() noexcept;

}  // namespace ccgate
