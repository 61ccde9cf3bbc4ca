// milter/ledger/request_key.h: by what the same request is known when it comes again.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/verdict/judge.h"

namespace ccgate {

/// Whom a request is about: the people of its form; the author of a subscription too where the list manager
/// acts on it, which does not read forms, or where nobody named has an address. Not the author where somebody
/// else is, or may be, subscribed whom nothing here can name (`others_unnamed`).
[[nodiscard]] std::vector<Person> people_of(const Request& request, const Address& author);

/// Hex SHA-256 of list, kind, ccTLDs, author and people: people in any order, addresses in any letter case.
[[nodiscard]] std::string request_key(std::string_view list, RequestKind kind, const std::set<Domain>& cctlds,
                                      const Address& author, const std::vector<Person>& people);

/// Of what was judged, for the ccTLDs that were decided. Empty when it is not known whom the request is about
/// (`others_unnamed`): no confirmation of one such request may let another in.
[[nodiscard]] std::string request_key(std::string_view list, const Request& request, const Verdict& verdict,
                                      const Address& author);

}  // namespace ccgate
