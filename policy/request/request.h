// policy/request/request.h: what a message asks of the list manager, for which ccTLDs, and whom.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"
#include "policy/request/command_address.h"
#include "policy/request/form.h"
#include "policy/request/named_cctlds.h"

namespace ccgate {

struct Request {
  RequestKind kind = RequestKind::other;
  std::set<Domain> cctlds;  ///< named in the address detail, the Subject or the text
  /// At a form's address, seen in a text that is not authentic where nothing else names any: asked for beside
  /// those that the author and the copied contacts speak for, never instead.
  std::set<Domain> cctlds_besides;
  std::string unknown_word;          ///< behind a dot, no ccTLD: a label of ASCII, in lower case; or empty
  std::vector<std::string> unknown;  ///< why the ccTLDs are not all known: how many words, and where, stand
                                     ///< in a place for ccTLDs and name none, or that the text is unreadable;
                                     ///< ASCII, echoes nothing
  bool contradiction = false;        ///< address detail, Subject and text name different ccTLDs
  std::vector<Person> people;
  Form form = Form::none;
  bool subscribes_author =
      true;  ///< nobody but the author is to be subscribed: no `address=`, no ADD, nobody
             ///< in a form with another or an unreadable address. Never true by doubt
  /// Somebody is or may be subscribed whom `people` does not name: by `address=` or ADD, behind an address or
  /// in a text that cannot be read.
  bool others_unnamed = false;
  /// Where the text is read, part of it could not be: nobody knows how many people it names.
  bool people_unknown = false;
  /// The list manager itself acts on it, and whom it subscribes is the author, whatever a form in the text
  /// says.
  bool by_manager = false;
  /// At a form's address, it is `subscribe` for want of understanding, though it speaks of leaving and not of
  /// joining: it must let nobody in.
  bool asks_to_leave = false;
  /// False where it is `subscribe` for one reason only: it stands at an address that reads commands and is
  /// none that lets nobody in.
  bool understood = true;
};

/// Reads the request of one message to one command address. `use_text` false: the text is not authentic;
/// ccTLDs are read from address detail and Subject alone, and no form is full, while the kind still counts
/// commands in the text, since the list manager will read them, and people count who are named there. At a
/// form address people read the mail: whatever does not clearly and only ask to leave is `subscribe` there,
/// in whatever words. At an address that reads commands, everything counts as subscribe that is not harmless
/// (`is_harmless`), an unreadable text or Subject too. Where the text is read, by people or by the manager, a
/// mail with a part that is not (`Words::unread`) is a subscription of unknown people. Linear time.
[[nodiscard]] Request read_request(const ListAddresses& list, const CommandAddress& command,
                                   const Message& message, const std::vector<HeaderField>& fields,
                                   const Words& words, bool use_text, const KnownCcTlds& known);

}  // namespace ccgate
