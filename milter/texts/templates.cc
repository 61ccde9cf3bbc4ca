#include "milter/texts/templates.h"

#include <fmt/core.h>

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <utility>

#include "milter/system/files.h"
#include "milter/texts/notice_texts.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestFile = std::size_t{128} * 1024;

std::string file_name(NoticeKind kind, const std::string& language) {
  return std::string(to_string(kind)) + (language.empty() ? "" : "." + language) + ".txt";
}

/// A file that no notice is made from: it is likely meant to be one.
void check_name(const std::string& folder, const std::string& name, const std::set<std::string>& languages,
                Issues& issues) {
  const auto warn = [&](const std::string& what, const std::string& help) {
    issues.push_back({Severity::warning, folder + "/" + name, {}, what, help, ""});
  };
  if (!name.ends_with(".txt")) return;
  const std::string stem = name.substr(0, name.size() - 4);
  const std::string word = stem.substr(0, stem.find('.'));
  if (!parse_word<NoticeKind>(word)) {
    std::string help = did_you_mean(word, words_of<NoticeKind>());
    if (help.empty())
      for (const std::string& each : words_of<NoticeKind>())
        help += (help.empty() ? "there are " : ", ") + each;
    return warn(fmt::format("no notice is named `{}`", word), help);
  }
  if (word.size() == stem.size()) return;
  const std::string language = stem.substr(word.size() + 1);
  if (languages.contains(language)) return;
  std::string help = did_you_mean(language, {languages.begin(), languages.end()});
  if (help.empty()) help = "name it in `notices: {languages: ...}`, or remove the file";
  warn(fmt::format("no ccTLD has the language `{}`", language), help);
}

/// A ccTLD was given this language, and its contacts get mail in another.
void check_language(const std::string& folder, const std::string& language,
                    const std::set<std::string>& names, Issues& issues) {
  for (const auto& [kind, word] : EnumWords<NoticeKind>::table)
    if (names.contains(file_name(kind, language))) return;
  issues.push_back(
      {Severity::warning,
       folder,
       {},
       fmt::format("no text is in the language `{}`", language),
       fmt::format("write {} and {}, or take it out of `notices: {{languages: ...}}`",
                   file_name(NoticeKind::ask, language), file_name(NoticeKind::inform, language)),
       ""});
}

}  // namespace

NoticeTemplates::NoticeTemplates() {
  for (const auto& [kind, word] : EnumWords<NoticeKind>::table) {
    Issues issues;
    auto form = parse_template(built_in_text(kind), file_name(kind, ""), kind, issues);
    if (!form) throw std::logic_error("built-in notice: " + render(issues.front()));
    texts_.insert_or_assign({kind, ""}, std::move(*form));
  }
}

NoticeTemplates NoticeTemplates::read(const std::string& folder, const std::set<std::string>& languages,
                                      Issues& issues) {
  NoticeTemplates texts;
  if (folder.empty()) return texts;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    issues.push_back({Severity::error,
                      folder,
                      {},
                      error && error != std::errc::no_such_file_or_directory
                          ? "cannot read the folder: " + error.message()
                          : "there is no such folder",
                      "create it, or leave `notices: {folder: ...}` out: texts are built in",
                      ""});
    return texts;
  }
  for (const auto& [kind, word] : EnumWords<NoticeKind>::table) {
    texts.read_file_of(folder, kind, "", issues);
    for (const std::string& language : languages) texts.read_file_of(folder, kind, language, issues);
  }
  return texts;
}

void NoticeTemplates::read_file_of(const std::string& folder, NoticeKind kind, const std::string& language,
                                   Issues& issues) {
  const std::string path = folder + "/" + file_name(kind, language);
  if (!file_state(path).exists) return;
  std::string why;
  const auto text = read_file(path, kLargestFile, why);
  if (!text) {
    issues.push_back(
        {Severity::error, path, {}, "cannot read the file: " + why, "mend the rights of the file", ""});
    return;
  }
  if (auto form = parse_template(*text, path, kind, issues))
    texts_.insert_or_assign({kind, language}, std::move(*form));
}

const NoticeTemplate& NoticeTemplates::get(NoticeKind kind, std::string_view language) const {
  const auto found = texts_.find({kind, std::string(language)});
  return found == texts_.end() ? texts_.at({kind, ""}) : found->second;
}

void check_templates(const std::string& folder, const std::set<std::string>& languages, Issues& issues) {
  (void)NoticeTemplates::read(folder, languages, issues);
  std::error_code error;
  std::set<std::string> names;
  if (!folder.empty())
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
      names.insert(entry->path().filename().string());
  for (const std::string& name : names) check_name(folder, name, languages, issues);
  for (const std::string& language : languages) check_language(folder, language, names, issues);
}

std::set<std::string> languages_of(const std::map<Domain, std::string>& by_cctld) {
  std::set<std::string> all;
  for (const auto& [cctld, language] : by_cctld) all.insert(language);
  return all;
}

std::string language_for(const std::map<Domain, std::string>& by_cctld,
                         const std::vector<std::string>& cctlds) {
  std::optional<std::string> language;
  for (const std::string& label : cctlds) {
    const auto cctld = Domain::parse(label);
    const auto found = cctld ? by_cctld.find(*cctld) : by_cctld.end();
    if (found == by_cctld.end() || (language && *language != found->second)) return "";
    language = found->second;
  }
  return language.value_or("");
}

}  // namespace ccgate
