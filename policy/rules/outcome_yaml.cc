#include "policy/rules/outcome_yaml.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "policy/rules/quorum_yaml.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestReply = 300;  // room for code, status, a filled-in contact and the decision id
constexpr std::size_t kLongestFieldName = 76;
constexpr std::size_t kLongestFieldValue = 900;  // RFC 5322 2.1.1: lines of at most 998

/// RFC 3463: class.subject.detail, each without leading zeros.
bool is_status(std::string_view text) {
  int parts = 0;
  while (true) {
    const std::size_t end = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, end);
    ++parts;
    if (part.empty() || part.size() > (parts == 1 ? 1U : 3U) || (part.size() > 1 && part.front() == '0') ||
        part.find_first_not_of("0123456789") != std::string_view::npos)
      return false;
    if (end == text.size()) return parts == 3;
    text.remove_prefix(end + 1);
  }
}

/// Why a reply text cannot be sent; empty when it can.
std::string fault_of_text(std::string_view text) {
  if (text.size() > kLongestReply) return fmt::format("a reply of more than {} bytes", kLongestReply);
  if (!is_printable_ascii(text)) return "a reply must be one line of ASCII";
  if (text.front() == ' ' || text.back() == ' ') return "a reply with a blank at its end";
  if (text.find('%') != std::string_view::npos) return "a reply cannot hold `%`";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}') return "a `}` without `{`";
    if (text[i] != '{') continue;
    const std::size_t end = text.find('}', i);
    if (end == std::string_view::npos) return "a `{` without `}`";
    const std::string_view name = text.substr(i + 1, end - i - 1);
    if (name != "tld" && name != "admin_contact") return fmt::format("unknown placeholder `{{{}}}`", name);
    i = end;
  }
  return "";
}

std::string help_of_text(std::string_view fault) {
  if (fault.starts_with("unknown placeholder") || fault.starts_with("a `"))
    return "placeholders are {tld} and {admin_contact}";
  if (fault.find('%') != std::string_view::npos) return "milters give it a meaning of their own: use a word";
  return "";
}

ReplyTemplate read_reply(const YamlMap& map, Decision decision) {
  ReplyTemplate reply;
  const bool later = decision == Decision::tempfail;
  const std::string name(to_string(decision));
  if (map.get("code") != nullptr) {
    const std::int64_t least = later ? 450 : 550;
    if (const auto code = map.number("code", least, least + 9)) reply.code = static_cast<int>(*code);
  }
  if (auto status = map.text("status")) {
    if (!is_status(*status))
      map.sink().error(map.get("status")->at, fmt::format("`{}` is not an enhanced status code", *status),
                       "three numbers, as in 5.7.2 (RFC 3463)");
    else if (status->front() != (later ? '4' : '5'))
      map.sink().error(map.get("status")->at,
                       fmt::format("the status of `{}` must be of class {}", name, later ? "4" : "5"),
                       fmt::format("`{}` is a {} reply", name, later ? "4xx" : "5xx"));
    else
      reply.status = std::move(*status);
  }
  if (auto text = map.text("text")) {
    const std::string fault = fault_of_text(*text);
    if (!fault.empty()) map.sink().error(map.get("text")->at, fault, help_of_text(fault));
    reply.text = std::move(*text);
  }
  return reply;
}

/// Fields that the list, its members' mail programs or ccgate itself decide by: an operator's own must not
/// pass for one of them.
bool is_reserved_field(std::string_view name) {
  static constexpr std::array<std::string_view, 18> kNames{"from",
                                                           "sender",
                                                           "reply-to",
                                                           "to",
                                                           "cc",
                                                           "bcc",
                                                           "date",
                                                           "subject",
                                                           "message-id",
                                                           "in-reply-to",
                                                           "references",
                                                           "return-path",
                                                           "received",
                                                           "mime-version",
                                                           "delivered-to",
                                                           "authentication-results",
                                                           "dkim-signature",
                                                           "received-spf"};
  static constexpr std::array<std::string_view, 6> kPrefixes{"x-ccgate", "arc-",     "list-",
                                                             "resent-",  "content-", "auto-submitted"};
  const std::string folded = ascii_lower(name);
  return std::find(kNames.begin(), kNames.end(), folded) != kNames.end() ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return folded.starts_with(prefix); });
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestFieldName &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

void read_header(const YamlMap& map, Action& action) {
  if (auto name = map.text("name")) {
    if (!is_field_name(*name))
      map.sink().error(map.get("name")->at, fmt::format("`{}` is not a header field name", *name),
                       "letters, digits and `-`, without the colon");
    else if (is_reserved_field(*name))
      map.sink().error(map.get("name")->at, fmt::format("the field `{}` cannot be added", *name),
                       "choose a name of the list's own, as in X-List-Gate");
    action.name = std::move(*name);
  }
  if (auto value = map.text("value")) {
    if (!is_printable_ascii(*value) || value->size() > kLongestFieldValue)
      map.sink().error(map.get("value")->at, "the text of a field must be one line of ASCII",
                       fmt::format("at most {} bytes", kLongestFieldValue));
    action.value = std::move(*value);
  }
}

