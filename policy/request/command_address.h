// policy/request/command_address.h: which recipients take commands, and where the list manager behind them
// looks for some.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/names/list_addresses.h"
#include "policy/request/request_kind.h"

namespace ccgate {

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

}  // namespace ccgate
