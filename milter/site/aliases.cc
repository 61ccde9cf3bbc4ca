#include "milter/site/aliases.h"

#include <fmt/core.h>

#include <algorithm>

#include "policy/text/issue_sink.h"
#include "policy/text/text.h"
#include "policy/text/text_lines.h"
#include "policy/yaml/yaml.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} * 1024 * 1024;

/// One entry: its lines joined, and where it begins.
struct Entry {
  Position at;
  std::string text;
};

std::vector<Entry> entries_of(std::string_view text) {
  std::vector<Entry> entries;
  const TextLines lines(text);
  const auto count = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  for (std::size_t number = 1; number <= count; ++number) {
    const std::string_view line = lines.line(number);
    if (trim(line).empty() || trim(line).front() == '#') continue;
    const bool continues = line.front() == ' ' || line.front() == '\t';
    if (continues && !entries.empty())
      entries.back().text += " " + std::string(trim(line));
    else
      entries.push_back({{number, 1}, std::string(trim(line))});
  }
  return entries;
}

/// The parts between commas that stand outside of quotes.
std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> values;
  std::string value;
  bool quoted = false;
  const auto end = [&] {
    if (!trim(value).empty()) values.emplace_back(trim(value));
    value.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size())
      value += text[i++];
    else if (text[i] == '"')
      quoted = !quoted;
    if (text[i] == ',' && !quoted)
      end();
    else
      value += text[i];
  }
  end();
  return values;
}

/// The colon that ends the name; quotes may hold another.
std::size_t colon_of(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == ':' && !quoted) return i;
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::set<Address>> parse_aliases(std::string_view text, std::string_view file, Issues& issues) {
  std::vector<std::set<Address>> sets;
  if (!check_text(text, file, kLargestFile, issues)) return sets;
  IssueSink sink{std::string(file), text, issues};
  for (const Entry& entry : entries_of(text)) {
    const std::size_t colon = colon_of(entry.text);
    if (colon == std::string::npos) {
      sink.error(entry.at, "an alias without `:`", "write `name@domain: address, address`");
      continue;
    }
    const std::string_view name = trim(std::string_view(entry.text).substr(0, colon));
    const auto alias = Address::parse(name);
    if (!alias) {
      sink.warning(entry.at, fmt::format("`{}` is no address with a domain, and is ignored", name),
                   "only addresses can reach an admin contact: write `name@domain: ...`");
      continue;
    }
    for (const std::string& value : split_values(std::string_view(entry.text).substr(colon + 1))) {
      auto target = Address::parse(value);
      if (!target)
        sink.warning(entry.at, fmt::format("`{}` is no address with a domain, and is ignored", value), "");
      else if (*target != *alias)
        sets.push_back({*alias, std::move(*target)});
    }
  }
  return sets;
}

}  // namespace ccgate
