// policy/request.h: what a message asks of the list manager, for which ccTLDs, and whom (design 5.2, 5.3).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/address.h"
#include "policy/message.h"

namespace ccgate {

/// In rising order of privilege: the most privileged command found in a message counts.
enum class RequestKind { post, owner, other, confirm, unsubscribe, subscribe };
[[nodiscard]] std::string_view to_string(RequestKind kind) noexcept;
[[nodiscard]] std::optional<RequestKind> parse_request_kind(std::string_view word) noexcept;

/// The list manager behind a list: which addresses it reads commands at, and from where in a message.
enum class Manager { mailman3, mailman2, sympa, mlmmj, plain };
[[nodiscard]] std::string_view to_string(Manager manager) noexcept;
[[nodiscard]] std::optional<Manager> parse_manager(std::string_view word) noexcept;

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
  bool reads_headers = false;  ///< To, Cc, Delivered-To decide (mlmmj behind pipe(8); mailman -confirm)
  std::string detail;          ///< after the delimiter, without it; ccTLDs may be named here
  bool form = false;           ///< people read it
};

/// nullopt: not gated, the mail is none of our business (post and owner addresses that take no command).
/// Never depends on anything but the address: usable at RCPT.
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
[[nodiscard]] std::string_view to_string(Form form) noexcept;

/// The words of a message, decoded to UTF-8 by the MIME adapter. Line ends LF.
struct Words {
  std::string subject;
  std::string text;  ///< all text parts, HTML turned to text, quoted replies kept
  bool readable =
      true;  ///< false: an unknown charset or encoding, or over-deep MIME: the text cannot be judged
  std::string why_unreadable;
};

struct Request {
  RequestKind kind = RequestKind::other;
  std::set<Domain> tlds;             ///< named in the address detail, the Subject or the text
  std::vector<std::string> unknown;  ///< how many and where words stand in a place for ccTLDs that name none;
                                     ///< ASCII, echoes nothing
  bool contradiction = false;        ///< address detail, Subject and text name different ccTLDs
  std::vector<Person> people;
  Form form = Form::none;
  bool subscribes_author = true;  ///< nobody but the author is to be subscribed
};

/// Reads the request of one message to one command address. `use_text` false: the text is not authentic;
/// ccTLDs and people are read from address detail and Subject alone, while the kind still counts commands in
/// the text, since the list manager will read them.
[[nodiscard]] Request read_request(const ListAddresses& list, const CommandAddress& command,
                                   const Message& message, const std::vector<HeaderField>& fields,
                                   const Words& words, bool use_text);

}  // namespace ccgate
