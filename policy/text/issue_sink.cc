#include "policy/text/issue_sink.h"

#include <utility>

namespace ccgate {
namespace {

constexpr std::size_t kMostIssuesTold = 1000;

}  // namespace

IssueSink::IssueSink(std::string file, std::string_view text, Issues& issues)
    : file_(std::move(file)), text_(text), issues_(&issues) {}

void IssueSink::error(Position at, std::string what, std::string help) {
  add(Severity::error, at, std::move(what), std::move(help));
  failed_ = true;
}

void IssueSink::warning(Position at, std::string what, std::string help) {
  add(Severity::warning, at, std::move(what), std::move(help));
}

void IssueSink::note(Position at, std::string what, std::string help) {
  add(Severity::note, at, std::move(what), std::move(help));
}

bool IssueSink::is_full(Position at) {
  if (told_ < kMostIssuesTold) return false;
  if (told_ == kMostIssuesTold) {
    ++told_;
    failed_ = true;
    keep(Severity::error, at, "too much is wrong before this: the rest was not read",
         "is it a file of this kind?");
  }
  return true;
}

void IssueSink::add(Severity severity, Position at, std::string what, std::string help) {
  ++told_;
  const bool first_error = severity == Severity::error && !failed_;
  if (told_ <= kMostIssuesTold || first_error) {
    keep(severity, at, std::move(what), std::move(help));
    if (told_ <= kMostIssuesTold) return;
  }
  if (told_ == kMostIssuesTold + 1)
    keep(Severity::note, at, "from here on no more is told of what is wrong in this file", "");
}

void IssueSink::keep(Severity severity, Position at, std::string what, std::string help) {
  if (!lines_) lines_.emplace(text_);
  const TextLines::Part part = lines_->around(at);
  issues_->push_back(
      {severity, file_, at, std::move(what), std::move(help), std::string(part.text), part.column});
}

}  // namespace ccgate
