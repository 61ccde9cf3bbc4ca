// policy/message/encoded_words.h: the encoded words of an unstructured field (RFC 2047), before any charset.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// A piece of a field body: literal text, blanks included, or the octets of one encoded word.
struct FieldPiece {
  std::string octets;
  std::string charset;  ///< lower case, without language; empty for literal text
  bool encoded = false;
};

/// The pieces of an unfolded field body that every reader takes apart alike, in order; literal pieces and
/// encoded words as they follow each other, the blanks between two encoded words kept as a piece of their
/// own. nullopt where readers may differ: wherever `=?` or `?=` stands and is not part of exactly one encoded
/// word that follows RFC 2047 to the letter: at most 75 octets, between blanks, no language, base64 in whole
/// groups with the padding and nothing else behind it, a whole pair of digits after each `=` of Q, no control
/// characters in what it says (the escapes of ISO 2022 excepted), and no further encoded word in it.
[[nodiscard]] std::optional<std::vector<FieldPiece>> plain_field_pieces(std::string_view value);

/// The pieces as a lenient reader finds them, for naming what is told and never for letting mail through:
/// encoded words glued to text, too long, without padding, with a language. Blanks between two encoded words
/// are left out. Linear time, every input has an answer.
[[nodiscard]] std::vector<FieldPiece> lenient_field_pieces(std::string_view value);

}  // namespace ccgate
