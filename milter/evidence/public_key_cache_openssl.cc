#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
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
    EVP_PKEY* key = ccgate::parse(bio, nullptr);
    if (key != nullptr) ccgate::cache().keep(std::move(octets), key);
    return key;
  } catch (...) {
    return nullptr;
  }
}
