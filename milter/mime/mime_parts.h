// milter/mime/mime_parts.h: what milter/mime/mime.cc leaves to others: bodies in parts, and encoded words.
#pragma once

#include <string_view>

#include "milter/mime/mime_cut.h"
#include "policy/request/request.h"

namespace ccgate {

/// Fills `words.text`, `words.shown` and `words.unread`, or makes it unreadable: text/plain parts first, then
/// what HTML parts say. The body is complete.
void read_parts(const ContentFields& content, std::string_view body, const MimeLimits& limits, Words& words);

}  // namespace ccgate
