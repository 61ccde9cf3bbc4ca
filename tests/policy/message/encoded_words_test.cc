#include "policy/message/encoded_words.h"

#include <chrono>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::string told(const std::vector<FieldPiece>& pieces) {
  std::string out;
  for (const FieldPiece& piece : pieces)
    out += piece.encoded ? "<" + piece.charset + ":" + piece.octets + ">" : piece.octets;
  return out;
}

struct Row {
  const char* value;
  const char* plain;  ///< nullptr: readers may differ
  const char* lenient;
};

TEST_CASE("encoded words, to the letter and leniently") {
  const auto row = GENERATE(values<Row>({
      {"", "", ""},
      {"help me = ? now", "help me = ? now", "help me = ? now"},
      {"=?utf-8?q?join?=", "<utf-8:join>", "<utf-8:join>"},
      {"=?UTF-8?Q?a_=E9?= b", "<utf-8:a \xe9> b", "<utf-8:a \xe9> b"},
      {"=?utf-8?b?aGVscA==?=", "<utf-8:help>", "<utf-8:help>"},
      {"=?utf-8?q?he?= \t=?utf-8?q?lp?=", "<utf-8:he> \t<utf-8:lp>", "<utf-8:he><utf-8:lp>"},
      // Padding, whole groups, no bits left over.
      {"=?utf-8?b?am9pbg?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?b?am9pbg=?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?b?am9pbh==?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?b?am9p bg==?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?b?am9p.bg==?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?b?am9pbg==aGVs?=", nullptr, "<utf-8:joinhel>"},
      {"=?utf-8?b?"
       "?=",
       nullptr, "<utf-8:>"},
      {"=?utf-8?b?====?=", nullptr, "<utf-8:>"},
      // Q: pairs of digits, no blanks.
      {"=?utf-8?q?j=6Fin?=", "<utf-8:join>", "<utf-8:join>"},
      {"=?utf-8?q?join=6?=", nullptr, "<utf-8:join=6>"},
      {"=?utf-8?q?join=?=", nullptr, "<utf-8:join=>"},
      {"=?utf-8?q?=6xoin?=", nullptr, "<utf-8:=6xoin>"},
      {"=?utf-8?q?join us?=", nullptr, "<utf-8:join us>"},
      {"=?utf-8?q?"
       "?=",
       nullptr, "<utf-8:>"},
      // Between blanks.
      {"x=?utf-8?q?join?=", nullptr, "x<utf-8:join>"},
      {"=?utf-8?q?join?=x", nullptr, "<utf-8:join>x"},
      {"=?utf-8?q?jo?==?utf-8?q?in?=", nullptr, "<utf-8:jo><utf-8:in>"},
      {"(=?utf-8?q?join?=)", nullptr, "(<utf-8:join>)"},
      // Residue, languages, other encodings.
      {"=?utf-8?q?join", nullptr, "=?utf-8?q?join"},
      {"join?=", nullptr, "join?="},
      {"=?utf-8*en?q?join?=", nullptr, "<utf-8:join>"},
      {"=?utf-8?x?join?=", nullptr, "=?utf-8?x?join?="},
      {"=??q?join?=", nullptr, "<:join>"},
      {"=?u tf?q?join?=", nullptr, "<u tf:join>"},
      {"=?utf-8=?utf-8?q?join?=", nullptr, "=?utf-8<utf-8:join>"},
      {"=?utf-8?q?a=0Ajoin?=", nullptr, "<utf-8:a\njoin>"},
      {"=?utf-8?q?a=7F?=", nullptr, "<utf-8:a\x7f>"},
      {"=?iso-2022-jp?b?GyRCGyhC?=", "<iso-2022-jp:\x1b$B\x1b(B>", "<iso-2022-jp:\x1b$B\x1b(B>"},
      {"=?utf-8?b?GyRC?=", nullptr, "<utf-8:\x1b$B>"},
      // A word in a word, whole or in halves.
      {"=?utf-8?q?=3D=3Fx=3Fq=3Fjoin=3F=3D?=", nullptr, "<utf-8:=?x?q?join?=>"},
      {"=?utf-8?q?=3D?= =?utf-8?q?=3F?=", nullptr, "<utf-8:=><utf-8:?>"},
  }));
  INFO(row.value);
  const auto plain = plain_field_pieces(row.value);
  CHECK(plain.has_value() == (row.plain != nullptr));
  if (plain && row.plain != nullptr) CHECK(told(*plain) == row.plain);
  CHECK(told(lenient_field_pieces(row.value)) == row.lenient);
}

TEST_CASE("an encoded word has at most 75 octets") {
  const auto word = [](std::size_t size) { return "=?utf-8?q?" + std::string(size - 12, 'x') + "?="; };
  CHECK(plain_field_pieces(word(75)));
  CHECK_FALSE(plain_field_pieces(word(76)));
}

TEST_CASE("hostile fields take linear time") {
  const auto piece = GENERATE("=?", "?=", "=?a?q?", "=?a?x?", "=?=?", "=?a?b?YQ==?= ", "=?a?q?b?=", " ",
                              "= ?", "=?a?q?=3D?= ");
  std::string value;
  while (value.size() < 2'000'000) value += piece;
  const auto start = std::chrono::steady_clock::now();
  static_cast<void>(plain_field_pieces(value));
  static_cast<void>(lenient_field_pieces(value));
  static_cast<void>(lenient_field_pieces(value + "?="));
  INFO(piece);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}

}  // namespace
}  // namespace ccgate
