#include "milter/iana/merge.h"

#include <algorithm>

#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

/// The fields of one contact that differ, for people.
void note_difference(std::string& why, std::string_view what) {
  if (!why.empty()) why += ", ";
  why += what;
}

std::string date_of(const std::optional<std::int64_t>& time) {
  return time ? format_timestamp(*time).substr(0, 10) : "no date";
}

const Contact* contact_of(const CcTld* cctld, Role role) {
  if (cctld == nullptr) return nullptr;
  const auto found = cctld->contacts.find(role);
  return found == cctld->contacts.end() ? nullptr : &found->second;
}

class Merge {
 public:
  Merge(const Domain& cctld, const CcTld* old, const MergeOptions& options)
      : old_(old != nullptr && !old->unusable ? old : nullptr),
        options_(options),
        merged_{old_ != nullptr ? *old_ : CcTld{cctld, {}, "", std::nullopt, std::nullopt, "", false},
                FetchResult::ok,
                "",
                false,
                false,
                false,
                {}} {}

  Merged take(const IanaRecord& record) {
    CcTld& cctld = merged_.cctld;
    renew(Role::admin, &record.admin);
    renew(Role::tech, record.tech ? &*record.tech : nullptr);
    cctld.organisation = record.organisation;
    cctld.dnssec = record.dnssec;
    cctld.fetched = options_.now;
    cctld.anomaly.clear();
    return std::move(merged_);
  }

  Merged keep(FetchResult result, const std::string& why) {
    merged_.result = result;
    merged_.why = why;
    merged_.cctld.anomaly = why;
    merged_.cctld.unusable = old_ == nullptr;
    return std::move(merged_);
  }

 private:
  void renew(Role role, const Contact* fresh) {
    std::map<Role, Contact>& contacts = merged_.cctld.contacts;
    const Contact* old = contact_of(old_, role);
    if (fresh == nullptr) {
      if (old == nullptr) return;
      tell(role, "removed");
      merged_.address_changed = true;
      close(role, *old);
      contacts.erase(role);
      return;
    }
    Contact contact = *fresh;
    if (old == nullptr)
      arrive(role, contact);
    else if (old->email == contact.email)
      stay(role, *old, contact);
    else
      replace(role, *old, contact);
    contacts.insert_or_assign(role, std::move(contact));
  }

  void arrive(Role role, Contact& contact) {
    contact.first_seen = options_.now;
    if (old_ == nullptr) {
      merged_.first_reading = true;
      if (can_adopt(contact)) contact.first_seen = contact.changed;
    } else {
      tell(role, "is now " + contact.email.text());
      merged_.address_changed = true;
    }
    remember(role, contact, std::nullopt);
  }

  void stay(Role role, const Contact& old, Contact& contact) {
    // A date of ours in the future was a wrong clock.
    contact.first_seen = std::min(old.first_seen.value_or(seen_last()), options_.now);
    if (options_.dates_of_record && old.changed) contact.changed = old.changed;
    if (!established(contact)) contact.previous = old.previous;
    if (old.first_seen && !contact.previous && can_adopt(contact)) {
      close(role, old);
      contact.first_seen = contact.changed;
      remember(role, contact, std::nullopt);
    }
    if (old.changed != contact.changed)
      tell(role, "changed on " + date_of(contact.changed) + ", the address is the same");
    else if (old.name != contact.name)
      tell(role, "has another name");
    if (!old.first_seen) remember(role, contact, std::nullopt);
  }

  void replace(Role role, const Contact& old, Contact& contact) {
    tell(role, old.email.text() + " -> " + contact.email.text());
    merged_.address_changed = true;
    close(role, old);
    // By our own eyes, since the record's date moves when anything of it does; or, where we know of nobody
    // before, by that date: it was there at our first reading, and had been for long.
    const auto is_old = [&](std::int64_t since) { return options_.now - since >= options_.cool_down; };
    const bool was_established = is_old(old.first_seen.value_or(seen_last())) ||
                                 (!old.previous && old.changed && is_old(*old.changed));
    if (!was_established && old.previous && old.previous->email == contact.email) {
      // The change was taken back: nothing has happened to the contact that we knew.
      contact.first_seen = old.previous->first_seen ? *old.previous->first_seen : options_.now;
    } else {
      contact.first_seen = options_.now;
      contact.previous =
          was_established ? PreviousContact{old.email, old.first_seen, seen_last()} : old.previous;
    }
    remember(role, contact, std::nullopt);
  }

  /// The operator vouches for who is the contact, since IANA's date and not only since we look.
  [[nodiscard]] bool can_adopt(const Contact& contact) const {
    return options_.adopt && contact.changed && *contact.changed < contact.first_seen;
  }

  /// True when it has been the contact for longer than the cool-down.
  [[nodiscard]] bool established(const Contact& contact) const {
    return contact_age(contact, options_.now) >= options_.cool_down;
  }

  [[nodiscard]] std::int64_t seen_last() const {
    return old_ != nullptr && old_->fetched ? *old_->fetched : options_.now;
  }

  void close(Role role, const Contact& old) { remember(role, old, seen_last()); }

  void remember(Role role, const Contact& contact, std::optional<std::int64_t> last_seen) {
    merged_.history.push_back({merged_.cctld.label.ascii(), role, contact.email.text(),
                               contact.first_seen.value_or(seen_last()), last_seen});
  }

  void tell(Role role, const std::string& what) {
    merged_.result = FetchResult::changed;
    note_difference(merged_.why, std::string(to_string(role)) + " " + what);
  }

  const CcTld* old_;
  const MergeOptions& options_;
  Merged merged_;
};

}  // namespace

Merged merge(const Domain& cctld, const CcTld* old, const IanaAnswer& answer, const MergeOptions& options) {
  Merge work(cctld, old, options);
  if (const auto* record = std::get_if<IanaRecord>(&answer)) return work.take(*record);
  if (const auto* none = std::get_if<Unanswered>(&answer)) return work.keep(FetchResult::failed, none->why);
  const auto& odd = std::get<Anomaly>(answer);
  Merged merged = work.keep(FetchResult::anomaly, odd.why);
  merged.gone = odd.not_delegated;
  return merged;
}

}  // namespace ccgate
