// milter/notice/shown_value.h: what comes from outside, as a mail of ours may show it: one line, nothing
// hidden, nothing that a mail program makes a link of. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "milter/notice/template.h"
#include "policy/address.h"
#include "policy/domain.h"
#include "policy/request.h"

namespace ccgate {

/// Without controls, direction marks and other characters that nobody sees (the joiners of Indic and Persian
/// scripts stay); runs of blanks and line ends are one blank, none at the ends; an octet that is no UTF-8 is
/// `?`; at most `longest` characters, the last three of them dots when some are left out.
[[nodiscard]] std::string clean_value(std::string_view text, std::size_t longest);
/// As clean_value; whatever would make an address or a link of it becomes blank or gets one behind it.
[[nodiscard]] std::string plain_words(std::string_view text, std::size_t longest);
/// Likewise, but words that are addresses stay.
[[nodiscard]] std::string plain_sentence(std::string_view text, std::size_t longest);

/// `.xa`, or for an IDN label `.U-label (A-label)`.
[[nodiscard]] std::string shown_cctld(std::string_view a_label);
/// Separated by commas. `ascii`: A-labels only, as in a Subject.
[[nodiscard]] std::string shown_cctlds(const std::vector<std::string>& a_labels, bool ascii);
/// `anne@nic.xa`; with an IDN domain `anne@U-labels (anne@A-labels)`.
[[nodiscard]] std::string shown_address(const Address& address);
/// `text` as an address, in angle brackets or not; what is none as plain words.
[[nodiscard]] std::string shown_address(std::string_view text);

/// `Name <email>, phone`, without the parts that are not there.
[[nodiscard]] std::string shown_person(std::string_view name, std::string_view email, std::string_view phone);

/// `15 January 2030, 12:00 UTC`.
[[nodiscard]] std::string shown_time(std::int64_t seconds);
/// `14 days`, `36 hours`, `90 minutes`, `10 seconds`: the largest unit that is exact.
[[nodiscard]] std::string shown_duration(std::int64_t seconds);

/// The same in text and Subject; in the latter what is not ASCII is `?`.
[[nodiscard]] NoticeValue value_of(std::string text);

}  // namespace ccgate
