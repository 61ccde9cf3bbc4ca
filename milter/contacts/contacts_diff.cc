#include "milter/contacts/contacts_diff.h"

#include <map>

#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

using Text = std::optional<std::string>;

Text non_empty(const std::string& text) {
  return text.empty() ? Text() : text;
}

Text time(const std::optional<std::int64_t>& seconds) {
  return seconds ? format_timestamp(*seconds) : Text();
}

Text dnssec(const CcTld& cctld) {
  return cctld.dnssec ? (*cctld.dnssec ? "signed" : "unsigned") : Text();
}

const Contact* contact_of(const CcTld& cctld, Role role) {
  const auto found = cctld.contacts.find(role);
  return found == cctld.contacts.end() ? nullptr : &found->second;
}

Text email(const Contact* contact) {
  return contact == nullptr ? Text() : contact->email.text();
}

class Diff {
 public:
  std::vector<Difference> run(const std::vector<CcTld>& before, const std::vector<CcTld>& after) {
    std::map<Domain, std::pair<const CcTld*, const CcTld*>> both;
    for (const CcTld& cctld : before) both[cctld.label].first = &cctld;
    for (const CcTld& cctld : after) both[cctld.label].second = &cctld;
    for (const auto& [label, pair] : both) {
      label_ = &label;
      if (pair.first != nullptr && pair.second != nullptr) {
        compare(*pair.first, *pair.second);
        continue;
      }
      const bool added = pair.first == nullptr;
      const CcTld& only = added ? *pair.second : *pair.first;
      const Text admin = email(contact_of(only, Role::admin));
      found_.push_back({label, added ? Difference::Kind::added : Difference::Kind::removed, "admin.email",
                        added ? Text() : admin, added ? admin : Text()});
    }
    return std::move(found_);
  }

 private:
  void field(const std::string& name, Text before, Text after) {
    if (before != after)
      found_.push_back({*label_, Difference::Kind::changed, name, std::move(before), std::move(after)});
  }

  void compare(const CcTld& before, const CcTld& after) {
    for (const auto& [role, word] : EnumWords<Role>::table)
      compare(std::string(word), contact_of(before, role), contact_of(after, role));
    if (!before.unusable && !after.unusable) {
      field("organisation", non_empty(before.organisation), non_empty(after.organisation));
      field("dnssec", dnssec(before), dnssec(after));
    }
    field("usable", before.unusable ? "no" : "yes", after.unusable ? "no" : "yes");
    field("anomaly", non_empty(before.anomaly), non_empty(after.anomaly));
  }

  void compare(const std::string& role, const Contact* before, const Contact* after) {
    field(role + ".email", email(before), email(after));
    if (before == nullptr || after == nullptr) return;
    field(role + ".name", non_empty(before->name), non_empty(after->name));
    field(role + ".changed", time(before->changed), time(after->changed));
  }

  const Domain* label_ = nullptr;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> diff_contacts(const std::vector<CcTld>& before, const std::vector<CcTld>& after) {
  return Diff().run(before, after);
}

}  // namespace ccgate
