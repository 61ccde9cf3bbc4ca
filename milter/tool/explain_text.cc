#include "milter/tool/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "policy/names/domain.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

/// The member, or null: reading goes on whatever is missing.
const Json& at(const Json& json, const char* name) {
  static const Json kNull;
  if (!json.is_object()) return kNull;
  const auto found = json.find(name);
  return found == json.end() ? kNull : *found;
}

/// As text; empty for null.
std::string text(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  return json.is_null() ? "" : json.dump(-1, ' ', false, Json::error_handler_t::replace);
}
std::string text(const Json& json, const char* name) {
  return text(at(json, name));
}

bool is_true(const Json& json) {
  return json.is_boolean() && json.get<bool>();
}

std::string joined_words(const Json& words, std::string_view empty) {
  std::string all;
  for (const Json& word : words) all += (all.empty() ? "" : ", ") + text(word);
  return all.empty() ? std::string(empty) : all;
}

std::string cctld_words(const Json& labels) {
  std::string all;
  for (const Json& label : labels) {
    const std::string ascii = text(label);
    const auto domain = Domain::parse(ascii);
    const std::string unicode = domain ? domain->unicode() : ascii;
    all += (all.empty() ? "." : ", .") + unicode;
    if (unicode != ascii) all += " (" + ascii + ")";
  }
  return all.empty() ? "none" : all;
}

