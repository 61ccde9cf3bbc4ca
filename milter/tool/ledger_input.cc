#include "milter/tool/ledger_input.h"

#include <cstdio>

#include "milter/site/config_yaml.h"
#include "milter/store/open_store.h"
#include "milter/system/files.h"
#include "milter/tool/output.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestConfig = 16 * 1024 * 1024;

/// The configuration, which names a store; nullopt after telling why there is none.
std::optional<Config> configuration(const std::string& file, int& status) {
  std::string why;
  const auto text = read_file(file, kLargestConfig, why);
  if (!text) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", file.c_str(), why.c_str());
    status = 3;
    return std::nullopt;
  }
  Issues issues;
  auto config = parse_config(*text, file, issues);
  if (!config) {
    report(issues, false);
    status = 1;
    return std::nullopt;
  }
  if (config->store.empty()) {
    std::fprintf(stderr,
                 "ccgate: no store in %s\nhelp: decisions are kept when it has one, as in `store: "
                 "sqlite:/var/lib/ccgate/ccgate.db`\n",
                 file.c_str());
    status = 1;
    return std::nullopt;
  }
  return config;
}

}  // namespace

bool names_no_store(const LedgerSource& source) {
  if (!source.store.empty()) return false;
  std::string why;
  const auto text = read_file(source.config_file, kLargestConfig, why);
  if (!text) return false;
  Issues issues;
  const auto config = parse_config(*text, source.config_file, issues);
  return config && config->store.empty();
}

std::unique_ptr<LedgerReader> open_ledger(const LedgerSource& source, int& status) {
  return open_source(source, StoreAccess::read, status).store;
}

OpenedStore open_source(const LedgerSource& source, StoreAccess access, int& status) {
  std::string url = source.store;
  OpenedStore opened;
  if (url.empty() || source.config_given) {
    const auto config = configuration(source.config_file, status);
    if (!config) return {};
    if (url.empty()) url = config->store;
    for (const ListConfig& list : config->lists) {
      opened.lists.push_back(list.name);
      if (list.review) opened.reviews.emplace(list.name, *list.review);
    }
    opened.report_people = config->report.people;
    opened.contacts_file = config->contacts.file;
  }
  if (const std::string fault = fault_of_store_url(url); !fault.empty()) {
    std::fprintf(stderr,
                 "ccgate: the store %s\n"
                 "help: as in sqlite:/var/lib/ccgate/ccgate.db, or postgresql://HOST/DATABASE\n",
                 shown(fault).c_str());
    status = source.store.empty() ? 1 : 2;
    return {};
  }
  try {
    opened.store = open_store(url, access);
    return opened;
  } catch (const StoreError& error) {
    std::fprintf(stderr, "ccgate: cannot open the store: %s\n", shown(error.what()).c_str());
    status = 3;
    return {};
  }
}

}  // namespace ccgate
