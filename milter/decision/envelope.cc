#include "milter/decision/envelope.h"

#include <algorithm>

namespace ccgate {

bool is_mixed(const TransactionStart& start) {
  const auto ours = [](const Recipient& recipient) { return !recipient.gated.empty() || recipient.own; };
  return std::any_of(start.recipients.begin(), start.recipients.end(), ours) &&
         !std::all_of(start.recipients.begin(), start.recipients.end(), ours);
}

Mixture treat_mixture(const Config& config, const TransactionStart& start, Decision decision) {
  if (!is_mixed(start)) return Mixture::as_decided;
  // A refusal tells the author what to do about the request, and a request to be tried again must come again.
  if (decision == Decision::tempfail) return Mixture::as_decided;
  if (config.mixed_recipients == MixedRecipients::split && !start.split_missed) return Mixture::as_decided;
  if (config.mixed_recipients != MixedRecipients::drop)
    return decision == Decision::reject ? Mixture::as_decided : Mixture::refuse;
  if (decision == Decision::accept) return Mixture::as_decided;
  if (decision != Decision::reject && decision != Decision::discard) return Mixture::refuse;
  // An answer to one of ours in it would be lost without a refusal.
  const bool answers = std::any_of(start.recipients.begin(), start.recipients.end(),
                                   [](const Recipient& recipient) { return recipient.own.has_value(); });
  if (!answers && without_commands(start)) return Mixture::drop;
  return answers && decision == Decision::reject ? Mixture::as_decided : Mixture::refuse;
}

std::optional<std::vector<std::string>> without_commands(const TransactionStart& start) {
  std::vector<std::string> taken_out;
  for (const Recipient& recipient : start.recipients) {
    if (recipient.gated.empty()) continue;
    if (!recipient.certain) return std::nullopt;
    taken_out.push_back(recipient.raw);
  }
  return taken_out;
}

}  // namespace ccgate
