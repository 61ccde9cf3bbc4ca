#include "milter/iana/cctld_list.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "milter/iana/cctlds_csv.h"
#include "milter/iana/foreign_text.h"
#include "policy/text/ascii.h"
#include "policy/text/enum_words.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::string_view kColumns = "a_label,u_label,iso_code,delegated,region";
constexpr std::size_t kFewest = 200;  // ccTLDs in a root zone; there are some 300

/// The next line of `text`, without its end (LF or CRLF), taken off it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string take_column(std::string_view& line) {
  const std::size_t end = std::min(line.find(','), line.size());
  std::string column(line.substr(0, end));
  line.remove_prefix(std::min(end + 1, line.size()));
  return column;
}

/// Our own file, held right by a test: no quotes, no commas within a column.
std::vector<CcTldName> read_list(std::string_view text) {
  std::vector<CcTldName> list;
  bool columns = false;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.empty() || line.starts_with('#')) continue;
    if (!columns) {
      if (line != kColumns) throw std::logic_error("cctlds.csv has other columns");
      columns = true;
      continue;
    }
    CcTldName name;
    name.a_label = take_column(line);
    name.u_label = take_column(line);
    name.iso_code = take_column(line);
    name.delegated = take_column(line) == "1";
    name.region = parse_word<Region>(line);
    list.push_back(std::move(name));
  }
  std::sort(list.begin(), list.end(),
            [](const CcTldName& a, const CcTldName& b) { return a.a_label < b.a_label; });
  return list;
}

const std::vector<CcTldName>& list() {
  static const std::vector<CcTldName> kList = read_list(cctlds_csv());
  return kList;
}

/// As ICANN writes the file's first line: `# Version 2026072401, Last Updated ...`.
bool is_version(std::string_view line) {
  constexpr std::string_view kStart = "# Version ";
  return line.starts_with(kStart) && line.size() > kStart.size() && is_digit(line[kStart.size()]);
}

}  // namespace

std::span<const CcTldName> cctld_list() {
  return list();
}

const CcTldName* find_cctld(std::string_view a_label) {
  const auto found =
      std::lower_bound(list().begin(), list().end(), a_label,
                       [](const CcTldName& name, std::string_view label) { return name.a_label < label; });
  return found != list().end() && found->a_label == a_label ? &*found : nullptr;
}

std::vector<std::string> delegated_cctlds() {
  std::vector<std::string> labels;
  for (const CcTldName& name : list())
    if (name.delegated) labels.push_back(name.a_label);
  return labels;
}

std::optional<std::vector<std::string>> cctlds_in_root_zone(std::string_view text, std::string& why) {
  if (!is_version(take_line(text))) {
    why = "it does not start with a line `# Version ...`, as tlds-alpha-by-domain.txt does";
    return std::nullopt;
  }
  std::set<std::string> found;
  for (std::size_t number = 2; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    if (line.empty() && text.empty()) break;
    const std::string label = ascii_lower(line);
    // A U-label or a name of several labels is not how the file is written.
    if (!is_ascii(label) || label.find('.') != std::string::npos || !Domain::parse(label)) {
      why = fmt::format("line {} is no top-level domain: {}", number, quoted_ascii(line));
      return std::nullopt;
    }
    if (label.size() == 2 || find_cctld(label) != nullptr) found.insert(label);
  }
  if (found.size() < kFewest) {
    why = fmt::format("it has {} ccTLDs, and there are more than {}: it may be cut short", found.size(),
                      kFewest);
    return std::nullopt;
  }
  return std::vector<std::string>(found.begin(), found.end());
}

}  // namespace ccgate
