// Daemons are killed at random moments while requests come in: nothing is lost, and no notice is sent twice
// more often than a kill between the mail server's reply and the entry in the store explains.
#include <chrono>
#include <csignal>
#include <iostream>
#include <random>
#include <thread>

#include "tests/chaos/site.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Clock = std::chrono::steady_clock;

/// Kills one of the daemons `kills` times, and starts it again; now and then while it starts.
class Killer {
 public:
  Killer(StormSite& site, const Load& load, std::uint64_t seed) : site_(site), load_(load), random_(seed) {}

  void kill(int kills) {
    for (int i = 0; i < kills; ++i) {
      wait_for_a_moment();
      Daemon& victim = *site_.daemons[draw(site_.daemons.size())];
      if (!victim.running()) errors_ += "it ended by itself:\n" + victim.log();
      victim.send_signal(SIGKILL);
      victim.wait_for_end();
      note_errors(victim);
      if (draw(8) == 0)
        victim.launch();
      else
        victim.start();
    }
  }
  [[nodiscard]] const std::string& errors() const { return errors_; }

 private:
  std::uint64_t draw(std::uint64_t below) { return random_() % below; }

  /// Until so many answers came, or a bounded while, and some microseconds more.
  void wait_for_a_moment() {
    const std::size_t answers = load_.answers() + draw(24);
    const auto end = Clock::now() + std::chrono::milliseconds(100);
    while (load_.answers() < answers && Clock::now() < end)
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    std::this_thread::sleep_for(std::chrono::microseconds(draw(3000)));
  }

  /// The log of a killed one, which begins anew.
  void note_errors(const Daemon& daemon) {
    std::istringstream lines(daemon.log());
    for (std::string line; std::getline(lines, line);)
      if (line.find("level=error") != std::string::npos) errors_ += line + "\n";
    daemon.write("log", "");
  }

  StormSite& site_;
  const Load& load_;
  std::mt19937_64 random_;
  std::string errors_;
};

void storm(StormSite& site, int kills, unsigned threads) {
  const std::uint64_t seed = storm_seed();
  std::cout << "CCGATE_SEED=" << seed << std::endl;
  const auto begun = Clock::now();
  site.start();
  Load load(site.sockets(), seed, threads);
  Killer killer(site, load, seed);
  killer.kill(kills);
  const auto answered = load.finish();
  const auto storm_over = Clock::now();
  site.settle();
  const Tally sum = tally(site, answered);
  const auto seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
  std::cout << kills << " kills, " << sum.requests << " requests in " << sum.tries << " tries, " << sum.rows
            << " rows, " << sum.repeated << " repeated, " << sum.notices << " notices, " << sum.sent_twice
            << " of them sent twice; " << seconds(storm_over - begun) << " s of storm, "
            << seconds(Clock::now() - storm_over) << " s until all was done" << std::endl;
  INFO("CCGATE_SEED=" << seed);
  for (std::size_t i = 0; i < sum.faults.size() && i < 20; ++i) UNSCOPED_INFO(sum.faults[i]);
  CHECK(sum.faults.empty());
  CHECK(killer.errors() == "");
  CHECK(sum.requests > static_cast<std::size_t>(kills));
  CHECK(sum.sent_twice <= static_cast<std::size_t>(kills));
}

}  // namespace

TEST_CASE("two daemons on one server, killed 200 times", "[postgresql][kills]") {
  StormSite site(2, new_server_store());
  storm(site, 200, 4);
}

TEST_CASE("a daemon on a file, killed 30 times", "[sqlite]") {
  StormSite site(1, "");
  storm(site, 30, 4);
}
