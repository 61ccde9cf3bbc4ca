// milter/mime/mime_cut.h: a multipart cut into the parts that hold no others, by its delimiter lines (RFC
// 2046 5.1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/mime/content_type.h"

namespace ccgate {

/// What a body may cost: beyond it the text is unreadable, never cut silently.
struct MimeLimits {
  std::size_t depth = 20;
  std::size_t parts = 200;
  std::size_t text_bytes = 64 * 1024;  ///< of decoded text
};

/// The Content-* fields of a message or part, as received; empty when absent.
struct ContentFields {
  std::string type;
  std::string transfer_encoding;
  std::string disposition;
};

/// A part that is no multipart.
struct MimeLeaf {
  std::string name;  ///< its type; of one that is not plainly written, what a loose reader sees
  std::optional<ContentType> type;  ///< nullopt: not plainly written
  std::string transfer_encoding;    ///< field body as received; empty when absent
  std::string disposition;          ///< likewise, Content-Disposition (RFC 2183); of several the last
  std::string_view octets;          ///< as sent, without the line end that belongs to the next delimiter
};

struct MimeCut {
  std::vector<MimeLeaf> leaves;  ///< in the order of the text; the whole body when it is no multipart
  std::string_view fault;        ///< why it cannot be cut; empty when it can
};

/// Never looks into an attached message: message/* is a leaf, and so is a part of a multipart/digest that
/// says nothing else (RFC 2046 5.1.5). Without recursion, in one pass; `limits` bound how deep multiparts
/// nest and how many parts there are. A fault is whatever two readers could cut differently: a boundary that
/// begins like another one that is open, a line that begins like a delimiter and is none, a delimiter behind
/// the last one, a multipart that goes on where the one around it does, a line among the fields of a part
/// that is no field, a part that ends before its header does, Content fields twice, an encoded multipart, one
/// without parts. `octets` of the result point into `body`.
[[nodiscard]] MimeCut cut_mime(const ContentFields& content, std::string_view body, const MimeLimits& limits);

}  // namespace ccgate
