// policy/answer/review_tail.h: what may stand below the answer to a review and say nothing more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ccgate {

/// A closed set, since what stands below takes an answer back as often as it signs it: closing formulas,
/// thanks, names and offices with capitals, what the author goes by, telephone numbers, addresses and sites;
/// and paragraphs that begin by saying that a mail is confidential. One for each text, line by line or
/// sentence by sentence.
class ReviewTail {
 public:
  /// `author_names`: `Words::author_names`.
  explicit ReviewTail(std::string_view author_names) : author_names_(author_names) {}
  /// Whether `text`, of the `paragraph`th paragraph, says nothing more.
  [[nodiscard]] bool take(std::string_view text, std::size_t paragraph);

 private:
  [[nodiscard]] bool tells_who(std::string_view text) const;
  [[nodiscard]] bool closes_with_names(std::string_view text) const;

  std::string_view author_names_;
  std::size_t paragraph_ = static_cast<std::size_t>(-1);
  bool disclaimer_ = false;
};

}  // namespace ccgate
