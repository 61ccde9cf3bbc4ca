// tests/chaos/site.h: daemons on one store, and what is left when the storm is over.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/chaos/load.h"
#include "tests/chaos/notice_sink.h"
#include "tests/protocol/site.h"

namespace ccgate {

/// One or several daemons, each with a folder and socket of its own, that share DNS, store and mail server.
/// A copy that nobody signed is accepted, and no limit is near.
class StormSite {
 public:
  /// `store`: its URL; empty: an SQLite file in the folder `store` of the first daemon's.
  StormSite(std::size_t daemons, const std::string& store);

  SiteDns dns;
  NoticeSink sink;
  std::vector<std::unique_ptr<Daemon>> daemons;
  std::string store;

  [[nodiscard]] std::vector<std::string> sockets() const;
  [[nodiscard]] std::string store_folder() const { return daemons.front()->file("store"); }
  [[nodiscard]] std::string store_file() const { return store_folder() + "/ccgate.db"; }
  void start();
  /// Starts all anew with a clock behind the claims of those that were killed, and waits until no task is
  /// left.
  void settle();
};

/// The URL of an empty schema of the server of this run.
[[nodiscard]] std::string new_server_store();

/// CCGATE_SEED, else a new one.
[[nodiscard]] std::uint64_t storm_seed();

struct Tally {
  std::size_t requests = 0, rows = 0, tries = 0;
  std::size_t repeated = 0;  ///< events
  std::size_t notices = 0, sent_twice = 0;
  std::vector<std::string> faults;  ///< one line each; empty: all is as it should be
};
/// Compares what the MTAs saw, what `ccgate log` shows, who became a member and what the mail server got.
[[nodiscard]] Tally tally(const StormSite& site, const std::vector<Answered>& answered);

}  // namespace ccgate
