// The targets without a fuzzer, for every compiler.
//
//   ccgate_fuzz_corpus --list              name and largest size of each target
//   ccgate_fuzz_corpus --seeds TARGET FOLDER   writes what a fuzzer begins with, and what is as long as may
//   be
//                                              into its folder `extremes`
//   ccgate_fuzz_corpus TARGET [FILE...]    runs the files; without any, all that is known: seeds, extremes,
//   and
//                                          tests/fuzz/corpus/TARGET
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.h"
#include "tests/support/stack_gauge.h"

namespace {

using ccgate::fuzz::Target;

// As of the tests of whole messages: a thread of the daemon has little.
constexpr std::size_t kMostStack = std::size_t{64} * 1024;
// Of what is as long as may be a part will do where all is many times slower: frames are larger there, too.
constexpr std::size_t kPart = ccgate::test::kStackIsMeasured ? 1 : 32;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) ccgate::fuzz::fail("the file can be read", path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void run(const Target& target, const std::string& name, const std::string& input) {
  std::printf("%s: %s, %zu octets", std::string(target.name).c_str(), name.c_str(), input.size());
  std::fflush(stdout);
  const std::size_t used = ccgate::test::stack_used([&] { target.run(input); });
  std::printf(", %zu of stack\n", used);
  if (used > kMostStack) ccgate::fuzz::fail("the stack is enough");
}

void run_all(const Target& target) {
  std::size_t count = 0;
  for (const std::string& input : target.seeds()) run(target, "seed " + std::to_string(++count), input);
  count = 0;
  for (const std::string& input : target.extremes())
    run(target, "extreme " + std::to_string(++count),
        input.substr(0, std::max<std::size_t>(input.size() / kPart, 4000)));
  const std::filesystem::path folder = CCGATE_SOURCE_DIR "/tests/fuzz/corpus/" + std::string(target.name);
  if (!std::filesystem::exists(folder)) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    run(target, entry.path().filename(), read_file(entry.path()));
}

// Of what is as long as may be the beginnings too, which a fuzzer is quicker with.
void write_seeds(const Target& target, const std::string& folder) {
  constexpr std::size_t kShort = 2000;
  std::filesystem::create_directories(folder + "/short");
  std::filesystem::create_directories(folder + "/long");
  std::size_t count = 0;
  const auto write = [&](const std::string& to, const std::string& input) {
    if (input.size() <= target.largest)
      std::ofstream(to + "/" + std::to_string(++count), std::ios::binary) << input;
  };
  for (const std::string& input : target.seeds()) write(folder + "/short", input);
  for (const std::string& input : target.extremes()) {
    write(folder + "/short", input.substr(0, kShort));
    write(folder + "/long", input);
  }
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  if (arguments.size() == 1 && arguments[0] == "--list") {
    for (const Target& each : ccgate::fuzz::targets())
      std::printf("%s %zu\n", std::string(each.name).c_str(), each.largest);
    return 0;
  }
  const bool seeds = arguments.size() == 3 && arguments[0] == "--seeds";
  const Target* target = arguments.empty() ? nullptr : ccgate::fuzz::find_target(arguments[seeds ? 1 : 0]);
  if (target == nullptr) {
    std::fprintf(stderr, "usage: ccgate_fuzz_corpus --list | --seeds TARGET FOLDER | TARGET [FILE...]\n");
    return 2;
  }
  if (seeds) {
    write_seeds(*target, arguments[2]);
  } else if (arguments.size() > 1) {
    for (std::size_t i = 1; i < arguments.size(); ++i) run(*target, arguments[i], read_file(arguments[i]));
  } else {
    run_all(*target);
  }
  return 0;
}
