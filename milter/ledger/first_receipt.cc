#include "milter/ledger/first_receipt.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "milter/system/sha256.h"
#include "policy/evidence/dkim_signature.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostSignatures = 16;
constexpr std::string_view kAsAtFirst = "as at the first receipt";

/// Fields that are added on the way and that nothing is read from. Signatures are looked at one by one.
bool is_trace(std::string_view name) {
  constexpr std::string_view kTrace[] = {"received",
                                         "x-received",
                                         "return-path",
                                         "delivered-to",
                                         "received-spf",
                                         "authentication-results",
                                         "arc-seal",
                                         "arc-message-signature",
                                         "arc-authentication-results",
                                         "dkim-signature"};
  return std::any_of(std::begin(kTrace), std::end(kTrace),
                     [&](std::string_view each) { return ascii_iequal(name, each); });
}

/// No two lists of texts give the same.
void append(std::string& all, std::string_view text) {
  all += std::to_string(text.size());
  all += ':';
  all += text;
}

/// Folds come with or without CR.
std::string without_cr(std::string_view text) {
  std::string kept;
  for (const char c : text)
    if (c != '\r') kept += c;
  return kept;
}

/// One for each DKIM-Signature field, in order; so many at most.
std::vector<std::string> message_keys(const std::vector<HeaderField>& fields, std::string_view body) {
  std::string all;
  for (const HeaderField& field : fields) {
    if (is_trace(field.name)) continue;
    append(all, ascii_lower(field.name));
    append(all, without_cr(field.value));
  }
  append(all, sha256_hex(body));
  const std::string message = sha256_hex(all);
  std::vector<std::string> keys;
  for (const HeaderField& field : fields) {
    if (!ascii_iequal(field.name, "dkim-signature") || keys.size() == kMostSignatures) continue;
    std::string one = "receipt:" + message;
    append(one, without_cr(field.value));
    keys.push_back(sha256_hex(one));
  }
  return keys;
}

Json json_mode(AlignmentMode mode) {
  return mode == AlignmentMode::strict ? "strict" : mode == AlignmentMode::relaxed ? "relaxed" : "unknown";
}

AlignmentMode read_mode(const Json& json) {
  return json == "strict"    ? AlignmentMode::strict
         : json == "relaxed" ? AlignmentMode::relaxed
                             : AlignmentMode::unknown;
}

Json json_domain(const std::optional<Domain>& domain) {
  return domain ? Json(domain->ascii()) : Json(nullptr);
}

std::optional<Domain> read_domain(const Json& json) {
  return json.is_string() ? Domain::parse(json.get<std::string>()) : std::nullopt;
}

/// It passes, and covers nothing but what the key stands for, and all that its h= says.
bool is_kept(const Signature& signature, const std::vector<HeaderField>& fields) {
  std::vector<std::size_t> covered = signature.covered;
  std::sort(covered.begin(), covered.end());
  return signature.result == AuthResult::pass && signature.domain &&
         std::none_of(signature.header_names.begin(), signature.header_names.end(), is_trace) &&
         covered == selected_fields(signature.header_names, fields);
}

std::string write_evidence(const Evidence& evidence, const std::vector<std::string>& keys,
                           const std::vector<HeaderField>& fields) {
  Json signatures = Json::array();
  for (std::size_t i = 0; i < keys.size() && i < evidence.signatures.size(); ++i) {
    const Signature& signature = evidence.signatures[i];
    if (!is_kept(signature, fields)) continue;
    signatures.push_back({{"key", keys[i]},
                          {"d", signature.domain->ascii()},
                          {"s", signature.selector},
                          {"a", signature.algorithm},
                          {"bits", signature.key_bits},
                          {"h", signature.header_names}});
  }
  const Json all = {
      {"dkim", std::move(signatures)},
      {"spf",
       {{"pass", evidence.spf.result == AuthResult::pass}, {"domain", json_domain(evidence.spf.domain)}}},
      {"adkim", json_mode(evidence.adkim)},
      {"aspf", json_mode(evidence.aspf)},
      {"organizational", json_domain(evidence.organizational)}};
  return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What passed then passes; all else is as it is now. Throws what nlohmann does.
Evidence as_then(const Json& kept, const std::vector<std::string>& keys,
                 const std::vector<HeaderField>& fields, Evidence now) {
  for (const Json& one : kept.at("dkim")) {
    const auto key = std::find(keys.begin(), keys.end(), one.at("key").get<std::string>());
    const auto index = static_cast<std::size_t>(key - keys.begin());
    if (key == keys.end() || index >= now.signatures.size()) continue;
    Signature& signature = now.signatures[index];
    if (signature.result == AuthResult::pass) continue;
    signature.result = AuthResult::pass;
    signature.why = kAsAtFirst;
    signature.domain = read_domain(one.at("d"));
    signature.selector = one.at("s").get<std::string>();
    signature.algorithm = one.at("a").get<std::string>();
    signature.key_bits = one.at("bits").get<unsigned>();
    signature.header_names = one.at("h").get<std::vector<std::string>>();
    signature.covered = selected_fields(signature.header_names, fields);
  }
  if (now.spf.result != AuthResult::pass && kept.at("spf").at("pass").get<bool>())
    now.spf = {AuthResult::pass, read_domain(kept.at("spf").at("domain")), std::string(kAsAtFirst)};
  now.adkim = read_mode(kept.at("adkim"));
  now.aspf = read_mode(kept.at("aspf"));
  now.organizational = read_domain(kept.at("organizational"));
  return now;
}

bool all_passes(const Evidence& evidence) {
  return evidence.spf.result == AuthResult::pass && evidence.adkim != AlignmentMode::unknown &&
         evidence.aspf != AlignmentMode::unknown &&
         std::all_of(evidence.signatures.begin(), evidence.signatures.end(),
                     [](const Signature& signature) { return signature.result == AuthResult::pass; });
}

}  // namespace

