#include "milter/texts/template.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "policy/text/ascii.h"
#include "policy/text/issue_sink.h"
#include "policy/text/terminal_text.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kWidth = 72;
constexpr std::size_t kLargestTemplate = std::size_t{64} * 1024;

constexpr unsigned bit(NoticeKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
constexpr unsigned kAll = (1U << EnumWords<NoticeKind>::table.size()) - 1;
constexpr unsigned kOfQuestions = bit(NoticeKind::ask) | bit(NoticeKind::vouch);
constexpr unsigned kOfContacts = bit(NoticeKind::inform) | kOfQuestions;
constexpr unsigned kOfDigest = bit(NoticeKind::digest);
constexpr unsigned kOfReviews = bit(NoticeKind::review) | bit(NoticeKind::reminder);
constexpr unsigned kOfList = bit(NoticeKind::repository);
constexpr unsigned kOfHelpers = bit(NoticeKind::follow_up);
constexpr unsigned kOfOutreach = bit(NoticeKind::invite) | bit(NoticeKind::remind);
constexpr unsigned kOfHeld = bit(NoticeKind::held);
constexpr unsigned kOfOne = kAll & ~kOfHeld & ~kOfDigest & ~kOfList & ~kOfHelpers;
constexpr unsigned kOfDecisions = kOfOne & ~kOfReviews & ~kOfOutreach;
constexpr unsigned kOfOwners = kOfDecisions & ~kOfContacts;

struct Placeholder {
  std::string_view name;
  unsigned kinds;
  bool block = false;
  unsigned needed = 0;  // by those whose reader would not know what it is about without it
};
constexpr auto kPlaceholders = std::to_array<Placeholder>({
    {"list", kAll},
    {"list_address", kAll},
    {"owner", kAll},
    {"id", kOfOne},
    {"request", kOfDecisions, false, kOfContacts},
    {"cctlds", kOfOne, false, kOfContacts | kOfReviews | kOfOutreach},
    {"people", kOfDecisions, true, kOfContacts},
    {"author", kOfDecisions, false, kOfContacts},
    {"decided", kOfDecisions},
    {"mail_from", kOfDecisions},
    {"client", kOfDecisions},
    {"authenticated", kOfDecisions},
    {"role", kOfContacts},
    {"contact", kOfContacts | kOfDigest | kOfReviews | kOfOutreach},
    {"reject_address", kOfQuestions},
    {"answer_until", kOfQuestions | kOfReviews},
    {"fresh", kOfQuestions},
    {"needed", bit(NoticeKind::vouch)},
    {"beside", bit(NoticeKind::vouch)},
    {"object_until", bit(NoticeKind::inform) | kOfDigest},
    {"count", kOfDigest | kOfList | kOfHeld},
    {"requests", kOfDigest, true, kOfDigest},
    {"held", kOfHeld, true, kOfHeld},
    {"asked", kOfReviews},
    {"form_address", kOfReviews | kOfOutreach},
    {"cctld_lines", kOfOutreach, true},
    {"progress", kOfOutreach},
    {"invited", bit(NoticeKind::remind)},
    {"tried", bit(NoticeKind::remind), true},
    {"region", kOfHelpers},
    {"follow_ups", kOfHelpers, true, kOfHelpers},
    {"members", kOfReviews | kOfList, true, kOfReviews | kOfList},
    {"since", kOfList},
    {"changes", kOfList, true},
    {"who", kOfOwners},
    {"detail", kOfOwners},
});

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

class Reader {
 public:
  Reader(IssueSink& sink, NoticeKind kind) : sink_(sink), known_(placeholders(kind)), kind_(kind) {}

  /// `before`: characters of the line in front of `text`.
  TemplateLine line(std::string_view text, std::size_t number, std::size_t before) {
    TemplateLine pieces;
    std::string words;
    const std::string_view whole = text;
    const auto here = [&] {
      const std::string_view done = whole.substr(0, whole.size() - text.size());
      return Position{number, before + code_points(done).size() + 1};
    };
    while (!text.empty()) {
      if (text.front() != '{' || text.starts_with("{{")) {
        words += text.front();
        text.remove_prefix(text.starts_with("{{") ? 2 : 1);
        continue;
      }
      const std::size_t end = text.find('}');
      const std::string_view name = text.substr(1, end == std::string_view::npos ? 0 : end - 1);
      if (!is_name(name)) {
        sink_.error(here(), "a `{` that begins no placeholder", "write `{{` for a brace in the text");
        text.remove_prefix(1);
        continue;
      }
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        unknown(name, here());
      else if (is_block(name) && (before != 0 || trim(whole).size() != name.size() + 2))
        sink_.error(here(), fmt::format("`{{{}}}` is not alone on its line", name),
                    "it stands for several lines; each gets the indentation of this one");
      if (!words.empty()) pieces.push_back({false, std::move(words)});
      words.clear();
      pieces.push_back({true, std::string(name)});
      text.remove_prefix(end + 1);
    }
    if (!words.empty()) pieces.push_back({false, std::move(words)});
    return pieces;
  }

 private:
  void unknown(std::string_view name, Position at) {
    std::string help = did_you_mean(name, known_);
    if (help.empty()) {
      for (const std::string& each : known_) help += (help.empty() ? "there are " : ", ") + each;
    }
    sink_.error(at, fmt::format("`{{{}}}` is no placeholder of `{}`", name, to_string(kind_)),
                std::move(help));
  }

  IssueSink& sink_;
  std::vector<std::string> known_;
  NoticeKind kind_;
};

/// Told at its place: where the first octet is that is no UTF-8, or the first control character.
bool readable(std::string_view text, IssueSink& sink) {
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::string_view line = next_line(text);
    std::size_t column = 0;
    for (std::size_t at = 0; at < line.size();) {
      const auto code = read_code_point(line, at);
      ++column;
      if (!code) {
        sink.error({number, column}, "the file is not UTF-8", "save it as UTF-8");
        return false;
      }
      if (harmless(*code) == *code && *code != '\t') continue;
      sink.error({number, column}, "a control character or direction mark in the text",
                 "use blanks and line ends only");
      return false;
    }
  }
  return true;
}

