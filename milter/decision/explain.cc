#include "milter/decision/explain.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "milter/decision/basis_json.h"
#include "policy/text/control_escapes.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kReadFields[] = {"from", "to", "cc", "subject", "date", "reply-to"};

/// Names among the fields that a decision reads which the signature leaves uncovered.
std::vector<std::string> uncovered(const Signature& signature, const std::vector<HeaderField>& fields) {
  std::vector<std::string> names;
  for (const std::string_view name : kReadFields)
    if (!covers_all(signature, fields, {name})) names.emplace_back(name);
  return names;
}

std::vector<std::string> covered(const Signature& signature, const std::vector<HeaderField>& fields) {
  std::vector<std::string> names;
  for (const std::size_t index : signature.covered)
    if (index < fields.size()) names.push_back(ascii_lower(fields[index].name));
  return names;
}

std::string_view counts_word(const Evidence& evidence, const Signature& signature,
                             const std::vector<HeaderField>& fields, const std::string& author_domain) {
  if (signature.result == AuthResult::temperror) return "open: DNS does not answer";
  if (signature.result != AuthResult::pass) return "does not count";
  const auto domain = Domain::parse(author_domain);
  if (!domain || !signature.domain || alignment(evidence, *signature.domain, *domain) == Alignment::none)
    return "does not count: not aligned with the author domain";
  if (!uncovered(signature, fields).empty()) return "does not count: it leaves fields uncovered";
  return "counts";
}

Json json_signature(const Evidence& evidence, const Signature& signature,
                    const std::vector<HeaderField>& fields, const std::string& author_domain) {
  Json json;
  json["result"] = to_string(signature.result);
  if (signature.domain) json["d"] = signature.domain->ascii();
  json["s"] = signature.selector;
  json["a"] = signature.algorithm;
  if (signature.key_bits != 0) json["key_bits"] = signature.key_bits;
  json["covers"] = covered(signature, fields);
  if (signature.result == AuthResult::pass) json["leaves_out"] = uncovered(signature, fields);
  json["counts"] = counts_word(evidence, signature, fields, author_domain);
  if (!signature.why.empty()) json["why"] = signature.why;
  return json;
}

std::string_view word(Truth truth) {
  return truth == Truth::yes ? "matches" : truth == Truth::no ? "no match" : "cannot be told yet";
}

Json json_ruling(const Ruling& ruling) {
  return {
      {"decision", to_string(ruling.decision)}, {"ground", to_string(ruling.ground)}, {"rule", ruling.rule}};
}

/// `said` by the policy alone; null where that is not known.
Json json_verdict(const CcTldVerdict& each, const Ruling* said) {
  Json json;
  json["cctld"] = each.cctld ? Json(each.cctld->ascii()) : Json(nullptr);
  json["decision"] = to_string(each.decision);
  json["ground"] = to_string(each.ground);
  json["rule"] = each.rule;
  if (said != nullptr && *said != ruling_of(each)) json["by_policy"] = json_ruling(*said);
  Json trace = Json::array();
  for (const TraceStep& step : each.trace)
    trace.push_back({{"rule", step.rule}, {"result", word(step.matched)}, {"because", step.because}});
  json["tried"] = std::move(trace);
  return json;
}

Json json_change(const DecisionChange& change, const std::string& recipient) {
  return {{"step", to_string(change.step)},
          {"recipient", recipient.empty() ? Json(nullptr) : Json(recipient)},
          {"from", json_ruling(change.from)},
          {"to", json_ruling(change.to)},
          {"why", change.why}};
}

/// What was decided otherwise behind the policies.
Json json_changes(const TransactionResult& result) {
  Json json = Json::array();
  for (const RecipientJudgement& judged : result.judgements)
    for (const DecisionChange& change : judged.changes)
      json.push_back(json_change(change, judged.recipient->raw));
  for (const DecisionChange& change : result.changes) json.push_back(json_change(change, ""));
  return json;
}

Json json_edits(const Edits& edits) {
  Json json;
  Json deleted = Json::array(), inserted = Json::array(), added = Json::array();
  for (const auto& each : edits.delete_fields)
    deleted.push_back({{"name", each.name}, {"index", each.index}});
  for (const auto& each : edits.insert_on_top) inserted.push_back(each.name + ":" + each.value);
  for (const auto& each : edits.add_recipients) added.push_back(each.text());
  json["fields_deleted"] = std::move(deleted);
  json["fields_inserted"] = std::move(inserted);
  json["recipients_added"] = std::move(added);
  json["recipients_deleted"] = edits.delete_recipients;
  json["hold_reason"] = edits.quarantine ? Json(*edits.quarantine) : Json(nullptr);
  return json;
}

