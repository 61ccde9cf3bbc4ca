// policy/request.h: what a message asks of the list manager, for which ccTLDs, and whom (design 5.2, 5.3).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/address.h"
#include "policy/enum_words.h"
#include "policy/message.h"

namespace ccgate {

/// In rising order of privilege: the most privileged command found in a message counts.
enum class RequestKind { post, owner, other, confirm, unsubscribe, subscribe };
template <>
struct EnumWords<RequestKind> {
  using enum RequestKind;
  static constexpr auto table = word_table<RequestKind>({
      {post, "post"},
      {owner, "owner"},
      {other, "other"},
      {confirm, "confirm"},
      {unsubscribe, "unsubscribe"},
      {subscribe, "subscribe"},
  });
};

/// The list manager behind a list: which addresses it reads commands at, and from where in a message.
enum class Manager { mailman3, mailman2, sympa, mlmmj, plain };
template <>
struct EnumWords<Manager> {
  using enum Manager;
  static constexpr auto table = word_table<Manager>({
      {mailman3, "mailman3"},
      {mailman2, "mailman2"},
      {sympa, "sympa"},
      {mlmmj, "mlmmj"},
      {plain, "plain"},
  });
};

/// The addresses of one list, as ccgate.yaml names them.
struct ListAddresses {
  Address address;  ///< where members post
  Manager manager = Manager::plain;
  std::vector<Address> form;  ///< people read the joining form here
  std::vector<Address> also;  ///< local aliases of command addresses
  char delimiter = '+';       ///< between local part and detail
};

/// What an envelope recipient is to a list.
struct CommandAddress {
  RequestKind at_least = RequestKind::other;  ///< what mail there asks whatever its text says
  bool reads_subject = false;                 ///< the manager looks for commands in Subject
  bool reads_body = false;                    ///< and in the text
  bool reads_headers = false;  ///< To, Cc, Delivered-To decide, not the envelope (mlmmj behind pipe(8))
  bool any_list = false;       ///< the commands name their list (`sympa@`): mail there concerns every gated
                               ///< list of the domain, and has to pass for each
  std::string detail;          ///< after the delimiter, without it; ccTLDs may be named here. Never the
                               ///< cookie of a confirm address
  std::string cookie;          ///< of a confirm address, what stands in the place of a detail
  bool form = false;           ///< people read it
  bool known = true;           ///< false: no word of the manager's, which counts as subscribe (mlmmj)
};

/// nullopt: not gated, the mail is none of our business (post and owner addresses that take no command).
/// Never depends on anything but the address: usable at RCPT. Behind mlmmj every address of the list is
/// gated, the posting address too, with `at_least` post or owner: only the header says what such mail is. An
/// alias of `also` means what the last word of its name means (`tldops-join@`), subscribe where that says
/// nothing.
[[nodiscard]] std::optional<CommandAddress> command_address(const ListAddresses& list,
                                                            const Address& recipient);

/// The addresses at which the preset reads commands that let somebody in, without detail: what `ccgate check`
/// compares with the MTA's aliases and what the man page lists.
[[nodiscard]] std::vector<Address> gated_addresses(const ListAddresses& list);

/// One person of a joining form.
struct Person {
  std::string name;
  std::optional<Address> email;
  std::string phone;
};

enum class Form { none, partial, full };
template <>
struct EnumWords<Form> {
  using enum Form;
  static constexpr auto table = word_table<Form>({
      {none, "none"},
      {partial, "partial"},
      {full, "full"},
  });
};

/// The words of a message, decoded to UTF-8 by the MIME adapter. Line ends LF.
struct Words {
  std::string subject;
  std::string text;  ///< all text parts, HTML turned to text, quoted replies kept
  bool readable =
      true;  ///< false: an unknown charset or encoding, or over-deep MIME: the text cannot be judged
  std::string why_unreadable;
  bool subject_readable = true;  ///< false: the Subject alone makes it unreadable
  std::string_view raw;          ///< the body as it came, where it is not simply the text: lines that another
                                 ///< MIME reader may take for text. Not owned
};

struct Request {
  RequestKind kind = RequestKind::other;
  std::set<Domain> tlds;             ///< named in the address detail, the Subject or the text
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
  /// The list manager itself acts on it, and whom it subscribes is the author, whatever a form in the text
  /// says.
  bool by_manager = false;
  /// False where it is `subscribe` for one reason only: it stands at an address that reads commands and is
  /// none that lets nobody in.
  bool understood = true;
};

/// Reads the request of one message to one command address. `use_text` false: the text is not authentic;
/// ccTLDs are read from address detail and Subject alone, and no form is full, while the kind still counts
/// commands in the text, since the list manager will read them, and people count who are named there. At a
/// form address people read the mail: whatever does not clearly and only ask to leave is `subscribe` there,
/// in whatever words. At an address that reads commands, everything counts as subscribe that is not harmless
/// (`is_harmless`), an unreadable text or Subject too. Linear time.
[[nodiscard]] Request read_request(const ListAddresses& list, const CommandAddress& command,
                                   const Message& message, const std::vector<HeaderField>& fields,
                                   const Words& words, bool use_text);

}  // namespace ccgate
