// policy/verdict/judge.h: one message to one command address, from what it says to what becomes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "policy/verdict/basis.h"
#include "policy/verdict/evaluate.h"

namespace ccgate {

/// What one transaction says about itself, beside its header section.
struct Envelope {
  std::optional<Address> mail_from;   ///< RFC5321.MailFrom; absent for `<>`, and for what is no plain address
  bool null_sender = false;           ///< MAIL FROM:<>
  std::optional<Domain> domain = {};  ///< of what is no plain address, where it can be told
};

/// One message as it came, what was read in it and what was verified of it. Refers to all of them.
struct ReceivedMail {
  const Envelope& envelope;
  const std::vector<HeaderField>& fields;
  const Message& message;
  const Words& words;
  const Evidence& evidence;
  bool truncated = false;  ///< there is more of the body than `words` were read from
};

/// One command address that it goes to. Refers to all of it.
struct Destination {
  const ListAddresses& list;
  const CommandAddress& command;
  const std::vector<Address>& recipient;  ///< of the envelope, behind `command`: every spelling that the MTA
                                          ///< gave of it
};

/// The clock, and what of ccgate.yaml is measured by it; seconds.
struct ContactTimes {
  std::int64_t now = 0;        ///< since 1970
  std::int64_t max_age = 0;    ///< contacts.max_age
  std::int64_t cool_down = 0;  ///< contacts.cool_down
};

/// What a judgement was reached on, for logs and explanations.
struct Judgement {
  Request request;
  Verdict verdict;
  JudgementBasis basis = {};  ///< of the verdict
};

/// Reads the request and decides.
///
/// Guards here, beside those of read_message: MAIL FROM is not null, and one strict address, unless DKIM
/// speaks for the author and no condition compares what cannot be read; the command address stands in To or
/// Cc (a message replayed to another list is refused); the text can be read, and was read to its end, where
/// it decides what is asked. While it is unknown whether the text is authentic, a refusal stands only when it
/// holds with and without the text.
[[nodiscard]] Judgement judge(const Policy& policy, const Directory& directory, const Destination& to,
                              const ReceivedMail& mail, const ContactTimes& times,
                              const History& history = {});

}  // namespace ccgate
