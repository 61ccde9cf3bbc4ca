// policy/request/form_labels.h: the labels of a joining form, in the languages people fill it in.
#pragma once

#include <optional>
#include <string_view>

namespace ccgate {

enum class Label { cctlds, name, given_name, family_name, email, other_email, phone };

/// A line of a form, cut at its first colon (ASCII or fullwidth), or else at what sets the cells of a table
/// apart: a tab, `|` or `=`.
struct LabelledLine {
  Label label;
  std::string_view value;  ///< blanks and emphasis marks around it removed; may be empty
};

/// `Name: Anne`, `2. *E-Mail (work):* anne@nic.example`, `> 電話番号：...`: list numbers, bullets, quote and
/// emphasis marks, letter case, accents and text in parentheses make no difference. nullopt for other lines.
[[nodiscard]] std::optional<LabelledLine> labelled_line(std::string_view line);

}  // namespace ccgate
