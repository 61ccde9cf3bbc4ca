#include "milter/ledger/ledger_entry.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "milter/decision/explain.h"
#include "milter/ledger/message_identity.h"
#include "milter/ledger/request_key.h"
#include "milter/ledger/stored_text.h"
#include "milter/system/sha256.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kKeptHost = 255;
constexpr std::size_t kKeptName = 200;
constexpr std::size_t kKeptReply = 998;
constexpr std::size_t kKeptWord = 200;
constexpr std::size_t kKeptRecipients = 20;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string mail_from_text(const std::string& raw) {
  if (raw.empty() || raw == "<>") return "<>";
  const auto address = parse_path(raw);
  return stored_text(address ? address->text() : raw, kKeptAddress);
}

std::vector<std::string> gated_recipients(const TransactionStart& start) {
  std::vector<std::string> all;
  for (const Recipient& recipient : start.recipients) {
    if (recipient.gated.empty() || all.size() == kKeptRecipients) continue;
    const bool plain = !recipient.odd && !recipient.addresses.empty();
    all.push_back(stored_text(plain ? recipient.addresses.front().text() : recipient.raw, kKeptAddress));
  }
  return all;
}

std::vector<std::string> labels(const TransactionResult& result) {
  std::set<Domain> all;
  for (const CcTldVerdict& each : result.verdict.per_cctld)
    if (each.cctld) all.insert(*each.cctld);
  if (all.empty()) all = result.request.cctlds;
  std::vector<std::string> names;
  for (const Domain& cctld : all) names.push_back(cctld.ascii());
  return names;
}

std::string people_json(const std::vector<Person>& people) {
  Json all = Json::array();
  for (const Person& person : people) {
    if (all.size() == kKeptPeople) {
      // Whoever reads this must not take it for everybody.
      all.push_back({{"name", "and " + std::to_string(people.size() - kKeptPeople) + " more"}});
      break;
    }
    Json one = Json::object();
    if (!person.name.empty()) one["name"] = stored_text(person.name, kKeptName);
    if (person.email) one["email"] = stored_text(person.email->text(), kKeptAddress);
    if (!person.phone.empty()) one["phone"] = stored_text(person.phone, kKeptName);
    if (person.other_email) one["other_email"] = stored_text(person.other_email->text(), kKeptAddress);
    all.push_back(std::move(one));
  }
  return dump(all);
}

std::string explanation_text(const TransactionStart& start, const std::vector<HeaderField>& fields,
                             const TransactionResult& result) {
  Json json = explanation(start, fields, result);
  std::string text = dump(json);
  const std::size_t most =
      result.verdict.decision > Decision::hold ? kKeptExplanationRefused : kKeptExplanation;
  if (text.size() <= most) return text;
  for (Json& judgement : json["judgements"])
    for (Json& each : judgement["per_cctld"]) each.erase("tried");
  json["left_out"] = "the rules that were tried";
  text = dump(json);
  if (text.size() <= most) return text;
  for (const char* name : {"facts", "evidence", "judgements", "changes", "edits"}) json.erase(name);
  json["mail_from"] = mail_from_text(start.mail_from);
  json["verdict"].erase("cctlds");
  json["left_out"] = "facts, evidence, rules and header changes";
  return dump(json);
}

/// The list that `name` is, in the rules that are in force for this transaction; the first gated one where
/// the end came before any was chosen.
const List* list_of(const TransactionStart& start, const std::string& name) {
  const List* first = nullptr;
  for (const Recipient& recipient : start.recipients) {
    for (const Ruleset::Gated& gated : recipient.gated) {
      if (gated.list->config.name == name) return gated.list;
      if (first == nullptr) first = gated.list;
    }
  }
  return first;
}

}  // namespace

std::string evidence_digest(const Evidence& evidence) {
  Json all = Json::array();
  for (const Signature& signature : evidence.signatures)
    all.push_back({"dkim", signature.domain ? signature.domain->ascii() : "", signature.selector,
                   signature.algorithm, to_string(signature.result)});
  const SpfEvidence& spf = evidence.spf;
  all.push_back({"spf", spf.domain ? spf.domain->ascii() : "", to_string(spf.result)});
  return sha256_hex(dump(all));
}

std::string reply_line(const Reply& reply) {
  if (reply.status.empty()) return "";
  return std::to_string(reply.code) + " " + reply.status + " " + reply.text;
}

std::optional<Reply> read_reply_line(std::string_view line) {
  const std::size_t status = line.find(' ');
  const std::size_t text = status == std::string_view::npos ? status : line.find(' ', status + 1);
  const std::size_t id = line.rfind(" [");
  if (text == std::string_view::npos || id == std::string_view::npos || id <= text) return std::nullopt;
  Reply reply;
  reply.code = std::atoi(std::string(line.substr(0, status)).c_str());
  reply.status = line.substr(status + 1, text - status - 1);
  reply.text = line.substr(text + 1, id - text - 1);
  return reply;
}

LedgerEntry ledger_entry(const TransactionStart& start, const std::vector<HeaderField>& fields,
                         const TransactionResult& result, std::int64_t now) {
  LedgerEntry entry;
  const auto author = author_of(fields);
  entry.id = result.decision_id;
  entry.decided = now;
  entry.cctlds = labels(result);
  if (author) {
    entry.author = stored_text(author->key(), kKeptAddress);
    entry.author_domain = author->domain().ascii();
  }
  entry.mail_from = mail_from_text(start.mail_from);
  if (start.client) entry.client = start.client->text();
  entry.helo = stored_text(start.helo, kKeptHost);
  entry.recipients = gated_recipients(start);
  entry.message_id = stored_text(message_id_of(fields), kKeptMessageId);
  entry.people = "[]";
  if (result.decided && author) {
    entry.request = to_string(result.request.kind);
    entry.people = people_json(people_of(result.request, *author));
    entry.request_key = request_key(result.list, result.request, result.verdict, *author);
  }
  entry.evidence_digest = evidence_digest(result.evidence);
  entry.verdict = to_string(result.verdict.decision);
  entry.ground = to_string(result.verdict.ground);
  entry.rule = stored_text(result.verdict.rule, kKeptWord);
  entry.reply = stored_text(reply_line(result.answer.reply), kKeptReply);
  entry.queue_id = stored_text(start.queue_id, kKeptWord);
  entry.explanation = explanation_text(start, fields, result);
  entry.observed = result.observed.has_value();
  entry.keep_until = now;
  if (const List* list = list_of(start, result.list)) {
    entry.list = stored_text(list->config.name, kKeptWord);
    entry.policy_hash = list->policy.hash;
    entry.keep_until += list->config.retention.count();
  }
  return entry;
}

}  // namespace ccgate
