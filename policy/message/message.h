// policy/message/message.h: header fields -> what the message says, or why it cannot be judged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/message/fault.h"
#include "policy/names/address.h"

namespace ccgate {

/// One header field as received: `name` without the colon, `value` the octets after the
/// colon, its leading blank kept, folds as LF followed by blank.
struct HeaderField {
  std::string name;
  std::string value;
};

/// What bounds the work for one message (ccgate.yaml `limits`).
struct Limits {
  std::size_t header_bytes = 256 * 1024;
  std::size_t message_bytes = 10 * 1024 * 1024;
  std::size_t addresses = 1000;
  std::size_t signatures = 20;
  std::size_t mime_depth = 20;
};

/// The header section, parsed once into typed values; nothing in it is verified.
struct Message {
  Address author;                 ///< RFC5322.From: exactly one field with exactly one mailbox
  std::optional<Address> sender;  ///< RFC5322.Sender
  std::vector<Address> reply_to;
  std::vector<Address> to;
  std::vector<Address> cc;
  std::string subject;  ///< field body as received, unfolded, not decoded; empty when absent
  std::optional<std::int64_t>
      date;                ///< RFC5322.Date in seconds since 1970; nullopt when absent or unreadable
  std::string message_id;  ///< as received, unfolded and trimmed; empty when absent
  std::vector<std::size_t> content_fields;  ///< indexes of Content-Type and Content-Transfer-Encoding
};

/// Reads the header section and applies the built-in guards that need nothing but it: single-instance fields
/// once (RFC 5322 3.6), From with one mailbox, strict addresses, Reply-To and Sender in the author domain
/// or elsewhere within its organizational domain (registries write from hosts of theirs), field names strict
/// (no blank before the colon), no CR, NUL or other control, automatic mail (RFC 3834: Auto-Submitted
/// other than no; Precedence bulk, list, junk; List-* and Resent-* fields), limits, long lines. The guards on
/// envelope and command address are `check_envelope`'s. Every input gives an answer; linear time.
[[nodiscard]] std::variant<Message, Fault> read_message(const std::vector<HeaderField>& fields,
                                                        const Limits& limits);

/// Folds removed (RFC 5322 2.2.3), blanks at both ends trimmed.
[[nodiscard]] std::string unfold(std::string_view value);

}  // namespace ccgate
