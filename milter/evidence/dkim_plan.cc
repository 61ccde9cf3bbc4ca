// milter/evidence/dkim_plan.cc
#include "milter/evidence/dkim_plan.h"

#include <algorithm>
#include <utility>

#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxVerified = 5;
constexpr std::int64_t kMaxClockDrift = 300;

/// Only a field that is malformed is a fault of its author's.
AuthResult result_of(DkimTagFault::Kind kind) {
  switch (kind) {
    case DkimTagFault::Kind::malformed:
      return AuthResult::permerror;
    case DkimTagFault::Kind::unknown:
      return AuthResult::neutral;
    case DkimTagFault::Kind::over_limit:
      return AuthResult::policy;
  }
  return AuthResult::permerror;
}

/// Why a well-formed signature cannot count; empty when it can.
std::string refusal(const DkimTags& tags, std::int64_t now) {
  if (!tags.body_whole()) return "l= leaves a part of the body unsigned";
  if (tags.algorithm == "rsa-sha1") return "rsa-sha1 is too weak (RFC 8301)";
  if (tags.algorithm != "rsa-sha256" && tags.algorithm != "ed25519-sha256") return "unknown algorithm";
  if (tags.signed_at && *tags.signed_at > now + kMaxClockDrift) return "t= is in the future";
  if (tags.signed_at && *tags.signed_at < kDkimEpoch) return "t= is before 2008";
  if (tags.expires && *tags.expires < now) return "it has expired (x=)";
  return "";
}

}  // namespace

DkimPlan plan_dkim(const std::vector<HeaderField>& fields, const Domain& author_domain, std::int64_t now,
                   const Limits& limits) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (ascii_iequal(fields[i].name, "DKIM-Signature")) found.push_back(i);
  }
  DkimPlan plan;
  plan.signatures.resize(found.size());
  const std::size_t skipped = found.size() > limits.signatures ? found.size() - limits.signatures : 0;
  for (std::size_t i = 0; i < skipped; ++i) {
    plan.signatures[i].why = "not looked at: the message has too many signatures";
  }
  for (std::size_t i = skipped; i < found.size(); ++i) {
    Signature& signature = plan.signatures[i];
    auto parsed = parse_dkim_signature(fields[found[i]].value);
    if (auto* fault = std::get_if<DkimTagFault>(&parsed)) {
      signature.result = result_of(fault->kind);
      signature.why = std::move(fault->why);
      signature.domain = std::move(fault->domain);
      continue;
    }
    auto& tags = std::get<DkimTags>(parsed);
    signature.domain = tags.domain;
    signature.selector = tags.selector;
    signature.algorithm = tags.algorithm;
    signature.header_names = tags.header_names;
    if (auto why = refusal(tags, now); !why.empty()) {
      signature.result = AuthResult::policy;
      signature.why = std::move(why);
      continue;
    }
    plan.chosen.push_back({i, found[i], std::move(tags), {}, {}});
  }

  std::stable_sort(plan.chosen.begin(), plan.chosen.end(), [&](const auto& a, const auto& b) {
    return alignment(a.tags.domain, author_domain) > alignment(b.tags.domain, author_domain);
  });
  while (plan.chosen.size() > kMaxVerified) {
    plan.signatures[plan.chosen.back().signature].why = "not verified: five others come first";
    plan.chosen.pop_back();
  }
  std::sort(plan.chosen.begin(), plan.chosen.end(),
            [](const auto& a, const auto& b) { return a.field < b.field; });
  for (DkimCandidate& candidate : plan.chosen) {
    candidate.selected = selected_fields(candidate.tags.header_names, fields, candidate.field);
    candidate.key_name = candidate.tags.selector + "._domainkey." + candidate.tags.domain.ascii();
  }
  return plan;
}

}  // namespace ccgate
