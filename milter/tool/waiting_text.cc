#include "milter/tool/waiting_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/system/timestamp.h"
#include "milter/tool/columns_text.h"
#include "policy/names/domain.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

std::string labels_text(const std::vector<std::string>& labels) {
  constexpr std::size_t kMostShown = 6;
  std::string text;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i + 1 == kMostShown && labels.size() > kMostShown)
      return text + " +" + std::to_string(labels.size() - i);
    const auto domain = Domain::parse(labels[i]);
    text += (i == 0 ? "" : ",") + (domain ? cctld_name(*domain) : "." + labels[i]);
  }
  return text;
}

bool is_plain_queue_id(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) {
    return (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z');
  });
}

}  // namespace

std::string waited_text(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 3600;
  const std::int64_t since = std::max<std::int64_t>(0, seconds);
  if (since >= 2 * kDaySeconds) return days_text(since);
  if (since >= 2 * kHour) return std::to_string(since / kHour) + " h";
  return std::to_string(since / kMinute) + " min";
}

std::string questions_table(const std::vector<Question>& questions, std::int64_t now,
                            const std::string& indent) {
  std::vector<std::vector<std::string>> rows{
      {"QUESTION", "DECISION", "LIST", "CONTACT", "CCTLDS", "ASKED", "WAITS", "UNTIL"}};
  for (const Question& each : questions)
    rows.push_back({each.id, each.decision_id, each.list,
                    each.contact + (each.asked_as ? " (" + std::string(title_of(*each.asked_as)) + ")" : ""),
                    labels_text(each.cctlds), format_timestamp(each.asked), waited_text(now - each.asked),
                    format_timestamp(each.expires)});
  return columns_text(rows, indent);
}

Json question_json(const Question& question) {
  return {{"question", question.id},
          {"decision", question.decision_id},
          {"list", question.list},
          {"contact", question.contact},
          {"asked_as", question.asked_as ? Json(to_string(*question.asked_as)) : Json(nullptr)},
          {"cctlds", question.cctlds},
          {"state", to_string(question.state)},
          {"asked", format_timestamp(question.asked)},
          {"expires", format_timestamp(question.expires)}};
}

std::string release_command(const HeldMail& mail) {
  return is_plain_queue_id(mail.entry.queue_id) ? "postsuper -H " + mail.entry.queue_id : "";
}

std::string held_table(const std::vector<HeldMail>& held, std::int64_t now, const std::string& indent) {
  std::vector<std::vector<std::string>> rows{
      {"DECISION", "LIST", "REQUEST", "CCTLDS", "AUTHOR", "QUEUE ID", "WAITS", "LETS IT GO", "REASON"}};
  for (const HeldMail& each : held)
    rows.push_back({each.entry.id, each.entry.list, each.entry.request, labels_text(each.entry.cctlds),
                    each.entry.author, each.entry.queue_id, waited_text(now - each.at), release_command(each),
                    each.reason});
  return columns_text(rows, indent);
}

Json held_json(const HeldMail& mail) {
  const std::string command = release_command(mail);
  return {{"id", mail.entry.id},
          {"time", format_timestamp(mail.at)},
          {"list", mail.entry.list},
          {"request", mail.entry.request},
          {"cctlds", mail.entry.cctlds},
          {"author", mail.entry.author},
          {"queue_id", mail.entry.queue_id},
          {"reason", mail.reason},
          {"release", command.empty() ? Json(nullptr) : Json(command)}};
}

}  // namespace ccgate
