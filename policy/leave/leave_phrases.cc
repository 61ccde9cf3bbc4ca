#include "policy/leave/leave_phrases.h"

#include <algorithm>
#include <vector>

#include "policy/leave/leave_fillers.h"
#include "policy/leave/leave_words.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

using LeaveKind = LeaveWord::Kind;

std::string hyphens_as_blanks(std::string_view folded) {
  std::string text(folded);
  std::ranges::replace(text, '-', ' ');
  return text;
}

/// Behind the word at the start of `text`, or the character of a script without blanks.
std::size_t word_size(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && !is_ascii(text[size]) &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
    ++size;
  if (!is_ascii(text.front()) && static_cast<unsigned char>(text.front()) >= 0xE3) return size;
  while (size < text.size() && text[size] != ' ') ++size;
  return size;
}

/// Does the last piece of a verb stand here?
bool is_piece(std::string_view text, std::string_view piece) {
  return !piece.empty() && text.starts_with(piece) &&
         (text.size() == piece.size() || !is_letter_or_digit(text[piece.size()]));
}

/// The words about leaving in one part, in order.
class LeavePart {
 public:
  void add(LeaveKind kind) {
    if (kind == LeaveKind::author) {
      author_ = true;
      // Its object may stand on either side.
      if (!kinds_.empty() && kinds_.back() == LeaveKind::removing) kinds_.back() = LeaveKind::wish;
      return;
    }
    if (kind == LeaveKind::removing && author_) kind = LeaveKind::wish;
    author_ = false;
    kinds_.push_back(kind);
  }

  void name_author() {
    if (kinds_.size() == 1 && kinds_.front() == LeaveKind::removing) kinds_.front() = LeaveKind::wish;
  }

  [[nodiscard]] bool has(LeaveKind kind) const { return std::ranges::find(kinds_, kind) != kinds_.end(); }
  [[nodiscard]] bool empty() const { return kinds_.empty(); }

  /// All of them ask by themselves, or there is but one.
  [[nodiscard]] bool asks_one_thing() const {
    if (has(LeaveKind::staying)) return false;
    return kinds_.size() <= 1 ||
           std::ranges::all_of(kinds_, [](LeaveKind kind) { return kind == LeaveKind::wish; });
  }

 private:
  std::vector<LeaveKind> kinds_;
  bool author_ = false;  // named since the last word about leaving
};

}  // namespace

LeavePhrases leave_phrases(std::string_view folded, bool names_author) {
  const std::string text = hyphens_as_blanks(folded);
  LeavePhrases found;
  LeavePart part;
  bool author = false;
  std::string_view rest = text;
  std::string_view missing;  // the last piece of a verb
  while (!rest.empty()) {
    if (rest.front() == ' ') {
      rest.remove_prefix(1);
      continue;
    }
    const LeaveWord leave = longest_leave_word(rest);
    const FillerWord filler = longest_filler(rest);
    if (is_piece(rest, missing) && missing.size() >= std::max(leave.size, filler.size)) {
      rest.remove_prefix(missing.size());
      missing = "";
      continue;
    }
    if (leave.size == 0 && filler.size == 0) return {};
    if (filler.size > leave.size) {
      found.closing |= filler.kind == FillerWord::Kind::closing;
      found.wanting |= filler.kind == FillerWord::Kind::wanting;
      rest.remove_prefix(filler.size);
      continue;
    }
    part.add(leave.kind);
    author |= leave.kind == LeaveKind::author;
    if (!leave.last.empty()) missing = leave.last;
    rest.remove_prefix(leave.size);
  }
  if (names_author) part.name_author();
  if (!missing.empty() || !part.asks_one_thing()) return {};
  found.closed = true;
  found.leaves = !part.empty();
  found.leaving = part.has(LeaveKind::leaving);
  found.removing = part.has(LeaveKind::removing);
  found.wanting |= author;
  return found;
}

bool begins_to_leave(std::string_view folded, bool names_author) {
  const std::string text = hyphens_as_blanks(folded);
  LeavePart part;
  for (std::string_view rest = text; !rest.empty();) {
    const LeaveWord leave = rest.front() == ' ' ? LeaveWord{} : longest_leave_word(rest);
    const std::size_t filler = rest.front() == ' ' ? 1 : longest_filler(rest).size;
    const std::size_t size = std::max(leave.size, filler);
    if (size == 0) break;
    if (leave.size > 0 && leave.size >= filler) part.add(leave.kind);
    rest.remove_prefix(size);
  }
  if (names_author) part.name_author();
  return !part.empty() && (part.has(LeaveKind::wish) || part.has(LeaveKind::leaving));
}

std::string without_leave_words(std::string_view folded) {
  const std::string text = hyphens_as_blanks(folded);
  std::string left;
  for (std::string_view rest = text; !rest.empty();) {
    const LeaveWord leave = longest_leave_word(rest);
    const bool cuts = leave.size > 0 && leave.kind != LeaveKind::author;
    const std::size_t size = rest.front() == ' ' ? 1 : cuts ? leave.size : word_size(rest);
    left.append(cuts ? " " : rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return left;
}

}  // namespace ccgate
