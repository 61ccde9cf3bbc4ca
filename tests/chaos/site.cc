#include "tests/chaos/site.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "milter/store/open_store.h"
#include "milter/store/sql_pq.h"
#include "milter/system/timestamp.h"
#include "tests/support/order_server.h"

namespace ccgate {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kBehindEveryClaim = 1000;  // seconds; a claim lasts 900
constexpr std::chrono::seconds kUntilEmpty{120};

/// The lines of `ccgate log --json`.
std::vector<Json> ledger(const Daemon& daemon) {
  const std::string command =
      std::string(CCGATE_BIN) + " log -c " + daemon.config_file() + " --json --limit 0";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string text;
  std::array<char, 65536> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe))
    text.append(part.data(), size);
  if (pclose(pipe) != 0) throw std::runtime_error(command + " failed");
  std::vector<Json> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
  return rows;
}

std::size_t count_events(const Json& row, std::string_view kind) {
  std::size_t count = 0;
  for (const Json& event : row.at("events"))
    if (event.at("event") == kind) count += event.value("times", std::size_t{1});
  return count;
}

struct Kept {
  std::vector<Json> accepted;
  std::map<std::string, int> notices;  // Message-ID -> how often
  std::vector<Member> members;
};

void compare(const Answered& answered, const Kept& kept, Tally& tally) {
  const auto fault = [&](const std::string& what) { tally.faults.push_back(answered.author + ": " + what); };
  if (!answered.reply.empty()) return fault("answered " + answered.reply);
  if (!answered.repeated_reply.empty()) fault("brought again: answered " + answered.repeated_reply);
  if (kept.accepted.size() != 1) return fault(std::to_string(kept.accepted.size()) + " rows accept it");
  const Json& row = kept.accepted.front();
  if (row.at("id") != answered.id) fault("the MTA was told of another decision");
  if (answered.repeated && answered.repeated_id != answered.id) fault("another decision when brought again");
  if (row.at("message_id") != answered.message_id) fault("its row has another Message-ID");
  if (count_events(row, "informed") != 1) fault("its row does not say once that the contact was told");
  const std::size_t repeated = count_events(row, "repeated");
  tally.repeated += repeated;
  if (answered.repeated && repeated == 0) fault("its row does not say that it came again");
  if (repeated >= static_cast<std::size_t>(answered.tries)) fault("its row says it came too often");
  if (kept.members.size() != answered.cctlds)
    return fault("a member for " + std::to_string(kept.members.size()) + " ccTLDs");
  for (const Member& member : kept.members)
    if (member.began_by != answered.id) fault("a member by another decision");
  if (kept.notices.size() != 1) return fault(std::to_string(kept.notices.size()) + " notices");
  tally.sent_twice += static_cast<std::size_t>(kept.notices.begin()->second - 1);
}

}  // namespace

StormSite::StormSite(std::size_t number, const std::string& url) : store(url) {
  for (std::size_t i = 0; i < number; ++i) {
    daemons.push_back(std::make_unique<Daemon>(dns.server()));
    Daemon& daemon = *daemons.back();
    if (store.empty()) {
      std::filesystem::create_directory(store_folder());
      store = "sqlite:" + store_file();
    }
    daemon.edit("tld-ops.policy.yaml", "then: ask", "then: accept\n    do: [{inform: admin_contact}]");
    daemon.write("ccgate.yaml", daemon.read("ccgate.yaml") + "store: \"" + store +
                                    "\"\nsubmit: smtp://127.0.0.1:" + std::to_string(sink.port()) +
                                    "\nflood: {author_domain: 1000000, cctld: 1000000, contact: 1000000}\n");
  }
}

std::vector<std::string> StormSite::sockets() const {
  std::vector<std::string> all;
  for (const auto& daemon : daemons) all.push_back(daemon->socket());
  return all;
}

void StormSite::start() {
  for (const auto& daemon : daemons) daemon->start();
}

void StormSite::settle() {
  const std::string now = format_timestamp(std::time(nullptr) + kBehindEveryClaim);
  for (const auto& daemon : daemons) {
    if (daemon->running()) daemon->stop();
    daemon->start({"--now", now});
  }
  const auto looking = open_store(store, StoreAccess::read);
  const auto end = std::chrono::steady_clock::now() + kUntilEmpty;
  while (looking->backlog().waiting > 0) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("tasks are left that nobody does");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::string new_server_store() {
  static int number = 0;
  const std::string schema = "storm" + std::to_string(++number);
  open_pq(server_url())->run("CREATE SCHEMA " + schema);
  return server_url() + "&options=-csearch_path%3D" + schema;
}

std::uint64_t storm_seed() {
  const char* given = std::getenv("CCGATE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

Tally tally(const StormSite& site, const std::vector<Answered>& answered) {
  std::map<std::string, Kept> kept;  // by author
  Tally result;
  for (const Json& row : ledger(*site.daemons.front())) {
    ++result.rows;
    Kept& one = kept[row.at("author").get<std::string>()];
    if (row.at("verdict") == "accept") one.accepted.push_back(row);
  }
  for (const Member& member : open_store(site.store, StoreAccess::read)->members({}))
    kept[member.address].members.push_back(member);
  for (const auto& [notice, times] : site.sink.taken()) {
    result.notices += static_cast<std::size_t>(times);
    kept[notice.author].notices[notice.message_id] += times;
  }
  for (const Answered& each : answered) {
    ++result.requests;
    result.tries += static_cast<std::size_t>(each.tries);
    compare(each, kept[each.author], result);
    kept.erase(each.author);
  }
  for (const auto& [author, rest] : kept) result.faults.push_back(author + ": nobody asked for it");
  return result;
}

}  // namespace ccgate
