#include "milter/tool/ledger_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

/// What the store keeps as JSON; null when it is none.
Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(nullptr) : json;
}

Json json_events(const std::vector<LedgerEvent>& events) {
  Json all = Json::array();
  for (const LedgerEvent& event : events) {
    Json json{{"time", format_timestamp(event.at)},
              {"event", to_string(event.kind)},
              {"who", event.who},
              {"detail", event.detail}};
    if (event.kind == EventKind::repeated || event.kind == EventKind::unclear) {
      json["times"] = event.times;
      json["latest"] = format_timestamp(std::max(event.at, event.latest));
    }
    all.push_back(std::move(json));
  }
  return all;
}

Json json_questions(const std::vector<Question>& questions) {
  Json all = Json::array();
  for (const Question& question : questions) {
    Json one = {
        {"contact", question.contact},
        {"cctlds", question.cctlds},
        {"state", to_string(question.state)},
        {"asked", format_timestamp(question.asked)},
        {"expires", format_timestamp(question.expires)},
        {"answered", question.answered != 0 ? Json(format_timestamp(question.answered)) : Json(nullptr)}};
    if (question.asked_as) one["asked_as"] = to_string(*question.asked_as);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

Json ledger_json(const LedgerEntry& entry, const std::vector<LedgerEvent>& events) {
  return {{"id", entry.id},
          {"time", format_timestamp(entry.decided)},
          {"list", entry.list},
          {"request", entry.request},
          {"cctlds", entry.cctlds},
          {"author", entry.author},
          {"author_domain", entry.author_domain},
          {"mail_from", entry.mail_from},
          {"client", entry.client},
          {"helo", entry.helo},
          {"recipients", entry.recipients},
          {"message_id", entry.message_id},
          {"people", parsed(entry.people)},
          {"verdict", entry.verdict},
          {"ground", entry.ground},
          {"rule", entry.rule},
          {"observed", entry.observed},
          {"reply", entry.reply.empty() ? Json(nullptr) : Json(entry.reply)},
          {"queue_id", entry.queue_id},
          {"policy_hash", entry.policy_hash},
          {"evidence_digest", entry.evidence_digest},
          {"request_key", entry.request_key},
          {"keep_until", format_timestamp(entry.keep_until)},
          {"events", json_events(events)}};
}

Json show_decision_json(const LedgerStory& story) {
  Json json = ledger_json(story.entry, story.events);
  json["questions"] = json_questions(story.questions);
  json["explanation"] = parsed(story.entry.explanation);
  return json;
}

}  // namespace ccgate
