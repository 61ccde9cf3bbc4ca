#include "milter/tool/members_tool.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/contacts_json.h"
#include "milter/iana/cctld_list.h"
#include "milter/members/manager_roster.h"
#include "milter/members/member_export.h"
#include "milter/members/member_import.h"
#include "milter/members/member_lines.h"
#include "milter/members/member_text.h"
#include "milter/system/files.h"
#include "milter/system/timestamp.h"
#include "milter/tool/list_choice.h"
#include "milter/tool/members_table.h"
#include "milter/tool/output.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestImport = 16 * 1024 * 1024;

void complain(const std::string& what) {
  std::fprintf(stderr, "ccgate: %s\n", shown(what).c_str());
}

/// `1 member`, `2 members`.
std::string members_text(std::int64_t count) {
  return fmt::format("{} member{}", count, count == 1 ? "" : "s");
}

/// What the store says when it fails becomes status 3.
template <class Work>
int with_store(const Work& work) {
  try {
    return work();
  } catch (const StoreError& error) {
    complain(error.what());
    return 3;
  }
}

/// What was asked of whom, for the lists whose contacts are asked.
ReviewsByList reviews_by_list(const OpenedStore& opened) {
  ReviewsByList reviews;
  for (const auto& [list, times] : opened.reviews)
    reviews.emplace(list, ListReviews{times, opened.store->reviews(list)});
  return reviews;
}

/// What is told has the list and the end of each.
bool tells_list(MembersForm form) {
  return form == MembersForm::table || form == MembersForm::json;
}

std::string told(const std::vector<Member>& members, MembersForm form, const ReviewsByList& reviews,
                 std::int64_t now) {
  switch (form) {
    case MembersForm::csv:
      return members_csv(members);
    case MembersForm::vcf:
      return members_vcards(members);
    case MembersForm::json:
      return members_json(members, reviews, now);
    case MembersForm::text:
      return members_plain(members);
    case MembersForm::table:
      break;
  }
  return members.empty() ? "" : members_table(members, reviews, now);
}

/// Those of the built-in list and of the contact data; without a configuration, or contacts that can be read,
/// nobody knows.
IsCcTld known_cctlds(const std::string& contacts_file) {
  std::string why;
  Issues issues;
  const auto text = contacts_file.empty() ? std::nullopt : read_file(contacts_file, kLargestContacts, why);
  const auto contacts = text ? parse_contacts(*text, contacts_file, issues) : std::nullopt;
  if (!contacts) return {};
  std::set<std::string, std::less<>> labels;
  for (const CcTld& each : contacts->cctlds) labels.insert(each.label.ascii());
  return [labels = std::move(labels)](std::string_view label) {
    const CcTldName* known = find_cctld(label);
    return (known != nullptr && known->delegated) || labels.contains(label);
  };
}

/// nullopt after telling why; `status`: 3 when it cannot be read, 1 when it is no roster.
std::optional<std::set<Address>> roster_in(const std::string& file, int& status) {
  std::string why;
  const auto text = read_file(file, kLargestImport, why);
  if (!text) {
    complain(fmt::format("cannot read {}: {}", file, why));
    status = 3;
    return std::nullopt;
  }
  Issues issues;
  auto roster = read_manager_roster(*text, file, issues);
  report(issues, false);
  if (!roster) status = 1;
  return roster;
}

void tell_members(const char* head, const std::vector<Member>& members) {
  if (members.empty()) return;
  put(head);
  for (const Member& member : members)
    put(fmt::format("  {} {}\n", shown(member_label(member)), shown(member.email)));
}

void tell_comparison(const RosterComparison& comparison) {
  if (!comparison.unvouched.empty()) put("on the list, and nobody vouched for them:\n");
  for (const Address& address : comparison.unvouched) put(fmt::format("  {}\n", shown(address.text())));
  tell_members("members that are not on the list:\n", comparison.missing);
  tell_members("members to whom mail comes back:\n", comparison.bouncing);
}

/// What the roster makes of the members of `list`.
MemberChanges changes_by(const RosterComparison& comparison, const std::set<Address>& roster,
                         const std::optional<std::set<Address>>& bouncing, const std::string& list,
                         std::int64_t now) {
  MemberChanges changes;
  for (const Member& member : comparison.missing)
    changes.ended.push_back({list, member.cctld, member.address, now, "roster"});
  for (const Address& address : roster) {
    MemberSighting sighting{list, address.key(), now, std::nullopt};
    if (bouncing) sighting.bouncing = bouncing->contains(address);
    changes.seen.push_back(std::move(sighting));
  }
  return changes;
}

/// The addresses of `ended` that are of no member of `list` any more.
std::set<std::string> gone_for_good(Store& store, const std::vector<Member>& ended, const std::string& list) {
  std::set<std::string> gone;
  for (const Member& member : ended) {
    MemberFilter filter;
    filter.list = list;
    filter.address = member.address;
    if (store.members(filter).empty()) gone.insert(member.email);
  }
  return gone;
}

}  // namespace

int run_members_show(const MembersShow& options) {
  int status = 0;
  const OpenedStore opened = open_source(options.source, StoreAccess::read, status);
  if (!opened.store) return status;
  const MemberFilter& filter = options.filter;
  if (filter.list && chosen_list(*filter.list, opened.lists).empty()) return 1;
  return with_store([&] {
    const std::vector<Member> members = opened.store->members(filter);
    const bool of_lists = std::any_of(members.begin(), members.end(),
                                      [&](const Member& each) { return each.list != members.front().list; });
    if (of_lists && !tells_list(options.form)) {
      complain("they are of several lists: say --list NAME");
      return 1;
    }
    if (members.empty() && options.form == MembersForm::table) complain("no such member");
    put(told(members, options.form, reviews_by_list(opened), options.now));
    return members.empty() && (filter.address || filter.cctld) ? 1 : 0;
  });
}

