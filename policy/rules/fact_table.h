// policy/rules/fact_table.h: every fact in one table: its name, its type, what it proves. Parser, man pages,
// help and tests share it.
#pragma once

#include <span>
#include <string_view>

namespace ccgate {

/// What a condition can look at.
enum class Fact {
  dkim_aligned,
  spf_aligned,  // evidence
  from_is_admin_contact,
  admin_contact_copied,
  copy_signed,  // authority
  same_registry,
  same_organisation,
  contact_is_shared_domain,
  dnssec_signed,  // registry
  contact_age,
  contacts_file_age,
  contact_changed_from,
  previous_contact_copied,  // contact data
  subscribes_author,
  contacts,
  form,
  tlds,
  tld,
  request,  // request
  author,
  author_domain,
  mail_from_domain,  // who
  date_age,          // message
  seen_before,
  rate,
  members_of_tld,  // history
};

enum class FactType { truth, count, duration, word, cctld, address, domain };
struct FactInfo {
  Fact fact;
  std::string_view name;
  FactType type;
  std::string_view words;  ///< of `word`: the values, separated by blanks
  bool authenticates;      ///< true when a yes means that the author domain is authenticated
  bool authority;          ///< true when a yes ties the request to the admin contact
  std::string_view help;   ///< one line
};
[[nodiscard]] std::span<const FactInfo> fact_table() noexcept;
[[nodiscard]] const FactInfo& info_of(Fact fact) noexcept;
/// nullptr when no fact has that name.
[[nodiscard]] const FactInfo* find_fact(std::string_view name) noexcept;

}  // namespace ccgate
