// milter/notice/shown_value.h: the values in a mail of ours. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "milter/notice/plain_text.h"
#include "milter/texts/template.h"
#include "policy/names/address.h"
#include "policy/names/domain.h"
#include "policy/request/request.h"

namespace ccgate {

/// `.xa`, or for an IDN label `.U-label (A-label)`.
[[nodiscard]] std::string shown_cctld(std::string_view a_label);
/// Separated by commas. `ascii`: A-labels only, as in a Subject.
[[nodiscard]] std::string shown_cctlds(const std::vector<std::string>& a_labels, bool ascii);
/// `anne@nic.xa`; with an IDN domain `anne@U-labels (anne@A-labels)`. Only for addresses of the list and of
/// contacts, which may be written to; mail programs make links of them.
[[nodiscard]] std::string shown_address(const Address& address);
/// `text` as an address, in angle brackets or not; what is none as plain words.
[[nodiscard]] std::string shown_address(std::string_view text);
/// Likewise an address that others wrote, by plain_words: `anne[@]nic[.]xa`.
[[nodiscard]] std::string shown_foreign_address(std::string_view text);

/// `Name <email>, phone`, without the parts that are not there; all of them by plain_words.
[[nodiscard]] std::string shown_person(std::string_view name, std::string_view email, std::string_view phone,
                                       std::string_view other_email = {});

/// `15 January 2030, 12:00 UTC`.
[[nodiscard]] std::string shown_time(std::int64_t seconds);
/// `14 days`, `36 hours`, `90 minutes`, `10 seconds`: the largest unit that is exact.
[[nodiscard]] std::string shown_duration(std::int64_t seconds);

/// The same in text and Subject; in the latter what is not ASCII is `?`.
[[nodiscard]] NoticeValue value_of(std::string text);

}  // namespace ccgate
