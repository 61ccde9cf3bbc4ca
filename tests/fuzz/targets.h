// tests/fuzz/targets.h: the target of each source file of this folder.
#pragma once

#include "tests/fuzz/fuzz.h"

namespace ccgate::fuzz {

[[nodiscard]] Target address_target();
[[nodiscard]] Target aliases_target();
[[nodiscard]] Target answer_target();
[[nodiscard]] Target authres_target();
[[nodiscard]] Target contacts_target();
[[nodiscard]] Target dkim_target();
[[nodiscard]] Target header_target();
[[nodiscard]] Target html_target();
[[nodiscard]] Target members_target();
[[nodiscard]] Target mime_target();
[[nodiscard]] Target notice_target();
[[nodiscard]] Target policy_target();
[[nodiscard]] Target protocol_target();
[[nodiscard]] Target rdap_target();
[[nodiscard]] Target request_target();
[[nodiscard]] Target session_target();
[[nodiscard]] Target shown_target();
[[nodiscard]] Target smtp_reply_target();
[[nodiscard]] Target spf_target();
[[nodiscard]] Target whois_target();
[[nodiscard]] Target yaml_target();

}  // namespace ccgate::fuzz
