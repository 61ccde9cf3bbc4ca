#include "milter/scenario/message_file.h"

namespace ccgate {
namespace {

/// The next line without its end; moves `at` behind it.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = text.find('\n', at);
  std::string_view line = text.substr(at, end == std::string_view::npos ? end : end - at);
  at = end == std::string_view::npos ? text.size() : end + 1;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

MessageText split_message(std::string_view text) {
  MessageText message;
  std::size_t at = 0;
  if (text.starts_with("From ")) next_line(text, at);
  while (at < text.size()) {
    const std::size_t begin = at;
    const std::string_view line = next_line(text, at);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !message.fields.empty()) {
      message.fields.back().value.append("\n").append(line);
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      at = begin;
      break;
    }
    message.fields.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
  }
  while (at < text.size()) {
    message.body.append(next_line(text, at));
    message.body.append("\r\n");
  }
  return message;
}

}  // namespace ccgate
