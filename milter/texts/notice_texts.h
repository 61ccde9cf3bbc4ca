// milter/texts/notice_texts.h: the texts of conf/notices, compiled in. For templates.cc alone.
#pragma once

#include <string_view>

#include "milter/texts/template.h"

namespace ccgate {

[[nodiscard]] std::string_view built_in_text(NoticeKind kind) noexcept;

}  // namespace ccgate
