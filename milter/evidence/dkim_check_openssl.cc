#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <new>
#include <stdexcept>

#include "milter/evidence/dkim_check.h"
#include "policy/evidence/dkim_canon.h"
#include "policy/text/base64.h"

namespace ccgate {
namespace {

struct FreePublicKey {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct FreeKeyContext {
  void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};
struct FreeHash {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using PublicKey = std::unique_ptr<EVP_PKEY, FreePublicKey>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeKeyContext>;

const unsigned char* unsigned_octets(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw std::runtime_error("no SHA-256");
  }
  void add(std::string_view octets) { (void)EVP_DigestUpdate(context_.get(), octets.data(), octets.size()); }
  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_.get(), out.data(), &size) != 1) throw std::runtime_error("no SHA-256");
    return {reinterpret_cast<const char*>(out.data()), size};
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeHash> context_;
};

/// The fields of h= in its order, and the signature's own without b= and the line end.
std::string header_hash(const DkimCandidate& candidate, const std::vector<HeaderField>& fields) {
  const DkimTags& tags = candidate.tags;
  const auto canonical = tags.relaxed_header ? relaxed_field : simple_field;
  Sha256 hash;
  for (const std::size_t index : signed_fields(tags.header_names, fields, candidate.field)) {
    hash.add(canonical(fields[index]));
    hash.add("\r\n");
  }
  const HeaderField& own = fields[candidate.field];
  hash.add(canonical({own.name, without_signature(own.value, tags)}));
  return hash.finish();
}

PublicKey parse_key(const DkimKey& key) {
  const std::string octets = base64_decoded(key.key);
  if (key.ed25519)
    return PublicKey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, unsigned_octets(octets), octets.size()));
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())), &BIO_free);
  PublicKey parsed(bio ? d2i_PUBKEY_bio(bio.get(), nullptr) : nullptr);
  if (parsed && EVP_PKEY_base_id(parsed.get()) != EVP_PKEY_RSA) return nullptr;
  return parsed;
}

bool verifies_rsa(EVP_PKEY* key, const std::string& signature, const std::string& hash) {
  const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
         EVP_PKEY_verify(context.get(), unsigned_octets(signature), signature.size(), unsigned_octets(hash),
                         hash.size()) == 1;
}

bool verifies_ed25519(EVP_PKEY* key, const std::string& signature, const std::string& hash) {
  const std::unique_ptr<EVP_MD_CTX, FreeHash> context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), unsigned_octets(signature), signature.size(), unsigned_octets(hash),
                          hash.size()) == 1;
}

}  // namespace

struct DkimBodyHash::State {
  explicit State(bool relaxed) : body(relaxed) {}
  CanonicalBody body;
  Sha256 hash;
  std::string canonical;  // of one piece
};

DkimBodyHash::DkimBodyHash(bool relaxed) : state_(std::make_unique<State>(relaxed)) {}
DkimBodyHash::~DkimBodyHash() = default;

void DkimBodyHash::add(std::string_view octets) {
  state_->canonical.clear();
  state_->body.add(octets, state_->canonical);
  state_->hash.add(state_->canonical);
}

std::string DkimBodyHash::finish() {
  state_->canonical.clear();
  state_->body.finish(state_->canonical);
  state_->hash.add(state_->canonical);
  return base64_encoded(state_->hash.finish());
}

DkimHeaderCheck check_dkim_header(const DkimCandidate& candidate, const std::vector<HeaderField>& fields,
                                  const DkimKey& key, unsigned min_rsa_bits) {
  ERR_set_mark();
  DkimHeaderCheck check;
  const PublicKey parsed = parse_key(key);
  if (parsed) check.bits = key.ed25519 ? 256U : static_cast<unsigned>(EVP_PKEY_bits(parsed.get()));
  if (parsed && (key.ed25519 || check.bits >= min_rsa_bits)) {
    const std::string hash = header_hash(candidate, fields);
    const std::string signature = base64_decoded(candidate.tags.signature);
    const auto verifies = key.ed25519 ? verifies_ed25519 : verifies_rsa;
    check.good = verifies(parsed.get(), signature, hash);
  }
  ERR_pop_to_mark();
  return check;
}

}  // namespace ccgate
