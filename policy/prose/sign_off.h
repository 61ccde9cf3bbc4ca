// policy/prose/sign_off.h: who wrote a mail, as it stands at its end.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "policy/names/address.h"
#include "policy/prose/line_words.h"

namespace ccgate {

/// Names and signatures that can hardly be words to somebody: a closed set around what the author goes by.
class SignOff {
 public:
  /// `names`: `Words::author_names`; of many words the last three count.
  SignOff(std::string_view names, const Address& author);

  /// Each word is one that the author goes by, its first letter, or a title (`Dr`).
  [[nodiscard]] bool is_authors_name(std::span<const LineWord> words) const;

  /// One word; or one behind a word that the author goes by, or between two of them: all in letters of one
  /// script that has capitals, of usual length.
  [[nodiscard]] bool may_be_name(std::span<const LineWord> words) const;

  /// A line of a signature: that name, words of a table of offices (`Head of DNS`), the last two labels of
  /// the author's domain, telephone numbers, the author's address, the site of the domain.
  [[nodiscard]] bool is_signature_line(std::string_view line) const;

 private:
  [[nodiscard]] bool goes_by(std::string_view word) const;
  [[nodiscard]] bool is_site(std::string_view word) const;
  [[nodiscard]] bool is_authors_address(std::string_view word) const;

  const Address& author_;
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> labels_;
};

/// Whether `word` is one that an author goes by. `names`: `Words::author_names`.
[[nodiscard]] bool is_name_among(std::string_view word, std::string_view names);

}  // namespace ccgate
