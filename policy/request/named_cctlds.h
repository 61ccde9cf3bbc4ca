// policy/request/named_cctlds.h: which ccTLDs a line names, where a line may name some.
#pragma once

#include <string_view>

#include "policy/names/list_addresses.h"
#include "policy/request/known_cctlds.h"

namespace ccgate {

/// One list, and what is known: how bare words in its mail are told from ccTLDs.
struct ReadingPlace {
  std::string_view list_name;  ///< local part of the list's address: no ccTLD, though it may look like one
  Manager manager = Manager::plain;
  const KnownCcTlds& known;
  bool for_people = false;  ///< who read every line, and may act on it
};

/// A Subject. A word behind a dot names a ccTLD anywhere in it, in brackets only one that exists. Where it is
/// a request (`subscribe`, `join` anywhere, or politely), the words behind the command name those that exist:
/// a word that is common in some language (request_words.h), one in a mere row of names behind Sympa's
/// SUBSCRIBE LIST, and among other words one in capitals like a name, only where its contact is involved.
/// Other words mean nothing, unless the command is followed by codes alone: then one that does not exist is
/// unknown. So is what stands behind 5,000 words.
void read_subject_line(std::string_view subject, const ReadingPlace& place, NamedCcTlds& named);

/// True for a line of text that begins a request: a command word, or a polite beginning and a wish; behind a
/// greeting, brackets and bullets. `line` as `as_seen` leaves it.
[[nodiscard]] bool begins_request(std::string_view line);

/// True for one that invites its readers, as footers do: `Join the .xa conference`, `Subscribe to our
/// channel`; the list and a ccTLD behind `for` are not what they are invited to.
[[nodiscard]] bool invites_readers(std::string_view line, std::string_view list_name);

/// A line of text that begins a request, with the lines that it goes on in. As a Subject; what stands behind
/// its first sentence, or is the ending of a file name (`.pdf`), is never unknown.
void read_request_line(std::string_view line, const ReadingPlace& place, NamedCcTlds& named);

/// Address detail: `fr`, `fr+re`, `fr,re`.
void read_detail(std::string_view detail, NamedCcTlds& named);

}  // namespace ccgate
