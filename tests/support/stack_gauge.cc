#include "tests/support/stack_gauge.h"

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <vector>

namespace ccgate::test {
namespace {

constexpr std::size_t kOctets = std::size_t{8} * 1024 * 1024;
constexpr std::size_t kGuard = 4096;
constexpr unsigned char kPattern = 0xA5;

struct Work {
  const std::function<void()>& run;
  std::exception_ptr thrown = nullptr;
};

void* run(void* argument) {
  auto& work = *static_cast<Work*>(argument);
  try {
    work.run();
  } catch (...) {
    work.thrown = std::current_exception();
  }
  return nullptr;
}

/// The first octet of `stack` that was written to. Whole pages are compared by the C library: there are two
/// thousand.
const unsigned char* first_written(const unsigned char* stack, const unsigned char* end) {
  static const std::vector<unsigned char> untouched(kGuard, kPattern);
  while (end - stack >= static_cast<std::ptrdiff_t>(kGuard) &&
         std::memcmp(stack, untouched.data(), kGuard) == 0)
    stack += kGuard;
  return std::find_if(stack, end, [](unsigned char octet) { return octet != kPattern; });
}

/// Octets from the deepest one written to up to the end of the stack.
std::size_t high_water(const std::function<void()>& work) {
  void* map = mmap(nullptr, kOctets, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) throw std::runtime_error("no memory for a stack");
  auto* const stack = static_cast<unsigned char*>(map);
  if (kStackIsMeasured) std::memset(stack, kPattern, kOctets);
  mprotect(map, kGuard, PROT_NONE);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, map, kOctets);
  Work job{work};
  pthread_t thread{};
  const int status = pthread_create(&thread, &attributes, run, &job);
  if (status == 0) pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  std::size_t used = 0;
  if (kStackIsMeasured)
    used = static_cast<std::size_t>(stack + kOctets - first_written(stack + kGuard, stack + kOctets));
  munmap(map, kOctets);
  if (status != 0) throw std::runtime_error("no thread");
  if (job.thrown) std::rethrow_exception(job.thrown);
  return used;
}

}  // namespace

std::size_t stack_used(const std::function<void()>& work) {
  static const std::size_t idle = high_water([] {});
  return std::max(high_water(work), idle) - idle;
}

}  // namespace ccgate::test
