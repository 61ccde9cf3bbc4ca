// policy/request/known_cctlds.h: what is known of ccTLDs where a request is read, and what it names.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include "policy/names/address.h"
#include "policy/names/domain.h"

namespace ccgate {

/// What is known of ccTLDs where a request is read.
struct KnownCcTlds {
  std::function<bool(const Domain&)> exists;    ///< the contact data has it
  std::function<bool(const Domain&)> involved;  ///< and its contact writes, or is copied
  /// A contact, of whatever ccTLD, that the mail is addressed to; empty: nobody is known to be one.
  std::function<bool(const Address&)> copied_contact = {};
};

struct NamedCcTlds {
  std::set<Domain> cctlds;
  std::size_t unknown = 0;    ///< words in a place for ccTLDs that cannot be one
  std::string first_unknown;  ///< the first of them that stood behind a dot, where it is a plain label:
                              ///< letters, digits and hyphens of ASCII, in lower case
  std::size_t looked_at = 0;  ///< words tried; from some number on all are unknown
};

}  // namespace ccgate
