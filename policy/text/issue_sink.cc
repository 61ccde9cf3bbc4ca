#include "policy/text/issue_sink.h"

#include <utility>

namespace ccgate {

IssueSink::IssueSink(std::string file, std::string_view text, Issues& issues)
    : file_(std::move(file)), text_(text), issues_(&issues) {}

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

bool IssueSink::is_full(Position at) {
  constexpr std::size_t kMost = 1000;
  if (told_ < kMost) return false;
  if (told_ == kMost)
    error(at, "too much is wrong before this: the rest was not read", "is it a file of this kind?");
  return true;
}

void IssueSink::add(Severity severity, Position at, std::string what, std::string help) {
  ++told_;
  if (!lines_) lines_.emplace(text_);
  const TextLines::Part part = lines_->around(at);
  issues_->push_back(
      {severity, file_, at, std::move(what), std::move(help), std::string(part.text), part.column});
}

}  // namespace ccgate
