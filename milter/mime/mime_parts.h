// milter/mime/mime_parts.h: what milter/mime/mime.cc leaves to others: bodies in parts, and encoded words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "milter/mime/mime.h"

namespace ccgate {

/// The Content-* fields of a message or part, as received; empty when absent.
struct ContentFields {
  std::string type;
  std::string transfer_encoding;
};

/// Fills `words.text`, or makes it unreadable: text/plain parts first, then what HTML parts say. The body is
/// complete.
void read_parts(const ContentFields& content, std::string_view body, const MimeLimits& limits, Words& words);

}  // namespace ccgate
