// milter/texts/templates.h: the texts of a site: its own where it has some, else those built in.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "milter/texts/template.h"
#include "policy/names/domain.h"

namespace ccgate {

/// One text for each kind and language. Immutable once read, so that threads share it.
class NoticeTemplates {
 public:
  /// Those built in. Throws std::logic_error when one of them cannot be read, which a test rules out.
  NoticeTemplates();
  /// Those of `folder`, each `KIND.txt` or `KIND.LANGUAGE.txt`; in place of one with errors, which are told,
  /// stays the one built in. Touches files.
  static NoticeTemplates read(const std::string& folder, const std::set<std::string>& languages,
                              Issues& issues);

  /// In `language` (empty: none) if there is such a text.
  [[nodiscard]] const NoticeTemplate& get(NoticeKind kind, std::string_view language) const;

 private:
  void read_file_of(const std::string& folder, NoticeKind kind, const std::string& language, Issues& issues);
  std::map<std::pair<NoticeKind, std::string>, NoticeTemplate> texts_;
};

/// Errors: a folder that does not exist or cannot be read, texts with errors. Warnings: a file whose name
/// means nothing, or a language that nobody asks for. For load_ruleset and `ccgate check`. Touches files.
void check_templates(const std::string& folder, const std::set<std::string>& languages, Issues& issues);

/// The suffixes that `notices.languages` of a configuration names.
[[nodiscard]] std::set<std::string> languages_of(const std::map<Domain, std::string>& by_cctld);
/// The language that all of `cctlds` (A-labels) have; empty when they have none, or not the same.
[[nodiscard]] std::string language_for(const std::map<Domain, std::string>& by_cctld,
                                       const std::vector<std::string>& cctlds);

}  // namespace ccgate
