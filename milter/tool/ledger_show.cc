#include "milter/tool/ledger_show.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <set>

#include "milter/contacts/contact_words.h"
#include "milter/system/timestamp.h"
#include "milter/tool/explain_text.h"
#include "milter/tool/ledger_json.h"
#include "milter/tool/show_parts.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

std::string label_names(const std::vector<std::string>& labels) {
  std::vector<std::string> names;
  for (const std::string& label : labels) {
    const auto domain = Domain::parse(label);
    names.push_back(domain ? cctld_name(*domain) : "." + label);
  }
  return with_commas(names);
}

std::string member(const Json& person, const char* name) {
  if (!person.is_object()) return "";
  const auto found = person.find(name);
  return found != person.end() && found->is_string() ? found->get<std::string>() : "";
}

/// `Ben <ben@nic.example>, +1 555 0100`
std::string person_line(const Json& person) {
  if (!person.is_object()) return "?";
  const std::string name = member(person, "name"), email = member(person, "email");
  const std::string phone = member(person, "phone");
  std::string text = name;
  if (!email.empty()) text += name.empty() ? email : fmt::format(" <{}>", email);
  if (!phone.empty()) text += (text.empty() ? "" : ", ") + phone;
  return text;
}

void add_head(const LedgerEntry& entry, Lines& out) {
  const auto add = [&out](const char* label, const std::string& text) {
    if (!text.empty()) out.add(label, text);
  };
  out.head("decision " + entry.id);
  add("time", format_timestamp(entry.decided));
  add("list", entry.list);
  add("request", entry.request);
  add("ccTLDs", label_names(entry.cctlds));
  add("author", entry.author.empty() ? "(not readable)" : entry.author);
  const Json people = Json::parse(entry.people, nullptr, false);
  if (people.is_array())
    for (const Json& person : people) add("people", person_line(person));
  add("mail from", entry.mail_from);
  for (const std::string& recipient : entry.recipients) add("recipient", recipient);
  add("client", entry.client + (entry.helo.empty() ? "" : " (" + entry.helo + ")"));
  add("Message-ID", entry.message_id);
  add("queue id", entry.queue_id);
  const bool judged = !entry.verdict.empty();  // else ccgate did it by itself
  if (judged)
    add("verdict", entry.verdict + (entry.observed ? ", not carried out: the list only observes" : ""));
  add("ground", entry.ground + (entry.rule.empty() ? "" : ", rule " + entry.rule));
  if (!judged) add("text", member(Json::parse(entry.explanation, nullptr, false), "text"));
  if (judged) add("reply", entry.reply.empty() ? "the MTA's own words" : entry.reply);
  add("policy", entry.policy_hash);
  add("kept until", format_timestamp(entry.keep_until));
}

void add_events(const std::vector<LedgerEvent>& events, std::string& out) {
  if (events.empty()) return;
  out += "events\n";
  for (const LedgerEvent& event : events) {
    std::string what = padded(std::string(to_string(event.kind)), 12) + event.who;
    if (!event.detail.empty()) what += (event.who.empty() ? "" : ": ") + event.detail;
    if (event.times > 1)
      what += fmt::format(", {} times, the last {}", event.times, format_timestamp(event.latest));
    out += fmt::format("  {}  {}\n", format_timestamp(event.at), shown(what));
  }
}

void add_questions(const std::vector<Question>& questions, std::string& out) {
  if (questions.empty()) return;
  out += "questions\n";
  for (const Question& question : questions) {
    std::string text = question.contact;
    if (question.asked_as) text += fmt::format(", {},", title_of(*question.asked_as));
    if (!question.cctlds.empty()) text += " for " + label_names(question.cctlds);
    text += fmt::format(": {}", to_string(question.state));
    if (question.answered != 0) text += " " + format_timestamp(question.answered);
    text += ", asked " + format_timestamp(question.asked);
    if (question.state == QuestionState::open) text += ", expires " + format_timestamp(question.expires);
    out += fmt::format("  {}\n", shown(text));
  }
}

}  // namespace

std::string show_decision(const LedgerStory& story) {
  Lines head;
  add_head(story.entry, head);
  std::string out = head.take();
  add_events(story.events, out);
  add_questions(story.questions, out);
  if (story.entry.verdict.empty()) return out;
  const Json explanation = Json::parse(story.entry.explanation, nullptr, false);
  out +=
      explanation.is_object() ? explain_text(explanation) : "the explanation that is kept cannot be read\n";
  return out;
}

}  // namespace ccgate
