#include "policy/yaml.h"

#include <algorithm>

#include "policy/yaml_text.h"

namespace ccgate {

const YamlNode* YamlNode::find(std::string_view key) const noexcept {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [key](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

IssueSink::IssueSink(std::string file, std::string_view text, Issues& issues)
    : file_(std::move(file)), issues_(&issues) {
  const TextLines lines(text);
  const auto count = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  lines_.reserve(count);
  for (std::size_t number = 1; number <= count; ++number) lines_.emplace_back(lines.line(number));
}

void IssueSink::error(Position at, std::string what, std::string help) {
  failed_ = true;
  add(Severity::error, at, std::move(what), std::move(help));
}

void IssueSink::warning(Position at, std::string what, std::string help) {
  add(Severity::warning, at, std::move(what), std::move(help));
}

void IssueSink::note(Position at, std::string what, std::string help) {
  add(Severity::note, at, std::move(what), std::move(help));
}

void IssueSink::add(Severity severity, Position at, std::string what, std::string help) {
  std::string line = at.line == 0 || at.line > lines_.size() ? "" : lines_[at.line - 1];
  issues_->push_back({severity, file_, at, std::move(what), std::move(help), std::move(line)});
}

}  // namespace ccgate
