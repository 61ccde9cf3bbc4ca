// policy/request/mlmmj.h: what mlmmj finds in addresses, those of the header included.
#pragma once

#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/names/list_addresses.h"
#include "policy/request/request_kind.h"

namespace ccgate {

struct MlmmjWord {
  RequestKind kind = RequestKind::post;
  bool known = true;  ///< false: none of mlmmj's words, which counts as subscribe
};

/// What `list+WORD@` means, WORD being exactly one of mlmmj's words with exactly its parameter; the empty
/// word is the posting address. Case-insensitive. The words that subscribe may have ccTLDs behind them.
[[nodiscard]] MlmmjWord mlmmj_word(std::string_view word);

/// The strongest word in the recipient fields: every `list+word` in them, wherever it stands, also with
/// another name of the list. Its parser and ours need not agree on what is a display name or a comment, so
/// any place counts. A word of no meaning does not where it belongs to a whole address of another domain.
[[nodiscard]] MlmmjWord mlmmj_word_in_header(const ListAddresses& list,
                                             const std::vector<HeaderField>& fields);

}  // namespace ccgate