int run_members_import(const MembersImport& options) {
  int status = 0;
  const OpenedStore opened =
      open_source(options.source, options.dry_run ? StoreAccess::read : StoreAccess::write, status);
  if (!opened.store) return status;
  const std::string list = chosen_list(options.list, opened.lists);
  if (list.empty()) return 1;
  std::string why;
  const auto text = read_file(options.file, kLargestImport, why);
  if (!text) {
    complain(fmt::format("cannot read {}: {}", options.file, why));
    return 3;
  }
  Issues issues;
  const auto read = are_member_lines(*text) ? read_member_lines : read_members_csv;
  const auto members =
      read(*text, options.file, list, options.now, issues, known_cctlds(opened.contacts_file));
  report(issues, false);
  if (!members) {
    complain("nothing was imported");
    return 1;
  }
  return with_store([&] {
    std::set<std::string> cctlds;
    for (const Member& member : *members) cctlds.insert(member.cctld);
    MembersChanged changed;
    if (!options.dry_run) {
      changed = opened.store->change_members({.ended = {}, .begun = *members, .checked = {}});
    } else {
      MemberFilter filter;
      filter.list = list;
      std::set<std::pair<std::string, std::string>> there;
      for (const Member& member : opened.store->members(filter)) there.emplace(member.cctld, member.address);
      for (const Member& member : *members)
        ++(there.contains({member.cctld, member.address}) ? changed.renewed : changed.begun);
    }
    put(fmt::format("{}{} of {} ccTLD{}: {} new, {} there before\n",
                    options.dry_run ? "nothing was changed; there would be " : "",
                    members_text(static_cast<std::int64_t>(members->size())), cctlds.size(),
                    cctlds.size() == 1 ? "" : "s", changed.begun, changed.renewed));
    return 0;
  });
}

int run_members_remove(const MembersRemoval& options) {
  int status = 0;
  const OpenedStore opened =
      open_source(options.source, options.dry_run ? StoreAccess::read : StoreAccess::write, status);
  if (!opened.store) return status;
  const std::string list = chosen_list(options.filter.list.value_or(""), opened.lists);
  if (list.empty()) return 1;
  const std::string why = "hand: " + member_text(options.why);
  return with_store([&] {
    MemberChanges changes;
    changes.ended = {
        {list, options.filter.cctld.value_or(""), options.filter.address.value_or(""), options.now, why}};
    MembersChanged changed;
    if (options.dry_run) {
      MemberFilter filter = options.filter;
      filter.list = list;
      changed.ended = opened.store->members(filter);
    } else {
      changed = opened.store->change_members(changes);
    }
    if (changed.ended.empty()) {
      complain("no such member");
      return 1;
    }
    if (options.dry_run) put("nothing was changed; there would be\n");
    for (const Member& member : in_member_order(changed.ended))
      put(fmt::format("removed {} {}\n", shown(member_label(member)), shown(member.email)));
    if (options.dry_run) return 0;
    for (const std::string& email : gone_for_good(*opened.store, changed.ended, list))
      put(fmt::format("{} is no member of {} any more: take it off in the list manager too\n", shown(email),
                      shown(list)));
    return 0;
  });
}

int run_members_compare(const MembersComparison& options) {
  int status = 0;
  const OpenedStore opened =
      open_source(options.source, options.apply ? StoreAccess::write : StoreAccess::read, status);
  if (!opened.store) return status;
  const std::string list = chosen_list(options.list, opened.lists);
  if (list.empty()) return 1;
  const auto roster = roster_in(options.file, status);
  std::optional<std::set<Address>> bouncing;
  if (!options.bouncing_file.empty()) bouncing = roster_in(options.bouncing_file, status);
  if (status != 0) return status;
  return with_store([&] {
    MemberFilter filter;
    filter.list = list;
    const std::vector<Member> members = opened.store->members(filter);
    const RosterComparison comparison =
        compare_roster(members, *roster, bouncing.value_or(std::set<Address>{}), options.now);
    tell_comparison(comparison);
    if (options.apply && is_doubtful(comparison, members, roster->size())) {
      complain(fmt::format("nothing was changed: {} of {} people would end, so the roster may be broken",
                           count_people(comparison.missing), count_people(members)));
      return 1;
    }
    if (options.apply) {
      const MembersChanged changed =
          opened.store->change_members(changes_by(comparison, *roster, bouncing, list, options.now));
      put(fmt::format("ended {}\n", members_text(static_cast<std::int64_t>(changed.ended.size()))));
    }
    return comparison.same() ? 0 : 1;
  });
}

int run_members_forget(const LedgerSource& source, const std::string& address, std::int64_t now) {
  int status = 0;
  const OpenedStore opened = open_source(source, StoreAccess::write, status);
  if (!opened.store) return status;
  return with_store([&] {
    const std::int64_t rows = opened.store->forget_member(address, now);
    const KeptDecisions kept = opened.store->decisions_about(address);
    if (rows == 0)
      complain(fmt::format("no member ever was `{}`", address));
    else
      put(fmt::format("{} forgotten\n", members_text(rows)));
    if (kept.count > 0)
      put(fmt::format(
          "the ledger still keeps {} decision{} on mail from it or on requests that name it, until {}\n",
          kept.count, kept.count == 1 ? "" : "s", format_timestamp(kept.until)));
    return rows == 0 ? 1 : 0;
  });
}

}  // namespace ccgate
