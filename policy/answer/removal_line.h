// policy/answer/removal_line.h: one line of a review's answer that takes people off a list.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/names/address.h"

namespace ccgate {

struct RemovalLine {
  std::vector<Address> who;  ///< never empty
  bool by_no = false;        ///< a word of no says it, which may as well answer by itself: `No, ben@nic.xa`
  bool goes_on = false;      ///< it ends with a comma
};

/// The line is one word of no (`no`, `nein`: one for each language) with a comma, colon or dash behind it or
/// nothing, or a verb that needs an object (`remove`, `please remove`), and addresses with `,` or `and`
/// between them. Nothing else is one: no other refusal (`never`, `rejected`), nothing between the word and
/// the address
/// (`no reply: ben@nic.xa`), no full stop behind it. `goes_on`: the line before ended with a comma, so that
/// the word may be missing. A link that a program put behind an address, `<mailto:...>` of the same, is
/// nothing.
[[nodiscard]] std::optional<RemovalLine> read_removal_line(std::string_view line, bool goes_on);

/// `text` with what ccgate's mails set in brackets as it was: `anne[@]nic[.]xa` -> `anne@nic.xa`.
[[nodiscard]] std::string undone_marks(std::string_view text);

/// Whatever in `line` is an address, in brackets and among others too.
[[nodiscard]] std::vector<Address> addresses_in(std::string_view line);

}  // namespace ccgate
