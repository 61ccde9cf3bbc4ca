// milter/tool/members_tool.h: `ccgate members`. Each returns its exit status: 1 where the input is bad, there
// is nobody of the kind, or there is no store.
#pragma once

#include <cstdint>
#include <string>

#include "milter/store/member_store.h"
#include "milter/tool/ledger_input.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// How members are told.
enum class MembersForm { table, csv, vcf, json, text };
template <>
struct EnumWords<MembersForm> {
  static constexpr auto table = word_table<MembersForm>({
      {MembersForm::table, "table"},
      {MembersForm::csv, "csv"},
      {MembersForm::vcf, "vcf"},
      {MembersForm::json, "json"},
      {MembersForm::text, "text"},
  });
};

struct MembersShow {
  LedgerSource source;
  MemberFilter filter;
  MembersForm form = MembersForm::table;
  std::int64_t now = 0;  ///< seconds since 1970
};
[[nodiscard]] int run_members_show(const MembersShow& options);

struct MembersImport {
  LedgerSource source;
  std::string list;  ///< empty: the only one of the configuration
  std::string file;
  bool dry_run = false;
  std::int64_t now = 0;  ///< seconds since 1970
};
/// All members of the file, or none of them where anything is wrong with it.
[[nodiscard]] int run_members_import(const MembersImport& options);

struct MembersRemoval {
  LedgerSource source;
  MemberFilter filter;  ///< with an address, a ccTLD, or both
  std::string why;
  bool dry_run = false;
  std::int64_t now = 0;
};
[[nodiscard]] int run_members_remove(const MembersRemoval& options);

struct MembersComparison {
  LedgerSource source;
  std::string list;           ///< empty: the only one of the configuration
  std::string file;           ///< what the list manager prints
  std::string bouncing_file;  ///< to whom mail comes back; empty: not known
  bool apply = false;
  std::int64_t now = 0;
};
/// 0 nothing, 1 something differs. To apply it ends memberships, and begins none.
[[nodiscard]] int run_members_compare(const MembersComparison& options);

/// Tells what the ledger still keeps about `address` (folded), and until when.
[[nodiscard]] int run_members_forget(const LedgerSource& source, const std::string& address,
                                     std::int64_t now);

}  // namespace ccgate
