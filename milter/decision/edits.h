// milter/decision/edits.h: what is changed in a message and answered to the MTA, as values that can be
// explained, tested and carried out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/message/message.h"
#include "policy/text/enum_words.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

struct Edits {
  struct Deletion {
    std::string name;
    unsigned index;  ///< from 1, among the fields of that name
  };
  std::vector<Deletion>
      delete_fields;  ///< from the last to the first, so that an index stays true until its turn
  std::vector<HeaderField> insert_on_top;  ///< each goes on top of the one before; value with leading blank
  std::vector<Address> add_recipients;
  std::vector<std::string> delete_recipients;  ///< as the MTA gave them
  std::optional<std::string> quarantine;       ///< the reason shown in the hold queue
};

/// The answer at end of message.
struct Answer {
  enum class Kind { accept, tempfail, reject, discard };
  Kind kind = Kind::accept;
  Reply reply;  ///< tempfail and reject; text with decision id
};

template <>
struct EnumWords<Answer::Kind> {
  using enum Answer::Kind;
  static constexpr auto table = word_table<Answer::Kind>({
      {accept, "accept"},
      {tempfail, "tempfail"},
      {reject, "reject"},
      {discard, "discard"},
  });
};

}  // namespace ccgate
