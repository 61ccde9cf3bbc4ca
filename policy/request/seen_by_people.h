// policy/request/seen_by_people.h: what people see in a mail besides its labels and requests.
#pragma once

#include <set>
#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"
#include "policy/names/domain.h"
#include "policy/names/list_addresses.h"
#include "policy/request/form.h"
#include "policy/request/known_cctlds.h"

namespace ccgate {

struct SeenByPeople {
  std::set<Domain> cctlds;
  bool others = false;  ///< an address stands there that is nobody's who is known to take part, or too much
};

/// People read a form however it is written. Outside of what is marked as quoted, every word behind a dot
/// counts that is a ccTLD that exists; of two letters without a dot, those that are no common word count in
/// capitals outside the signature, and anywhere in a line that speaks of a ccTLD or TLD, and in those that it
/// goes on in. In quoted lines only the label of ccTLDs counts. Known are the author, the addresses of the
/// list, the contacts that are copied, `people`, and below a signature separator the author's domain. Linear
/// time.
[[nodiscard]] SeenByPeople seen_by_people(const Words& words, const Message& message,
                                          const ListAddresses& list, const std::vector<Person>& people,
                                          const KnownCcTlds& known);

}  // namespace ccgate