/// Who gets a mail of ccgate's own.
Json json_notices(const TransactionResult& result) {
  Json all = Json::array();
  const auto add = [&all](const char* kind, const Address& to) {
    all.push_back({{"kind", kind}, {"to", to.text()}});
  };
  if (result.own_notices)
    for (const Address& to : result.told) add("inform", to);
  if (result.verdict.decision == Decision::ask && result.ask_style && !result.observed && !result.repeated)
    for (const RecipientJudgement& judged : result.judgements)
      if (judged.enforces_subscription())
        for (const auto& [to, about] : judged.approval.unasked) add("ask", to);
  return all;
}

}  // namespace

Json explanation(const TransactionStart& start, const std::vector<HeaderField>& fields,
                 const TransactionResult& result) {
  Json json;
  json["id"] = result.decision_id;
  json["list"] = result.list;
  json["gated"] = !result.list.empty();
  json["decided"] = result.decided;
  json["author_domain"] = result.author_domain;
  json["mail_from"] = start.mail_from.empty() ? "<>" : start.mail_from;
  json["client"] = start.client ? Json(start.client->text()) : Json(nullptr);
  Json facts;
  facts["request"] = to_string(result.request.kind);
  Json named = Json::array();
  for (const Domain& cctld : result.request.cctlds) named.push_back(cctld.ascii());
  facts["cctlds_named"] = std::move(named);
  facts["form"] = to_string(result.request.form);
  facts["contacts"] = result.request.people.size();
  facts["subscribes_author"] = result.request.subscribes_author;
  json["facts"] = std::move(facts);
  Json signatures = Json::array();
  for (const Signature& signature : result.evidence.signatures)
    signatures.push_back(json_signature(result.evidence, signature, fields, result.author_domain));
  json["evidence"] = {
      {"dkim", std::move(signatures)},
      {"spf",
       {{"result", to_string(result.evidence.spf.result)},
        {"domain", result.evidence.spf.domain ? Json(result.evidence.spf.domain->ascii()) : Json(nullptr)},
        {"why", result.evidence.spf.why}}}};
  Json judgements = Json::array();
  for (const RecipientJudgement& judged : result.judgements) {
    Json per_cctld = Json::array();
    const auto& verdicts = judged.judgement.verdict.per_cctld;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
      per_cctld.push_back(json_verdict(verdicts[i], i < judged.said.size() ? &judged.said[i] : nullptr));
    judgements.push_back({{"recipient", judged.recipient->raw},
                          {"list", judged.gated->list->config.name},
                          {"per_cctld", std::move(per_cctld)},
                          {"basis", basis_json(judged.judgement.basis)}});
  }
  json["judgements"] = std::move(judgements);
  if (Json changes = json_changes(result); !changes.empty()) json["changes"] = std::move(changes);
  Json cctlds = Json::array();
  for (const CcTldVerdict& each : result.verdict.per_cctld)
    if (each.cctld) cctlds.push_back(each.cctld->ascii());
  json["verdict"] = {
      {"decision", to_string(result.verdict.decision)},
      {"ground", to_string(result.verdict.ground)},
      {"rule", result.verdict.rule},
      {"decided_by", result.verdict.cctld ? Json(result.verdict.cctld->ascii()) : Json(nullptr)},
      {"cctlds", std::move(cctlds)},
      {"observe", result.observed.has_value()},
      {"reply", result.verdict.reply.status.empty()
                    ? Json(nullptr)
                    : Json(fmt::format("{} {} {}", result.verdict.reply.code, result.verdict.reply.status,
                                       result.verdict.reply.text))},
      {"untouched", result.passes_untouched}};
  json["answer"] = {{"kind", to_string(result.answer.kind)},
                    {"code", result.answer.reply.status.empty() ? 250 : result.answer.reply.code},
                    {"status", result.answer.reply.status},
                    {"text", result.answer.reply.text}};
  if (Json notices = json_notices(result); !notices.empty()) json["notices"] = std::move(notices);
  json["edits"] = json_edits(result.edits);
  return json;
}

std::string explain_json(const TransactionStart& start, const std::vector<HeaderField>& fields,
                         const TransactionResult& result) {
  return with_escaped_controls(
             explanation(start, fields, result).dump(2, ' ', false, Json::error_handler_t::replace)) +
         "\n";
}

}  // namespace ccgate
