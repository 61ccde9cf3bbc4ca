#include "policy/evidence/evidence.h"

#include <algorithm>

#include "policy/evidence/dkim_signature.h"
#include "policy/names/public_suffix.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Every instance of `names` among `fields` is in `covered`, in whatever order that is.
bool covered_all(const std::vector<std::size_t>& covered, const std::vector<HeaderField>& fields,
                 std::initializer_list<std::string_view> names) {
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const bool wanted = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return ascii_iequal(fields[index].name, name);
    });
    if (wanted && std::find(covered.begin(), covered.end(), index) == covered.end()) return false;
  }
  return true;
}

bool covers_what_is_read(const std::vector<std::size_t>& covered, const std::vector<HeaderField>& fields) {
  return covered_all(covered, fields, {"from", "to", "cc", "subject", "date", "reply-to"});
}

bool covers_content(const std::vector<std::size_t>& covered, const std::vector<HeaderField>& fields) {
  return covered_all(covered, fields, {"content-type", "content-transfer-encoding"});
}

/// Whether an identifier of `domain` speaks for the author domain, given what DMARC asks.
Truth speaks_for(const Evidence& evidence, const Domain& domain, const Domain& author_domain,
                 AlignmentMode mode) {
  switch (alignment(evidence, domain, author_domain)) {
    case Alignment::exact:
      return Truth::yes;
    case Alignment::none:
      return Truth::no;
    case Alignment::parent:
      break;
  }
  return mode == AlignmentMode::relaxed  ? Truth::yes
         : mode == AlignmentMode::strict ? Truth::no
                                         : Truth::unknown;
}

Truth signature_counts(const Signature& signature, const Evidence& evidence, const Domain& author_domain,
                       const std::vector<HeaderField>& fields, bool with_content) {
  if (!signature.domain) return Truth::no;
  const bool open = signature.result == AuthResult::temperror;
  if (signature.result != AuthResult::pass && !open) return Truth::no;
  // A signature still open could cover no more than its h= selects.
  const std::vector<std::size_t> covered =
      open ? selected_fields(signature.header_names, fields) : signature.covered;
  if (!covers_what_is_read(covered, fields) || (with_content && !covers_content(covered, fields)))
    return Truth::no;
  const Truth aligned = speaks_for(evidence, *signature.domain, author_domain, evidence.adkim);
  return open ? both(aligned, Truth::unknown) : aligned;
}

Truth any_signature_counts(const Evidence& evidence, const Domain& author_domain,
                           const std::vector<HeaderField>& fields, bool with_content) {
  Truth result = Truth::no;
  for (const Signature& signature : evidence.signatures)
    result = either(result, signature_counts(signature, evidence, author_domain, fields, with_content));
  return result;
}

}  // namespace

Alignment alignment(const Domain& identifier, const Domain& author_domain) {
  if (identifier == author_domain) return Alignment::exact;
  if (!author_domain.is_within(identifier)) return Alignment::none;
  const auto organizational = organizational_domain(author_domain);
  return organizational && identifier.is_within(*organizational) ? Alignment::parent : Alignment::none;
}

Alignment alignment(const Evidence& evidence, const Domain& identifier, const Domain& author_domain) {
  const Alignment tie = alignment(identifier, author_domain);
  if (tie != Alignment::parent || !evidence.organizational) return tie;
  return identifier.is_within(*evidence.organizational) ? tie : Alignment::none;
}

bool covers_all(const Signature& signature, const std::vector<HeaderField>& fields,
                std::initializer_list<std::string_view> names) {
  return covered_all(signature.covered, fields, names);
}

Truth dkim_aligned(const Evidence& evidence, const Domain& author_domain,
                   const std::vector<HeaderField>& fields) {
  return any_signature_counts(evidence, author_domain, fields, false);
}

Truth spf_aligned(const Evidence& evidence, const Domain& author_domain) {
  const SpfEvidence& spf = evidence.spf;
  if (!spf.domain) return Truth::no;
  const Truth aligned = speaks_for(evidence, *spf.domain, author_domain, evidence.aspf);
  if (spf.result == AuthResult::pass) return aligned;
  return spf.result == AuthResult::temperror ? both(aligned, Truth::unknown) : Truth::no;
}

Truth text_authentic(const Evidence& evidence, const Domain& author_domain,
                     const std::vector<HeaderField>& fields) {
  return either(any_signature_counts(evidence, author_domain, fields, true),
                spf_aligned(evidence, author_domain));
}

}  // namespace ccgate
