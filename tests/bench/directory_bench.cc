// What contact data costs: reading the file, building the directory, asking it. CCGATE_BENCH_CCTLDS says how
// many ccTLDs there are; a million without it.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>

#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "tests/support/many_contacts.h"

namespace ccgate {
namespace {

std::size_t wanted_count() {
  const char* wanted = std::getenv("CCGATE_BENCH_CCTLDS");
  return wanted == nullptr ? 1'000'000 : std::strtoul(wanted, nullptr, 10);
}

const std::size_t kCcTlds = wanted_count();
const std::set<Role> kAdmin{Role::admin};

const std::string& text() {
  static const std::string text = write_contacts(many_contacts(kCcTlds));
  return text;
}

Directory load() {
  Issues issues;
  auto file = parse_contacts(text(), "contacts.json", issues);
  if (!file || !issues.empty()) std::abort();
  return {std::move(file->cctlds), {}, {}, file->fetched};
}

const Directory& directory() {
  static const Directory directory = load();
  return directory;
}

/// Some ccTLDs all over the directory, in no order, and too many for the processor's caches: what an answer
/// costs when nobody asked for it lately.
template <typename Make>
auto scattered(const Make& make) {
  constexpr std::size_t kSome = 4096;
  std::vector<decltype(make(std::size_t{0}))> all;
  for (std::size_t i = 0; i < kSome; ++i) all.push_back(make(i * 2'654'435'761 % kCcTlds));
  return all;
}

void report_memory(benchmark::State& state) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

void write(benchmark::State& state) {
  const ContactsFile file = many_contacts(kCcTlds);
  for (auto _ : state) benchmark::DoNotOptimize(write_contacts(file));
}

void parse(benchmark::State& state) {
  (void)text();
  for (auto _ : state) {
    Issues issues;
    benchmark::DoNotOptimize(parse_contacts(text(), "contacts.json", issues));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text().size()));
}

void parse_and_build(benchmark::State& state) {
  (void)text();
  for (auto _ : state) {
    const Directory loaded = load();
    benchmark::DoNotOptimize(&loaded);
  }
  report_memory(state);
}

void build(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<CcTld> cctlds = many_contacts(kCcTlds).cctlds;  // in no order
    state.ResumeTiming();
    const Directory built(std::move(cctlds), {}, {});
    benchmark::DoNotOptimize(&built);
  }
}

/// Times `ask(key)` for one key after the other, with the directory in place.
template <typename Keys, typename Ask>
void ask_each(benchmark::State& state, const Keys& keys, const Ask& ask) {
  const Directory& known = directory();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(ask(known, keys[i++ % keys.size()]));
}

void find_hit(benchmark::State& state) {
  ask_each(state, scattered(label_of),
           [](const Directory& known, const Domain& label) { return known.find(label); });
}

void find_miss(benchmark::State& state) {
  ask_each(state, scattered([](std::size_t number) { return label_of(kCcTlds + number); }),
           [](const Directory& known, const Domain& label) { return known.find(label); });
}

void tlds_of_one(benchmark::State& state) {
  ask_each(state, scattered([](std::size_t number) { return admin_of(number | 1U); }),
           [](const Directory& known, const Address& address) { return known.cctlds_of(kAdmin, address); });
}

void tlds_of_five(benchmark::State& state) {
  ask_each(state, scattered([](std::size_t number) { return admin_of(number & ~std::size_t{1}); }),
           [](const Directory& known, const Address& address) { return known.cctlds_of(kAdmin, address); });
}

void tlds_of_stranger(benchmark::State& state) {
  ask_each(state, scattered([](std::size_t number) { return admin_of(kCcTlds * 2 + number); }),
           [](const Directory& known, const Address& address) { return known.cctlds_of(kAdmin, address); });
}

void find_and_is_contact(benchmark::State& state) {
  ask_each(state, scattered([](std::size_t number) { return std::pair(label_of(number), admin_of(number)); }),
           [](const Directory& known, const std::pair<Domain, Address>& key) {
             return known.is_contact(*known.find(key.first), kAdmin, key.second);
           });
}

BENCHMARK(write)->Unit(benchmark::kMillisecond);
BENCHMARK(parse)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_and_build)->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK(find_hit);
BENCHMARK(find_miss);
BENCHMARK(tlds_of_one);
BENCHMARK(tlds_of_five);
BENCHMARK(tlds_of_stranger);
BENCHMARK(find_and_is_contact);

}  // namespace
}  // namespace ccgate

BENCHMARK_MAIN();
