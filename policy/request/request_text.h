// policy/request/request_text.h: what the text of a request says of ccTLDs and people.
#pragma once

#include <string_view>
#include <vector>

#include "policy/request/form.h"
#include "policy/request/named_cctlds.h"

namespace ccgate {

struct TextFindings {
  NamedCcTlds named;
  std::vector<Person> people;
  bool doubtful_address = false;
};

/// Reads a text as people see it (`Words::as_shown`). ccTLDs are named at labels, with the list items below
/// them, and by lines that begin a request, with the lines that they go on in. Never by a request below a
/// signature separator or in a quoted part: there only labels count, and only where a person is named there
/// too, or, in what is quoted, where the author's own lines name nothing: a form is often filled in by reply.
/// A farewell with a name below it ends the requests, and an
/// invitation to the reader is none, unless people read the mail. People count wherever they stand. Linear
/// time.
[[nodiscard]] TextFindings read_request_text(std::string_view shown, const ReadingPlace& place);

}  // namespace ccgate
