#include "policy/answer/delivery_report.h"

#include <algorithm>
#include <array>

#include "policy/answer/automatic_mail.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

struct Block {
  std::string action, status;  // lower case; empty: none
};

bool is_status(std::string_view text) {
  return text.size() >= 5 && text.size() <= 9 && text[1] == '.' && text[0] >= '2' && text[0] <= '5' &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string field_word(std::string_view line) {
  const std::string_view value = trim(line.substr(line.find(':') + 1));
  return ascii_lower(value.substr(0, value.find_first_of(" \t(;")));
}

/// The groups of fields between empty lines: the first tells of the message, each other of a recipient.
std::vector<Block> blocks_of(std::string_view part) {
  std::vector<Block> blocks(1);
  while (!part.empty()) {
    const std::size_t end = std::min(part.find('\n'), part.size());
    const std::string_view line = part.substr(0, end);
    part.remove_prefix(std::min(end + 1, part.size()));
    if (trim(line).empty()) {
      blocks.emplace_back();
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trim(line.substr(0, colon));
    if (ascii_iequal(name, "action") && blocks.back().action.empty()) blocks.back().action = field_word(line);
    if (!ascii_iequal(name, "status") || !blocks.back().status.empty()) continue;
    const std::string status = field_word(line);
    if (is_status(status)) blocks.back().status = status;
  }
  return blocks;
}

template <std::size_t N>
bool says_one(std::string_view text, const std::array<std::string_view, N>& phrases) {
  return std::ranges::any_of(
      phrases, [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

/// With blanks and line ends as one blank, in lower case: mail systems wrap their words.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : ascii_lower(text)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '*';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

/// A warning that a mail system still tries. It must not speak of having given up.
bool tells_of_delay(std::string_view subject, std::string_view text) {
  static constexpr auto kSubjects = std::to_array<std::string_view>(
      {"delayed", "delivery delay", "(delay)", "could not send message for past", "still being delivered",
       "warning: message still undelivered", "delivery is taking longer"});
  static constexpr auto kDelays = std::to_array<std::string_view>({"not yet been delivered",
                                                                   "not been delivered yet",
                                                                   "this is a warning message only",
                                                                   "this is a warning only",
                                                                   "you do not need to resend your message",
                                                                   "delivery attempts will continue",
                                                                   "delivery will continue to be attempted",
                                                                   "will continue to try",
                                                                   "will keep trying",
                                                                   "will be retried",
                                                                   "still trying to deliver",
                                                                   "delivery has been delayed",
                                                                   "message is delayed",
                                                                   "message has been delayed",
                                                                   "no action is required on your part",
                                                                   "will retry for",
                                                                   "temporarily delayed",
                                                                   "has been delayed",
                                                                   "will try again",
                                                                   "will be tried again",
                                                                   "will continue to retry",
                                                                   "still being attempted",
                                                                   "we will keep trying",
                                                                   "continue to attempt"});
  static constexpr auto kFailures = std::to_array<std::string_view>({"permanent error",
                                                                     "permanent fatal error",
                                                                     "permanent failure",
                                                                     "given up",
                                                                     "giving up",
                                                                     "gave up",
                                                                     "will not be retried",
                                                                     "could not be delivered for",
                                                                     "deleted from queue",
                                                                     "removed from the queue",
                                                                     "returned to sender",
                                                                     "delivery failed",
                                                                     "delivery has failed",
                                                                     "user unknown",
                                                                     "retry timeout exceeded",
                                                                     "retry time exceeded",
                                                                     "failed permanently",
                                                                     "cannot send message within",
                                                                     "mail returned",
                                                                     "failure notice",
                                                                     "returned mail",
                                                                     "undeliverable"});
  const std::string about = one_line(subject);
  const std::string words = one_line(text);
  return (says_one(about, kSubjects) || says_one(words, kDelays)) && !says_one(about, kFailures) &&
         !says_one(words, kFailures);
}

bool is_delivery_report(const HeaderField& field) {
  if (!ascii_iequal(field.name, "content-type")) return false;
  const std::string value = ascii_lower(unfold(field.value));
  return trim(std::string_view(value).substr(0, value.find(';'))) == "multipart/report" &&
         value.find("delivery-status") != std::string::npos;
}

bool is_from_mail_system(const HeaderField& field) {
  if (!ascii_iequal(field.name, "from")) return false;
  static constexpr auto kNames =
      std::to_array<std::string_view>({"mailer-daemon", "postmaster@", "mail-daemon", "mailerdaemon",
                                       "mail delivery s", "maildeliverysystem"});
  return says_one(ascii_lower(field.value), kNames);
}

}  // namespace

DeliveryReport read_delivery_report(const std::vector<HeaderField>& fields, bool null_sender,
                                    const std::vector<std::string>& status_parts, std::string_view subject,
                                    std::string_view text) {
  DeliveryReport report;
  const bool is_report = std::ranges::any_of(fields, is_delivery_report);
  const bool from_system = std::ranges::any_of(fields, is_from_mail_system);
  bool told = false;
  for (const std::string& part : status_parts) {
    for (const Block& block : blocks_of(part)) {
      told |= !block.action.empty() || !block.status.empty();
      const bool failed = block.action.empty() ? block.status.starts_with('5') : block.action == "failed";
      if (failed && !report.failed) report = {true, block.status};
      if (!report.failed && report.status.empty()) report.status = block.status;
    }
  }
  if (told) {
    report.failed = report.failed && (is_report || from_system || null_sender);
    return report;
  }
  const bool exim_failure = std::ranges::any_of(
      fields, [](const HeaderField& field) { return ascii_iequal(field.name, "x-failed-recipients"); });
  report.failed = null_sender && !is_report && (from_system || exim_failure) && !is_away_subject(subject) &&
                  (exim_failure || !tells_of_delay(subject, text));
  return report;
}

}  // namespace ccgate
