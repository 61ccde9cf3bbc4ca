// What a decision costs until it is kept: `record` with a question and two tasks, as a session calls it.
// CCGATE_BENCH_STORE: URL of an empty store; else a file in the temporary folder. For a server of its own:
//   CCGATE_FSYNC=1 python3 tests/store/postgresql.py build/dev/tests/bench/ccgate_store_bench
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "milter/store/open_store.h"

namespace {

using namespace ccgate;

std::string url() {
  for (const char* name : {"CCGATE_BENCH_STORE", "CCGATE_TEST_POSTGRESQL"})
    if (const char* value = std::getenv(name)) return value;
  static const struct File {
    std::string path = std::filesystem::temp_directory_path() / ("ccgate-bench-" + std::to_string(getpid()));
    ~File() { std::filesystem::remove(path); }
  } file;
  return "sqlite:" + file.path;
}

Store& store() {
  static const std::unique_ptr<Store> opened = open_store(url(), StoreAccess::own);
  return *opened;
}

DecisionRecord decision() {
  static std::atomic<int> number = 0;
  const std::string id = std::to_string(getpid()) + "-" + std::to_string(++number);
  DecisionRecord record;
  LedgerEntry& entry = record.entry;
  entry.id = id;
  entry.decided = 1000 + number;
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {"xa", "xb"};
  entry.author = "anne@nic.example";
  entry.author_domain = "nic.example";
  entry.recipients = {"tld-ops-join@lists.example"};
  entry.verdict = "ask";
  entry.request_key = id;
  entry.explanation = std::string(2000, '.');
  record.replay_keys = {id + "a", id + "b"};
  record.questions.resize(1);
  record.questions[0].id = record.questions[0].request_key = id;
  record.questions[0].decision_id = id;
  record.tasks.resize(2);
  record.tasks[0].key = id + "ask";
  record.tasks[1].key = id + "owner";
  for (Task& task : record.tasks) task.decision_id = id;
  return record;
}

void recorded(benchmark::State& state) {
  for (auto _ : state) store().record(decision());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(recorded)->Threads(1)->Threads(8)->UseRealTime();

void asked_before(benchmark::State& state) {
  store().record(decision());
  for (auto _ : state) {
    benchmark::DoNotOptimize(store().seen_before("tld-ops", {"unknown", "too"}, 0));
    benchmark::DoNotOptimize(store().count_by_author_domain("tld-ops", "other.example", 0, 99));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(asked_before)->Threads(1)->Threads(8)->UseRealTime();

/// What a worker leaves of each mail, in so many threads, while sessions record decisions.
void mailed(benchmark::State& state) {
  static std::atomic<int> number = 0;
  std::jthread session([](const std::stop_token& stop) {
    while (!stop.stop_requested()) store().record(decision());
  });
  for (auto _ : state) {
    const DecisionRecord record = decision();
    store().add({}, {record.tasks[0]});
    const std::string name = std::to_string(++number);
    for (const char* kind : {"bounce", "object"}) {
      Token token;
      token.hash = name + kind + std::to_string(getpid());
      store().add_token(token, 1000);
    }
    for (const Task& task : store().claim(name, 1'000'000, 900, 1))
      store().finish(task, name, {{0, task.decision_id, 1000, EventKind::informed, "", ""}}, 1000, {});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(mailed)->Threads(1)->Threads(8)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
