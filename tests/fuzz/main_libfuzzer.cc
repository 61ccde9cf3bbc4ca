// The targets as a program of libFuzzer: TARGET [OPTION...] [FOLDER OR FILE...].
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/fuzz/fuzz.h"

namespace {

// Processes that libFuzzer itself starts get its own arguments only.
constexpr const char* kVariable = "CCGATE_FUZZ_TARGET";

const ccgate::fuzz::Target* target = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  const char* name = std::getenv(kVariable);
  if (name == nullptr && *count > 1) {
    name = (*arguments)[1];
    setenv(kVariable, name, 1);
    (*arguments)[1] = (*arguments)[0];
    ++*arguments;
    --*count;
  }
  target = ccgate::fuzz::find_target(name != nullptr ? name : "");
  if (target == nullptr) {
    std::fprintf(stderr, "usage: ccgate_fuzz TARGET [OPTION...] [FOLDER OR FILE...]\n");
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  target->run({reinterpret_cast<const char*>(octets), size});
  return 0;
}