void read_informed(const YamlMap& map, Action& action) {
  std::vector<std::string> words = words_of<Role>();
  for (std::string& word : words) word += "_contact";
  words.emplace_back("nobody");
  const auto items = map.items("inform", true);
  if (const YamlNode* node = map.get("inform"); node->kind == YamlNode::Kind::sequence && items.empty())
    map.sink().error(node->at, "`inform` is empty", "name a contact, or write `inform: nobody`");
  for (const YamlNode* item : items) {
    const auto word = read_word(*item, "inform", words, map.sink());
    if (!word) continue;
    if (*word == "nobody" && items.size() > 1)
      map.sink().error(item->at, "`nobody` beside others", "name the contacts, or nobody");
    if (const auto role = parse_word<Role>(word->substr(0, word->find('_')))) action.roles.insert(*role);
  }
}

std::optional<Action> read_action(const YamlNode& node, IssueSink& sink) {
  const YamlMap map(node, node.at, SchemaFile::policy, "rules[].do[]", sink);
  if (!map.is_mapping()) return std::nullopt;
  if (node.entries.size() != 1) {
    sink.error(node.at, "one action must be one key", "write each as an item of its own, in `{` and `}`");
    return std::nullopt;
  }
  Action action;
  action.at = node.entries.front().at;
  const std::string& key = node.entries.front().key;
  if (key == "inform") {
    action.kind = Action::Kind::inform;
    read_informed(map, action);
  } else if (key == "add_header") {
    action.kind = Action::Kind::add_header;
    if (const auto header = map.map(key)) read_header(*header, action);
  } else if (key == "add_recipient" || key == "redirect") {
    action.kind = key == "redirect" ? Action::Kind::redirect : Action::Kind::add_recipient;
    action.address = map.address(key);
  }
  return action;
}

}  // namespace

std::optional<Outcome> read_outcome(const YamlNode& node, Position at, std::string_view what,
                                    IssueSink& sink) {
  Outcome outcome;
  if (node.kind == YamlNode::Kind::scalar) {
    const auto word = read_word(node, what, words_of<Decision>(), sink);
    if (!word) return std::nullopt;
    outcome.decision = *parse_word<Decision>(*word);
    return outcome;
  }
  if (node.kind != YamlNode::Kind::mapping || node.entries.size() != 1) {
    sink.error(node.at, fmt::format("`{}` must be one decision", what),
               "a word, or as in `{reject: {status: 5.7.2, text: \"...\"}}`");
    return std::nullopt;
  }
  const YamlMap map(node, at, SchemaFile::policy, "default", sink);
  const YamlNode::Entry& entry = node.entries.front();
  const auto decision = parse_word<Decision>(entry.key);
  if (!decision || entry.value.kind == YamlNode::Kind::null) return std::nullopt;
  outcome.decision = *decision;
  if (*decision == Decision::reject || *decision == Decision::tempfail) {
    const YamlMap reply(entry.value, entry.at, SchemaFile::policy, "default.*", sink);
    if (!reply.is_mapping()) return std::nullopt;
    outcome.reply = read_reply(reply, *decision);
  } else if (*decision == Decision::ask) {
    const YamlMap ask(entry.value, entry.at, SchemaFile::policy, "default.ask", sink);
    if (!ask.is_mapping()) return std::nullopt;
    outcome.ask_style = ask.word<AskStyle>("style");
    outcome.quorum = read_quorum(ask);
  } else if (entry.value.kind != YamlNode::Kind::mapping || !entry.value.entries.empty()) {
    sink.error(entry.value.at, fmt::format("`{}` takes nothing", entry.key),
               "write the word alone: " + entry.key);
    return std::nullopt;
  }
  return outcome;
}

std::vector<Action> read_actions(const YamlMap& rule, Decision decision) {
  std::vector<Action> actions;
  for (const YamlNode* item : rule.items("do"))
    if (auto action = read_action(*item, rule.sink())) actions.push_back(std::move(*action));
  const bool delivers =
      decision == Decision::accept || decision == Decision::ask || decision == Decision::hold;
  if (rule.get("do") != nullptr && !delivers)
    rule.sink().error(rule.key_at("do"), fmt::format("`do` has no place beside `{}`", to_string(decision)),
                      "a message that is not let through causes no mail and no change");
  return actions;
}

}  // namespace ccgate
