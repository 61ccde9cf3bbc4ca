#include "milter/tool/outreach_tool.h"

#include <unistd.h>

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "milter/daily/outreach_letters.h"
#include "milter/daily/own_entry.h"
#include "milter/iana/cctld_list.h"
#include "milter/members/member_text.h"
#include "milter/notice/shown_value.h"
#include "milter/tool/list_choice.h"
#include "milter/tool/output.h"
#include "milter/tool/outreach_text.h"
#include "policy/names/cctld.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::int64_t kDeclineKept = 3660 * kDaySeconds;  // nobody is to ask them again next year

void complain_of_outreach(const std::string& what) {
  std::fprintf(stderr, "ccgate: %s\n", shown(what).c_str());
}

/// One list with its store and contacts.
struct OutreachPlace {
  std::shared_ptr<const Ruleset> rules;
  std::unique_ptr<Store> store;
  const ListConfig* list = nullptr;
};

/// nullopt after telling why there is none. `invites`: the list needs the key `outreach`.
std::optional<OutreachPlace> open_place(const OutreachSource& source, StoreAccess access, bool invites,
                                        int& status) {
  OutreachPlace place;
  Issues issues;
  place.rules = load_ruleset(source.source.config_file, issues);
  report(issues, false);
  if (!place.rules) {
    status = ::access(source.source.config_file.c_str(), R_OK) == 0 ? 1 : 3;
    return std::nullopt;
  }
  OpenedStore opened = open_source(source.source, access, status);
  if (!opened.store) return std::nullopt;
  place.store = std::move(opened.store);
  std::vector<std::string> names;
  for (const List& list : place.rules->lists) names.push_back(list.config.name);
  const std::string name = chosen_list(source.list, names);
  for (const List& list : place.rules->lists)
    if (list.config.name == name) place.list = &list.config;
  status = 1;
  if (place.list == nullptr) return std::nullopt;
  if (invites && !place.list->outreach) {
    complain_of_outreach(fmt::format("list `{}` has no `outreach` in {}", name, source.source.config_file));
    return std::nullopt;
  }
  status = 0;
  return place;
}

/// What the store says when it fails becomes status 3.
template <class Work>
int with_outreach_store(const Work& work) {
  try {
    return work();
  } catch (const StoreError& error) {
    complain_of_outreach(error.what());
    return 3;
  }
}

/// One that IANA or the contact data knows; nullopt after telling.
std::optional<Domain> known_cctld(const std::string& typed, const Directory& directory) {
  const auto label = parse_cctld(typed);
  const CcTldName* name = label ? find_cctld(label->ascii()) : nullptr;
  if (label && (directory.find(*label) != nullptr || (name != nullptr && name->delegated))) return label;
  complain_of_outreach(fmt::format("`{}` is no ccTLD", typed));
  return std::nullopt;
}

/// The letters to the contacts of `cctlds`, each once; nullopt after telling of which there are none.
std::optional<std::vector<const Letter*>> letters_of(const std::set<std::string>& cctlds,
                                                     const std::vector<Letter>& all) {
  std::set<std::string> missing = cctlds;
  std::vector<const Letter*> chosen;
  bool good = true;
  for (const Letter& letter : all) {
    std::vector<std::string> asked;
    for (const std::string& cctld : letter.cctlds)
      if (missing.erase(cctld) > 0) asked.push_back(cctld);
    if (asked.empty()) continue;
    if (letter.kind == LetterKind::none) {
      complain_of_outreach(
          fmt::format("{} is not written to: {}", shown_cctlds(asked, false), reason_text(letter)));
      good = false;
    }
    chosen.push_back(&letter);
  }
  for (const std::string& cctld : missing) {
    complain_of_outreach(
        fmt::format("{} is not written about: it is on the list, or its contact data is too old "
                    "or too new",
                    shown_cctld(cctld)));
    good = false;
  }
  if (!good) return std::nullopt;
  return chosen;
}

std::vector<const Letter*> next_letters(const std::vector<Letter>& all, std::size_t most) {
  std::vector<const Letter*> chosen;
  for (const Letter& letter : all)
    if (letter.kind == LetterKind::invite && chosen.size() < most) chosen.push_back(&letter);
  return chosen;
}

}  // namespace

int run_outreach_next(const OutreachSource& options, bool json) {
  int status = 0;
  const auto place = open_place(options, StoreAccess::read, true, status);
  if (!place) return status;
  return with_outreach_store([&] {
    const DailySite site{*place->rules, *place->store, options.now};
    const ListLetters read = read_letters(site, *place->list);
    put(json ? letters_json(read, *place->list) : letters_text(read, *place->list));
    return 0;
  });
}

int run_outreach_invite(const OutreachInvitation& options) {
  int status = 0;
  const auto place =
      open_place(options.from, options.dry_run ? StoreAccess::read : StoreAccess::write, true, status);
  if (!place) return status;
  std::set<std::string> cctlds;
  for (const std::string& typed : options.cctlds) {
    const auto label = known_cctld(typed, *place->rules->directory);
    if (label)
      cctlds.insert(label->ascii());
    else
      status = 1;
  }
  if (status != 0) return status;
  return with_outreach_store([&] {
    const DailySite site{*place->rules, *place->store, options.from.now};
    const ListLetters read =
        read_letters(site, *place->list, options.again ? cctlds : std::set<std::string>{});
    auto chosen = cctlds.empty() ? next_letters(read.all, options.next.value_or(read.left_today))
                                 : letters_of(cctlds, read.all);
    if (!chosen) return 1;
    bool any = false;
    for (const Letter* letter : *chosen) {
      const Due due = due_letter(site, *place->list, *letter, read.progress);
      if (!options.dry_run && !due.begin()) continue;
      put(shown(due.told) + "\n");
      any = true;
    }
    if (!any)
      put("nobody is invited\n");
    else if (options.dry_run)
      put("nothing was begun\n");
    return 0;
  });
}

int run_outreach_note(const OutreachNote& options) {
  int status = 0;
  const auto place = open_place(options.from, StoreAccess::write, false, status);
  if (!place) return status;
  const auto label = known_cctld(options.cctld, *place->rules->directory);
  const std::string text = member_text(options.text);
  if (text.empty()) complain_of_outreach("the text is empty");
  if (!label || text.empty()) return 1;
  return with_outreach_store([&] {
    const std::int64_t retention = place->list->retention.count();
    const std::int64_t keep = options.declines ? std::max(retention, kDeclineKept) : retention;
    DecisionRecord record;
    record.entry = own_entry(*place->list, "note", options.declines ? "declined" : "note", {label->ascii()},
                             options.from.now, options.from.now + keep);
    if (options.declines) record.entry.rule = "decline";
    record.entry.explanation = nlohmann::json{{"text", text}}.dump();
    place->store->record(record);
    put(fmt::format("{} {} [{}]\n", options.declines ? "declined:" : "noted:", shown_cctld(label->ascii()),
                    record.entry.id));
    return 0;
  });
}

}  // namespace ccgate