/// The blank to break `line` at: the last one that leaves a line of the width, else the first one behind it.
std::size_t break_at(std::string_view line, std::size_t indent) {
  std::size_t cut = std::string_view::npos;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t code = next_code_point(line, at);
    if (code == ' ' && start > indent && (column <= kWidth || cut == std::string_view::npos)) cut = start;
    column += columns(code);
    if (column > kWidth && cut != std::string_view::npos) break;
  }
  return cut;
}

void append_wrapped(std::string& out, std::string line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  while (columns(line) > kWidth) {
    const std::size_t cut = break_at(line, indent);
    const std::size_t rest = line.find_first_not_of(' ', cut);
    if (cut == std::string::npos || rest == std::string::npos) break;
    out.append(line, 0, line.find_last_not_of(' ', cut) + 1) += '\n';
    line = std::string(indent, ' ') + line.substr(rest);
  }
  out.append(line, 0, line.find_last_not_of(' ') + 1) += '\n';
}

const TemplatePiece* block_of(const TemplateLine& line) {
  const auto found = std::find_if(line.begin(), line.end(), [](const TemplatePiece& piece) {
    return piece.placeholder && is_block(piece.text);
  });
  return found == line.end() ? nullptr : &*found;
}

bool names(const std::vector<TemplateLine>& body, std::string_view placeholder) {
  return std::any_of(body.begin(), body.end(), [&](const TemplateLine& line) {
    return std::any_of(line.begin(), line.end(), [&](const TemplatePiece& piece) {
      return piece.placeholder && piece.text == placeholder;
    });
  });
}

std::string filled(const TemplateLine& line, const NoticeValues& values, bool subject) {
  std::string out;
  for (const TemplatePiece& piece : line) {
    if (!piece.placeholder) {
      out += piece.text;
      continue;
    }
    const auto value = values.find(piece.text);
    if (value == values.end()) continue;
    if (subject)
      out += value->second.subject;
    else if (!value->second.lines.empty())
      out += value->second.lines.front();
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace

std::vector<std::string> placeholders(NoticeKind kind) {
  std::vector<std::string> names;
  for (const Placeholder& each : kPlaceholders)
    if ((each.kinds & bit(kind)) != 0) names.emplace_back(each.name);
  return names;
}

bool is_block(std::string_view placeholder) noexcept {
  return std::any_of(kPlaceholders.begin(), kPlaceholders.end(),
                     [&](const Placeholder& each) { return each.name == placeholder && each.block; });
}

std::optional<NoticeTemplate> parse_template(std::string_view text, std::string_view file, NoticeKind kind,
                                             Issues& issues) {
  IssueSink sink(std::string(file), text, issues);
  if (text.size() > kLargestTemplate) {
    sink.error({}, "the text is larger than 64 KiB", "a notice is a short mail");
    return std::nullopt;
  }
  if (!readable(text, sink)) return std::nullopt;
  constexpr std::string_view kSubject = "Subject:";
  NoticeTemplate form;
  Reader reader(sink, kind);
  std::string_view rest = text;
  const std::string_view first = next_line(rest);
  if (!first.starts_with(kSubject)) {
    sink.error({1, 1}, "the first line is no Subject", "begin with `Subject: ...` and an empty line");
    return std::nullopt;
  }
  const std::size_t blank =
      std::min(first.find_first_not_of(' ', kSubject.size()), first.size()) - kSubject.size();
  const std::string_view subject = first.substr(kSubject.size() + blank);
  if (trim(subject).empty()) sink.error({1, 1}, "the Subject is empty", "say what the mail is about");
  for (std::size_t at = 0; at < subject.size(); ++at)
    if (!is_ascii(subject[at])) {
      sink.error({1, kSubject.size() + blank + at + 1}, "the Subject is not ASCII",
                 "the text below may be; the Subject is kept readable for every mail program");
      break;
    }
  form.subject = reader.line(subject, 1, kSubject.size() + blank);
  std::size_t number = 2;
  if (!next_line(rest).empty())
    sink.error({2, 1}, "the line after the Subject is not empty", "put an empty line between");
  bool words = false;
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    words = words || !trim(line).empty();
    form.body.push_back(reader.line(line, ++number, 0));
  }
  for (const Placeholder& each : kPlaceholders)
    if ((each.needed & bit(kind)) != 0 && !names(form.body, each.name))
      sink.error({number, 1}, fmt::format("the text does not have `{{{}}}`", each.name),
                 "its reader has to see exactly what it is about");
  if (!words) sink.error({number, 1}, "the text has no body", "write it below the empty line");
  if (sink.failed()) return std::nullopt;
  return form;
}

NoticeWords fill(const NoticeTemplate& form, const NoticeValues& values) {
  NoticeWords out{filled(form.subject, values, true), ""};
  for (const TemplateLine& line : form.body) {
    const TemplatePiece* block = block_of(line);
    if (block == nullptr) {
      append_wrapped(out.body, filled(line, values, false));
      continue;
    }
    const std::string indent = line.front().placeholder ? "" : line.front().text;
    const auto value = values.find(block->text);
    if (value == values.end()) continue;
    for (const std::string& each : value->second.lines)
      append_wrapped(out.body, each.empty() ? "" : indent + each);
  }
  return out;
}

}  // namespace ccgate