std::vector<KeptEvidence> receipts_of(const std::vector<HeaderField>& fields, std::string_view body,
                                      const Evidence& evidence, const Domain& author_domain) {
  std::vector<KeptEvidence> receipts;
  if (dkim_aligned(evidence, author_domain, fields) != Truth::yes) return receipts;
  const auto keys = message_keys(fields, body);
  const std::string written = write_evidence(evidence, keys, fields);
  for (std::size_t i = 0; i < keys.size() && i < evidence.signatures.size(); ++i) {
    const Signature& signature = evidence.signatures[i];
    const Evidence alone{{signature}, {}, evidence.adkim, evidence.aspf, evidence.organizational};
    if (is_kept(signature, fields) && dkim_aligned(alone, author_domain, fields) == Truth::yes)
      receipts.push_back({keys[i], "", written, 0});
  }
  return receipts;
}

std::optional<FirstReceipt> first_receipt(DecisionStore& store, const std::vector<HeaderField>& fields,
                                          std::string_view body, const Evidence& evidence, std::int64_t now) {
  if (evidence.signatures.empty() || all_passes(evidence)) return std::nullopt;
  const auto keys = message_keys(fields, body);
  const auto kept = store.kept_evidence(keys, now);
  if (kept.empty()) return std::nullopt;
  FirstReceipt first;
  for (const KeptEvidence& one : kept) first.request_keys.insert(one.request_key);
  try {
    first.evidence = as_then(Json::parse(kept.front().evidence), keys, fields, evidence);
  } catch (const Json::exception&) {
    return std::nullopt;  // of another version: it is judged as it is now
  }
  return first;
}

bool is_asked_about(DecisionStore& store, const Settled& settled, const FirstReceipt& first) {
  bool subscribes = false;
  for (const RecipientJudgement& judged : settled.judgements) {
    const RequestKind kind = judged.judgement.request.kind;
    if (kind <= RequestKind::owner) continue;  // no request
    subscribes = true;
    if (kind != RequestKind::subscribe || !judged.enforced() ||
        !first.request_keys.contains(judged.request_key) || !judged.approval.unasked.empty())
      return false;
    const auto questions = store.questions_of(judged.request_key);
    const bool asked = std::any_of(questions.begin(), questions.end(), [](const Question& question) {
      return question.state == QuestionState::open || question.state == QuestionState::confirmed ||
             question.state == QuestionState::refused;
    });
    if (!asked) return false;
  }
  return subscribes;
}

void add_receipts(const Memory& memory, const TransactionResult& result, DecisionRecord& record) {
  if (result.verdict.decision != Decision::ask || result.observed || !result.ask_style) return;
  const auto& times = memory.rules.config.ask;
  std::set<std::string> request_keys;
  for (const RecipientJudgement& judged : result.judgements)
    if (judged.enforces_subscription() && judged.ask_style && !judged.request_key.empty())
      request_keys.insert(judged.request_key);
  for (const std::string& request_key : request_keys) {
    for (KeptEvidence kept : memory.receipts) {
      kept.request_key = request_key;
      kept.until = memory.now + times.expires.count() + times.fresh.count();
      record.evidence.push_back(std::move(kept));
    }
  }
}

}  // namespace ccgate
