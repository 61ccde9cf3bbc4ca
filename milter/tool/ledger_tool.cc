#include "milter/tool/ledger_tool.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "milter/tool/group_table.h"
#include "milter/tool/ledger_follow.h"
#include "milter/tool/ledger_input.h"
#include "milter/tool/ledger_json.h"
#include "milter/tool/ledger_show.h"
#include "milter/tool/ledger_table.h"
#include "milter/tool/log_search.h"
#include "milter/tool/output.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kShortestStart = 4;
constexpr std::size_t kMostListed = 20;
constexpr std::size_t kMostNear = 1000;

/// Prints rows as they come, in the form that was asked for.
class Printer {
 public:
  Printer(LedgerReader& ledger, bool json) : ledger_(ledger), json_(json), table_(terminal_width()) {}
  void print(const std::vector<LedgerRow>& rows) {
    if (!json_) {
      put(table_.lines(rows));
      return;
    }
    for (const LedgerRow& row : rows) put(json_line(ledger_json(row.entry, ledger_.events_of(row.entry.id))));
  }

 private:
  LedgerReader& ledger_;
  bool json_;
  LedgerTable table_;
};

bool can_be_id(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

/// Of what was pasted: `[7k2m9qx40c1d]`, in capitals, or a whole bounce with it.
std::string plain_id(std::string_view text) {
  text = trim(text);
  for (std::size_t open = text.rfind('['); open != text.npos && open > 0; open = text.rfind('[', open - 1)) {
    const std::string_view inside = text.substr(open + 1, text.find(']', open) - open - 1);
    const std::string id = ascii_lower(trim(inside));
    // A bounce has addresses of hosts in brackets too.
    if (id.size() >= kShortestStart && can_be_id(id)) return id;
  }
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text.ends_with(']')) text.remove_suffix(1);
  return ascii_lower(trim(text));
}

int not_known(LedgerReader& ledger, const std::string& what) {
  LedgerFilter newest;
  newest.limit = kMostNear;
  std::vector<std::string> ids;
  for (const LedgerRow& row : ledger.entries(newest)) ids.push_back(row.entry.id);
  const std::string meant = did_you_mean(what, ids);
  std::fprintf(stderr, "ccgate: no decision `%s` in the ledger%s%s\n", shown(what).c_str(),
               meant.empty() ? "" : "; ", shown(meant).c_str());
  if (meant.empty())
    std::fputs("help: `ccgate log` lists them; what is older than its list's retention is gone\n", stderr);
  return 1;
}

int ambiguous(const std::string& what, std::vector<LedgerRow> rows) {
  const bool more = rows.size() > kMostListed;
  if (more) rows.erase(rows.begin());
  std::fprintf(stderr, "ccgate: more than one decision begins with `%s`:\n%s%s", shown(what).c_str(),
               LedgerTable(0).lines(rows).c_str(), more ? "and older ones\n" : "");
  return 1;
}

}  // namespace

namespace {

int run_groups(const LogQuery& options) {
  // Bounded by whoever writes: an author domain is anybody's.
  constexpr std::size_t kMostGroups = 1000;
  int status = 0;
  const OpenedStore opened = open_source(options.source, StoreAccess::read, status);
  if (!opened.store) return status;
  const auto counts = opened.store->count_groups(options.filter, *options.group, kMostGroups);
  if (!counts.empty())
    put(options.json ? group_json(counts, *options.group) : group_table(counts, *options.group));
  else if (!options.json)
    std::fputs("ccgate: no such decision in the ledger\n", stderr);
  if (counts.size() == kMostGroups)
    std::fprintf(stderr, "ccgate: these are the largest %zu numbers; there are more\n", kMostGroups);
  return 0;
}

}  // namespace

int run_log(const LogQuery& options) {
  if (options.group) return run_groups(options);
  int status = 0;
  const auto ledger = open_ledger(options.source, status);
  if (!ledger) return status;
  Printer printer(*ledger, options.json);
  if (options.follow) {
    follow(*ledger, options.filter, [&](const std::vector<LedgerRow>& rows) { printer.print(rows); });
    return 0;
  }
  const auto rows = ledger->entries(options.filter);
  if (!rows.empty())
    printer.print(rows);
  else if (!options.json)
    std::fputs("ccgate: no such decision in the ledger\n", stderr);
  return 0;
}

namespace {

bool is_long_enough(const std::string& id) {
  if (id.size() >= kShortestStart && can_be_id(id)) return true;
  std::fprintf(stderr, "ccgate: `%s` is %s; give at least %zu characters of the id\n", shown(id).c_str(),
               can_be_id(id) ? "too short" : "no id", kShortestStart);
  return false;
}

/// What the log says of it; nullopt: nothing.
std::optional<int> show_logged(const LoggedDecisions& logged, const std::string& id, bool json) {
  if (logged.decisions.empty()) return std::nullopt;
  if (logged.decisions.size() > 1) {
    std::fprintf(stderr, "ccgate: more than one decision begins with `%s`:\n", shown(id).c_str());
    for (const LoggedDecision& each : logged.decisions) std::fprintf(stderr, "%s\n", shown(each.id).c_str());
    return 1;
  }
  put(json ? logged_json(logged.decisions.front()) : logged_text(logged.decisions.front()));
  return 0;
}

std::optional<int> show_from_journal(const std::string& id, bool json) {
  return show_logged(search_journal(id), id, json);
}

int show_from_file(const std::string& file, const std::string& id, bool json) {
  if (!is_long_enough(id)) return 2;
  std::string why;
  const auto logged = search_log(file, id, why);
  if (!logged) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", shown(file).c_str(), why.c_str());
    return 3;
  }
  if (const auto shown_status = show_logged(*logged, id, json)) return *shown_status;
  std::fprintf(stderr, "ccgate: no decision `%s` in %s\n", shown(id).c_str(), shown(file).c_str());
  return 1;
}

int show_without_store(const std::string& id, bool json) {
  if (!is_long_enough(id)) return 2;
  if (const auto shown_status = show_from_journal(id, json)) return *shown_status;
  std::fprintf(stderr,
               "ccgate: no decision `%s` in the journal, and the configuration names no store\n"
               "help: name the file where the log goes with --log\n",
               shown(id).c_str());
  return 1;
}

}  // namespace

int run_show(const LedgerSource& source, const std::string& id, const std::string& log_file, bool json) {
  const std::string wanted = plain_id(id);
  if (!log_file.empty()) return show_from_file(log_file, wanted, json);
  if (names_no_store(source)) return show_without_store(wanted, json);
  int status = 0;
  const auto ledger = open_ledger(source, status);
  if (!ledger) return status;
  LedgerStory story;
  if (auto entry = ledger->find_entry(wanted)) {
    story.entry = std::move(*entry);
  } else {
    if (!can_be_id(wanted)) return not_known(*ledger, wanted);
    if (!is_long_enough(wanted)) return 2;
    LedgerFilter filter;
    filter.id_prefix = wanted;
    filter.limit = kMostListed + 1;
    auto rows = ledger->entries(filter);
    if (rows.empty()) {
      if (const auto shown_status = show_from_journal(wanted, json)) return *shown_status;
      return not_known(*ledger, wanted);
    }
    if (rows.size() > 1) return ambiguous(wanted, std::move(rows));
    story.entry = std::move(rows.front().entry);
  }
  story.events = ledger->events_of(story.entry.id);
  story.questions = ledger->questions_by_decision(story.entry.id);
  put(json ? json_line(show_decision_json(story)) : show_decision(story));
  return 0;
}

}  // namespace ccgate
