#include "milter/tool/ledger_tool.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "milter/tool/ledger_follow.h"
#include "milter/tool/ledger_input.h"
#include "milter/tool/ledger_json.h"
#include "milter/tool/ledger_show.h"
#include "milter/tool/ledger_table.h"
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

/// Of what was pasted: `[7k2m9qx40c1d]`, or in capitals.
std::string plain_id(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text.ends_with(']')) text.remove_suffix(1);
  return ascii_lower(trim(text));
}

bool can_be_id(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
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

int run_log(const LogQuery& options) {
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

int run_show(const LedgerSource& source, const std::string& id, bool json) {
  const std::string wanted = plain_id(id);
  int status = 0;
  const auto ledger = open_ledger(source, status);
  if (!ledger) return status;
  LedgerStory story;
  if (auto entry = ledger->find_entry(wanted)) {
    story.entry = std::move(*entry);
  } else {
    if (!can_be_id(wanted)) return not_known(*ledger, wanted);
    if (wanted.size() < kShortestStart) {
      std::fprintf(stderr, "ccgate: `%s` is too short; give at least %zu characters of the id\n",
                   wanted.c_str(), kShortestStart);
      return 2;
    }
    LedgerFilter filter;
    filter.id_prefix = wanted;
    filter.limit = kMostListed + 1;
    auto rows = ledger->entries(filter);
    if (rows.empty()) return not_known(*ledger, wanted);
    if (rows.size() > 1) return ambiguous(wanted, std::move(rows));
    story.entry = std::move(rows.front().entry);
  }
  story.events = ledger->events_of(story.entry.id);
  story.questions = ledger->questions_by_decision(story.entry.id);
  put(json ? json_line(show_decision_json(story)) : show_decision(story));
  return 0;
}

}  // namespace ccgate
