#include "milter/ledger/replay_keys.h"

#include <variant>

#include "milter/ledger/message_identity.h"
#include "milter/system/sha256.h"
#include "policy/evidence/dkim_signature.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// The DKIM-Signature fields, in the order of `Evidence::signatures`.
std::vector<const HeaderField*> signature_fields(const std::vector<HeaderField>& fields) {
  std::vector<const HeaderField*> found;
  for (const HeaderField& field : fields)
    if (ascii_iequal(field.name, "dkim-signature")) found.push_back(&field);
  return found;
}

Evidence only(const Signature& signature, const Evidence& evidence) {
  return {{signature}, {}, evidence.adkim, evidence.aspf, evidence.organizational};
}

}  // namespace

std::vector<std::string> replay_keys(const std::vector<HeaderField>& fields, const Evidence& evidence) {
  std::vector<std::string> keys;
  const auto author = author_of(fields);
  if (!author) return keys;
  const auto found = signature_fields(fields);
  for (std::size_t i = 0; i < found.size() && i < evidence.signatures.size(); ++i) {
    const Evidence one = only(evidence.signatures[i], evidence);
    if (dkim_aligned(one, author->domain(), fields) != Truth::yes) continue;
    const auto read = parse_dkim_signature(found[i]->value);
    if (const auto* tags = std::get_if<DkimTags>(&read)) keys.push_back(sha256_hex("sig:" + tags->signature));
  }
  const bool authenticated = !keys.empty() || spf_aligned(evidence, author->domain()) == Truth::yes;
  const std::string message_id = message_id_of(fields);
  if (authenticated && !message_id.empty())
    keys.push_back(sha256_hex("mid:" + author->key() + "|" + message_id));
  return keys;
}

}  // namespace ccgate
