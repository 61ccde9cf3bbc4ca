#include "milter/tool/waiting_tool.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

#include "milter/members/member_text.h"
#include "milter/store/store.h"
#include "milter/tool/output.h"
#include "milter/tool/waiting_text.h"
#include "policy/text/durations.h"
#include "policy/text/issue.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// As it is typed or pasted.
std::string bare_id(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text.ends_with(']')) text.remove_suffix(1);
  return ascii_lower(trim(text));
}

/// The open ones that `id` names; empty after telling that there is none.
std::vector<Question> open_ones(Store& store, const std::string& id, std::int64_t now) {
  std::vector<Question> found;
  if (const auto question = store.find_question(id))
    found.push_back(*question);
  else
    found = store.questions_by_decision(id);
  const bool any = !found.empty();
  std::erase_if(
      found, [now](const Question& each) { return each.state != QuestionState::open || each.expires < now; });
  if (!found.empty()) return found;
  std::vector<std::string> known;
  for (const Question& each : store.open_questions(now, kMostWaiting)) {
    known.push_back(each.id);
    known.push_back(each.decision_id);
  }
  const std::string meant = any ? "" : did_you_mean(id, known);
  std::fprintf(stderr, "ccgate: no open question `%s`%s%s\n", shown(id).c_str(), meant.empty() ? "" : "; ",
               shown(meant).c_str());
  if (meant.empty()) std::fputs("help: `ccgate ask list` shows those that wait\n", stderr);
  return {};
}

void tell_question(const WaitingSource& from, const char* what, const Question& question) {
  if (from.json) {
    nlohmann::ordered_json json = question_json(question);
    json["done"] = what;
    put(json_line(json));
    return;
  }
  put(std::string(what) + ": question " + shown(question.id) + " to " + shown(question.contact) + "\n");
}

}  // namespace

int run_ask_list(const WaitingSource& from) {
  int status = 0;
  const OpenedStore opened = open_source(from.source, StoreAccess::read, status);
  if (!opened.store) return status;
  const auto questions = opened.store->open_questions(from.now, kMostWaiting);
  if (from.json)
    for (const Question& each : questions) put(json_line(question_json(each)));
  else if (questions.empty())
    put("no question is open\n");
  else
    put(questions_table(questions, from.now));
  if (questions.size() == kMostWaiting)
    std::fprintf(stderr, "ccgate: these are the oldest %zu; there may be more\n", kMostWaiting);
  return 0;
}

int run_ask_resend(const WaitingSource& from, const std::string& id) {
  constexpr std::int64_t kHour = 3600;
  int status = 0;
  const OpenedStore opened = open_source(from.source, StoreAccess::write, status);
  if (!opened.store) return status;
  const auto questions = open_ones(*opened.store, bare_id(id), from.now);
  for (const Question& each : questions) {
    const std::string key = "ask:" + each.id + ":again:" + std::to_string(from.now / kHour);
    if (opened.store->ask_again(each.id, key, from.now)) {
      tell_question(from, "mailed again", each);
      continue;
    }
    std::fprintf(stderr, "ccgate: question %s was mailed again in this hour already\n",
                 shown(each.id).c_str());
    status = 1;
  }
  return questions.empty() ? 1 : status;
}

int run_ask_cancel(const WaitingSource& from, const std::string& id, const std::string& why) {
  int status = 0;
  const OpenedStore opened = open_source(from.source, StoreAccess::write, status);
  if (!opened.store) return status;
  const auto questions = open_ones(*opened.store, bare_id(id), from.now);
  const std::string detail = "taken back by an operator: " + member_text(why);
  for (const Question& each : questions) {
    if (opened.store->cancel_question(each.id, detail, from.now)) {
      tell_question(from, "taken back", each);
      continue;
    }
    std::fprintf(stderr, "ccgate: question %s was answered meanwhile\n", shown(each.id).c_str());
    status = 1;
  }
  return questions.empty() ? 1 : status;
}

int run_held_list(const WaitingSource& from) {
  int status = 0;
  const OpenedStore opened = open_source(from.source, StoreAccess::read, status);
  if (!opened.store) return status;
  const auto held = opened.store->held(from.now - kHeldDays * kDaySeconds, kMostWaiting);
  if (from.json)
    for (const HeldMail& each : held) put(json_line(held_json(each)));
  else if (held.empty())
    put("no mail is held, as far as the ledger tells\n");
  else
    put(held_table(held, from.now));
  if (held.size() == kMostWaiting)
    std::fprintf(stderr, "ccgate: these are the newest %zu; there may be more\n", kMostWaiting);
  return 0;
}

int run_held_release(const WaitingSource& from, const std::string& id, const std::string& why) {
  int status = 0;
  const OpenedStore opened = open_source(from.source, StoreAccess::write, status);
  if (!opened.store) return status;
  const std::string wanted = bare_id(id);
  const auto held = opened.store->held(from.now - kHeldDays * kDaySeconds, kMostWaiting);
  std::vector<std::string> known;
  for (const HeldMail& each : held) {
    known.push_back(each.entry.id);
    if (each.entry.id != wanted && ascii_lower(each.entry.queue_id) != wanted) continue;
    opened.store->add({{.number = 0,
                        .decision_id = each.entry.id,
                        .at = from.now,
                        .kind = EventKind::released,
                        .who = "",
                        .detail = member_text(why)}},
                      {});
    if (from.json) {
      put(json_line(held_json(each)));
      return 0;
    }
    put("recorded: " + shown(each.entry.id) + " is held no more\n");
    if (const std::string command = release_command(each); !command.empty())
      put("the message itself is let go by: " + command + "\n");
    return 0;
  }
  const std::string meant = did_you_mean(wanted, known);
  std::fprintf(stderr, "ccgate: no held mail `%s`%s%s\n", shown(wanted).c_str(), meant.empty() ? "" : "; ",
               shown(meant).c_str());
  if (meant.empty()) std::fputs("help: `ccgate held list` shows what is held\n", stderr);
  return 1;
}

}  // namespace ccgate
