#include "milter/decision/decision_id.h"

#include <sys/random.h>

#include <atomic>
#include <cstdint>
#include <ctime>

namespace ccgate {
namespace {

std::uint64_t seed() {
  std::uint64_t value = 0;
  if (getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value))
    value = static_cast<std::uint64_t>(std::time(nullptr)) << 20;
  return value;
}

}  // namespace

std::string new_decision_id() {
  static const std::uint64_t key = seed();
  static std::atomic<std::uint64_t> counter{0};
  // SplitMix64's finaliser: a bijection, so that ids of one process never repeat before the 60 bits shown are
  // used up.
  std::uint64_t x = key + 0x9e3779b97f4a7c15U * ++counter;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  x ^= x >> 31;
  std::string id(12, '0');
  for (char& c : id) {
    c = "0123456789abcdefghjkmnpqrstvwxyz"[x & 31];
    x >>= 5;
  }
  return id;
}

}  // namespace ccgate