class Text {
 public:
  void head(std::string_view what) { out_ += shown(what) + "\n"; }
  void line(std::string_view label, std::string_view what) {
    out_ += fmt::format("  {:<14} {}\n", shown(label), shown(what));
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add_facts(const Json& json, Text& out) {
  out.head("facts");
  out.line("list", text(json, "list"));
  const std::string domain = text(json, "author_domain");
  out.line("author domain", domain.empty() ? "(not readable)" : domain);
  out.line("mail from", text(json, "mail_from"));
  const Json& client = at(json, "client");
  out.line("client", client.is_null() ? "(none)" : text(client));
  if (!is_true(at(json, "decided"))) return;
  const Json& facts = at(json, "facts");
  out.line("request", text(facts, "request"));
  out.line("ccTLDs named", cctld_words(at(facts, "cctlds_named")));
  out.line("form",
           fmt::format("{}, {} contact(s), subscribes {}", text(facts, "form"), text(facts, "contacts"),
                       is_true(at(facts, "subscribes_author")) ? "the author" : "somebody else"));
}

void add_signature(const Json& signature, Text& out) {
  const Json& d = at(signature, "d");
  const std::string bits = text(signature, "key_bits");
  out.line("dkim", fmt::format("{} d={} s={} a={}{}: {}", text(signature, "result"),
                               d.is_null() ? "?" : text(d), text(signature, "s"), text(signature, "a"),
                               bits.empty() ? "" : " " + bits + " bits", text(signature, "counts")));
  if (const std::string why = text(signature, "why"); !why.empty()) out.line("", "because " + why);
  if (text(signature, "result") != "pass") return;
  out.line("", "covers " + joined_words(at(signature, "covers"), "nothing"));
  if (const std::string missing = joined_words(at(signature, "leaves_out"), ""); !missing.empty())
    out.line("", "leaves out " + missing);
}

void add_evidence(const Json& evidence, Text& out) {
  out.head("evidence");
  const Json& signatures = at(evidence, "dkim");
  if (signatures.empty()) out.line("dkim", "no signature");
  for (const Json& signature : signatures) add_signature(signature, out);
  const Json& spf = at(evidence, "spf");
  const std::string domain = text(spf, "domain"), why = text(spf, "why");
  out.line("spf",
           text(spf, "result") + (domain.empty() ? "" : " for " + domain) + (why.empty() ? "" : ": " + why));
}

void add_rules(const Json& judgement, Text& out) {
  out.head("rules for " + text(judgement, "recipient"));
  for (const Json& each : at(judgement, "per_cctld")) {
    const std::string label = text(each, "cctld");
    const std::string cctld = label.empty() ? "-" : "." + label;
    for (const Json& step : at(each, "tried"))
      out.line(cctld,
               fmt::format("{}: {} ({})", text(step, "rule"), text(step, "result"), text(step, "because")));
    const Json& by_policy = at(each, "by_policy");
    const Json& said = by_policy.is_object() ? by_policy : each;
    const std::string rule = text(said, "rule");
    out.line(cctld, fmt::format("=> {}, ground {}{}", text(said, "decision"), text(said, "ground"),
                                rule.empty() ? "" : ", rule " + rule));
  }
}

/// `accept => tempfail, ground flood: why`
void add_changes(const Json& changes, bool several, Text& out) {
  if (!changes.is_array() || changes.empty()) return;
  out.head("afterwards");
  for (const Json& change : changes) {
    const std::string recipient = text(change, "recipient");
    const Json& to = at(change, "to");
    out.line(text(change, "step"),
             fmt::format("{}{} => {}, ground {}: {}", several && !recipient.empty() ? recipient + ": " : "",
                         text(at(change, "from"), "decision"), text(to, "decision"), text(to, "ground"),
                         text(change, "why")));
  }
}

void add_verdict(const Json& verdict, Text& out) {
  out.head("verdict");
  out.line("decision", text(verdict, "decision"));
  out.line("ground", text(verdict, "ground"));
  const std::string rule = text(verdict, "rule"), decided_by = text(verdict, "decided_by");
  out.line("rule", rule.empty() ? "(built in)" : rule);
  if (!decided_by.empty()) out.line("decided by", "." + decided_by);
  if (is_true(at(verdict, "observe"))) {
    out.line("observe", "the list only observes: the mail is delivered all the same");
    if (const Json& reply = at(verdict, "reply"); !reply.is_null()) out.line("would reply", text(reply));
  }
  if (is_true(at(verdict, "untouched"))) out.line("", "no command in it: the mail passes untouched");
}

void add_notices(const Json& notices, Text& out) {
  if (!notices.is_array() || notices.empty()) return;
  out.head("mail of ccgate's own");
  for (const Json& notice : notices)
    out.line(text(notice, "kind") == "ask" ? "question to" : "notice to", text(notice, "to"));
}

void add_answer(const Json& answer, const Json& edits, Text& out) {
  out.head("answer");
  const std::string status = text(answer, "status");
  out.line("SMTP reply", status.empty() ? "250 2.0.0 (the MTA's own words)"
                                        : text(answer, "code") + " " + status + " " + text(answer, "text"));
  for (const Json& each : at(edits, "fields_deleted"))
    out.line("delete field", text(each, "name") + " (number " + text(each, "index") + ")");
  for (const Json& each : at(edits, "fields_inserted")) {
    std::string field = text(each);
    std::replace(field.begin(), field.end(), '\n', ' ');
    std::replace(field.begin(), field.end(), '\t', ' ');
    out.line("insert field", field);
  }
  for (const Json& each : at(edits, "recipients_added")) out.line("add recipient", text(each));
  for (const Json& each : at(edits, "recipients_deleted")) out.line("drop recipient", text(each));
  if (const Json& reason = at(edits, "hold_reason"); !reason.is_null()) out.line("hold", text(reason));
}

}  // namespace

std::string explain_text(const Json& json) {
  const Json& verdict = at(json, "verdict");
  const Json& judgements = at(json, "judgements");
  if (is_true(at(verdict, "untouched")) && judgements.empty())
    return "no recipient is a command address: the mail passes untouched\n";
  Text out;
  add_facts(json, out);
  add_evidence(at(json, "evidence"), out);
  for (const Json& judgement : judgements) add_rules(judgement, out);
  add_changes(at(json, "changes"), judgements.size() > 1, out);
  add_verdict(verdict, out);
  add_answer(at(json, "answer"), at(json, "edits"), out);
  add_notices(at(json, "notices"), out);
  if (const std::string left_out = text(json, "left_out"); !left_out.empty())
    out.head("not kept, since it was too long: " + left_out);
  return out.take();
}

}  // namespace ccgate
