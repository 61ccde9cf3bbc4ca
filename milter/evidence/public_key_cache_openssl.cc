// RSA as a structure, in parse_rsa.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "milter/evidence/public_key_cache.h"

namespace ccgate {
namespace {

struct KeyFree {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

std::atomic<std::size_t> saved{0};

/// Thread-safe; a key is shared by reference count and never changed.
class Cache {
 public:
  /// With a reference for the caller; null when not kept.
  EVP_PKEY* find(const std::string& octets) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(octets);
    if (found == keys_.end() || EVP_PKEY_up_ref(found->second.get()) != 1) return nullptr;
    return found->second.get();
  }

  void keep(std::string octets, EVP_PKEY* key) {
    if (EVP_PKEY_up_ref(key) != 1) return;
    Key kept(key);
    const std::lock_guard lock(mutex_);
    if (keys_.size() >= kKeptKeys) keys_.clear();
    keys_.insert_or_assign(std::move(octets), std::move(kept));
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, Key> keys_;
};

Cache& cache() {
  static auto* const kept =
      new Cache;  // lives as long as the threads that may still verify when the process ends
  return *kept;
}

EVP_PKEY* parse(BIO* bio, EVP_PKEY** out) {
  return static_cast<EVP_PKEY*>(ASN1_d2i_bio_of(EVP_PKEY, EVP_PKEY_new, d2i_PUBKEY, bio, out));
}

/// Null for what is no key with the algorithm rsaEncryption (RFC 8017 A.1), written as DER has it.
/// OpenSSL 3.0 looks through all of its decoders for every key; this goes straight to the one that it finds.
EVP_PKEY* parse_rsa(const std::string& octets) {
  constexpr std::string_view kAlgorithm("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00", 15);
  constexpr std::size_t kLongestLength = 5;  // of the outer sequence: its tag and how long it is
  if (octets.find(kAlgorithm) > kLongestLength) return nullptr;
  const auto* at = reinterpret_cast<const unsigned char*>(octets.data());
  std::unique_ptr<RSA, decltype(&RSA_free)> rsa(
      d2i_RSA_PUBKEY(nullptr, &at, static_cast<long>(octets.size())), &RSA_free);
  Key key(rsa ? EVP_PKEY_new() : nullptr);
  if (!key || EVP_PKEY_assign_RSA(key.get(), rsa.get()) != 1) return nullptr;
  static_cast<void>(rsa.release());
  return key.release();
}

/// The octets that are to be parsed; empty when the key is not in memory or too large to keep.
std::string octets_of(BIO* bio) {
  constexpr long kLargest = 2048;
  if (bio == nullptr || BIO_method_type(bio) != BIO_TYPE_MEM) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  if (size <= 0 || size > kLargest) return {};
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

std::size_t parses_saved() noexcept {
  return saved.load();
}

}  // namespace ccgate

// NOLINTNEXTLINE(readability-identifier-naming): OpenSSL's name
extern "C" EVP_PKEY* d2i_PUBKEY_bio(BIO* bio, EVP_PKEY** out) {
  try {
    std::string octets = ccgate::octets_of(bio);
    if (octets.empty() || out != nullptr) return ccgate::parse(bio, out);
    if (EVP_PKEY* kept = ccgate::cache().find(octets)) {
      ++ccgate::saved;
      return kept;
    }
    ERR_set_mark();
    EVP_PKEY* key = ccgate::parse_rsa(octets);
    ERR_pop_to_mark();
    if (key == nullptr) key = ccgate::parse(bio, nullptr);
    if (key != nullptr) ccgate::cache().keep(std::move(octets), key);
    return key;
  } catch (...) {
    return nullptr;
  }
}
