#include "milter/outbox/smtp_reply.h"

#include <algorithm>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestLine = std::size_t{8} * 1024;
constexpr std::size_t kLargestReply = std::size_t{64} * 1024;
constexpr std::size_t kLongestText = 400;

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kLongestText)) out += is_printable_ascii(c) ? c : '?';
  return out;
}

}  // namespace

SmtpReplyReader::State SmtpReplyReader::take(std::string_view octets) {
  pending_ += octets;
  return read();
}

SmtpReplyReader::State SmtpReplyReader::next() {
  reply_ = {};
  size_ = 0;
  return read();
}

SmtpReplyReader::State SmtpReplyReader::read() {
  for (;;) {
    const std::size_t end = pending_.find('\n');
    if (std::min(end, pending_.size()) > kLongestLine) return State::bad;
    if (end == std::string::npos) return State::more;
    std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    size_ += end + 1;
    if (line.ends_with('\r')) line.pop_back();
    const bool coded = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_digit(line[1]) &&
                       is_digit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    if (!coded || size_ > kLargestReply) return State::bad;
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (reply_.code != 0 && reply_.code != code) return State::bad;
    reply_.code = code;
    const std::string& text =
        reply_.lines.emplace_back(line.size() > 4 ? printable(std::string_view(line).substr(4)) : "");
    if (!text.empty()) reply_.text += (reply_.text.empty() ? "" : " ") + text;
    reply_.text.resize(std::min(reply_.text.size(), kLongestText));
    if (line.size() == 3 || line[3] == ' ') return State::whole;
  }
}

bool offers(const SmtpReply& reply, std::string_view keyword) noexcept {
  for (std::size_t i = 1; i < reply.lines.size(); ++i) {
    const std::string_view line = reply.lines[i];
    if (ascii_iequal(line.substr(0, line.find(' ')), keyword)) return true;
  }
  return false;
}

std::string to_string(const SmtpReply& reply) {
  return std::to_string(reply.code) + (reply.text.empty() ? "" : " " + reply.text);
}

std::string dot_stuffed(std::string_view message) {
  std::string out;
  bool at_start = true;
  for (const char c : message) {
    if (at_start && c == '.') out += '.';
    out += c;
    at_start = c == '\n';
  }
  if (!out.ends_with("\r\n")) out += "\r\n";
  return out + ".\r\n";
}

}  // namespace ccgate
