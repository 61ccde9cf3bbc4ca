#include "milter/tool/contacts_input.h"

#include <cstdio>
#include <ctime>
#include <filesystem>

#include "milter/contacts/contacts_json.h"
#include "milter/site/aliases.h"
#include "milter/site/config_yaml.h"
#include "milter/system/files.h"
#include "milter/tool/output.h"
#include "policy/registry/registries_yaml.h"

namespace ccgate {
namespace {

std::optional<std::string> read(const std::string& file, int& status) {
  std::string why;
  auto text = read_file(file, kLargestContacts, why);
  if (text) return text;
  std::fprintf(stderr, "ccgate: cannot read %s: %s\n", file.c_str(), why.c_str());
  status = 3;
  return std::nullopt;
}

bool read_aliases(const std::string& file, ContactsInput& input, int& status) {
  const auto text = read(file, status);
  if (!text) return false;
  Issues told_by_check;
  for (auto& same : parse_aliases(*text, file, told_by_check))
    input.view.alias_sets.push_back(std::move(same));
  return true;
}

bool read_overrides(ContactsInput& input, int& status) {
  const auto text = read(input.overrides_file, status);
  if (!text) return false;
  Issues issues;
  auto overrides = parse_registries(*text, input.overrides_file, issues);
  if (!overrides) {
    report(issues, false);
    status = 1;
    return false;
  }
  input.view.overrides = std::move(*overrides);
  return true;
}

bool read_config(const std::string& file, ContactsInput& input, int& status) {
  const auto text = read(file, status);
  if (!text) return false;
  Issues issues;
  const auto config = parse_config(*text, file, issues);
  if (!config) {
    report(issues, false);
    status = 1;
    return false;
  }
  if (input.file.empty()) input.file = config->contacts.file;
  if (input.overrides_file.empty()) input.overrides_file = config->contacts.overrides;
  input.max_age = config->contacts.max_age.count();
  input.cool_down = config->contacts.cool_down.count();
  for (const std::string& aliases : config->aliases)
    if (!read_aliases(aliases, input, status)) return false;
  return true;
}

}  // namespace

std::optional<ContactsFile> load_contacts_file(const std::string& file, Issues& warnings, int& status) {
  const auto text = read(file, status);
  if (!text) return std::nullopt;
  Issues issues;
  auto contacts = parse_contacts(*text, file, issues);
  if (!contacts) {
    report(issues, false);
    status = 1;
    return std::nullopt;
  }
  warnings = std::move(issues);
  return contacts;
}

std::optional<ContactsInput> load_contacts(const ContactsSource& source, int& status) {
  const Config defaults;
  ContactsInput input;
  input.file = source.file;
  input.overrides_file = source.overrides;
  input.max_age = defaults.contacts.max_age.count();
  input.cool_down = defaults.contacts.cool_down.count();
  if ((source.file.empty() || source.config_given) && !read_config(source.config_file, input, status))
    return std::nullopt;
  auto contacts = load_contacts_file(input.file, input.warnings, status);
  if (!contacts) {
    if (std::error_code ignored; !std::filesystem::exists(input.file, ignored) && !ignored)
      std::fputs("help: `ccgate contacts fetch` writes it\n", stderr);
    return std::nullopt;
  }
  input.view.contacts = std::move(*contacts);
  if (!input.overrides_file.empty() && !read_overrides(input, status)) return std::nullopt;
  input.view.now = source.now ? *source.now : static_cast<std::int64_t>(std::time(nullptr));
  return input;
}

std::optional<std::vector<HistoryEntry>> load_history(const std::string& contacts_file, int& status) {
  const std::string file = history_beside(contacts_file);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::vector<HistoryEntry>{};
  const auto text = read(file, status);
  if (!text) return std::nullopt;
  return parse_history(*text);
}

}  // namespace ccgate
