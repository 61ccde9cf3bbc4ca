// milter/tool/log_search.h: decisions found in the log of the daemon, in either of its formats.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ccgate {

/// The values of one line, in its order.
using LogValues = std::vector<std::pair<std::string, std::string>>;

/// One line as LogLine (milter/system/log.h) writes it, whatever a program that collects logs wrote before
/// it. nullopt: it is none.
[[nodiscard]] std::optional<LogValues> parse_log_line(std::string_view line);

struct LoggedDecision {
  std::string id;
  LogValues decision;             ///< its own line; empty: only others tell of it
  std::vector<LogValues> others;  ///< what followed, the first 100
};
struct LoggedDecisions {
  std::vector<LoggedDecision> decisions;  ///< at most 20
};

/// Takes a log in pieces of any size. Memory does not grow with it: a line beyond 64 KiB is none.
class LogSearch {
 public:
  /// Those whose id begins with `id`.
  explicit LogSearch(std::string id) : id_(std::move(id)) {}
  void add(std::string_view octets);
  [[nodiscard]] LoggedDecisions take();

 private:
  void line();

  std::string id_;
  std::string line_;
  bool too_long_ = false;
  LoggedDecisions found_;
};

/// nullopt: `why` it cannot be read, in the system's words. `-` is standard input.
[[nodiscard]] std::optional<LoggedDecisions> search_log(const std::string& file, const std::string& id,
                                                        std::string& why);
/// What journalctl(1) has of the daemon; empty where there is no such program, or it tells nothing. `id`:
/// letters and digits.
[[nodiscard]] LoggedDecisions search_journal(const std::string& id);

[[nodiscard]] std::string logged_text(const LoggedDecision& logged);
[[nodiscard]] std::string logged_json(const LoggedDecision& logged);

}  // namespace ccgate
