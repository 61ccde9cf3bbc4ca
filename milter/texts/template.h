// milter/texts/template.h: a text with `{name}` in it, and the mail's words that become of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/text/enum_words.h"
#include "policy/text/issue.h"

namespace ccgate {

/// What ccgate mails: to those whose word counts, one that gathers what an older ccgate left among them, to
/// the list's owner, to the list, to contacts who are invited, and to those who help to get them in.
enum class NoticeKind {
  inform,
  ask,
  vouch,
  digest,
  objected,
  confirmed,
  refused,
  vouched,
  unclear,
  too_late,
  bounced,
  expired,
  delayed,
  held,
  review,
  reminder,
  reviewed,
  repository,
  invite,
  remind,
  follow_up
};
template <>
struct EnumWords<NoticeKind> {
  using enum NoticeKind;
  static constexpr auto table = word_table<NoticeKind>({
      {inform, "inform"},     {ask, "ask"},           {vouch, "vouch"},
      {digest, "digest"},     {objected, "objected"}, {confirmed, "confirmed"},
      {refused, "refused"},   {vouched, "vouched"},   {unclear, "unclear"},
      {too_late, "too_late"}, {bounced, "bounced"},   {expired, "expired"},
      {delayed, "delayed"},   {held, "held"},         {review, "review"},
      {reminder, "reminder"}, {reviewed, "reviewed"}, {repository, "repository"},
      {invite, "invite"},     {remind, "remind"},     {follow_up, "follow_up"},
  });
};

/// The names that may stand in braces in a template of `kind`.
[[nodiscard]] std::vector<std::string> placeholders(NoticeKind kind);
/// True for one that stands for several lines: it is alone on its line, and each line gets its indentation.
[[nodiscard]] bool is_block(std::string_view placeholder) noexcept;

/// A piece of a line: words, or the name of a placeholder.
struct TemplatePiece {
  bool placeholder = false;
  std::string text;
};
using TemplateLine = std::vector<TemplatePiece>;

/// One text, checked.
struct NoticeTemplate {
  TemplateLine subject;
  std::vector<TemplateLine> body;
};

/// `Subject: ...`, an empty line, the body; UTF-8, the Subject ASCII. `{{` is a brace. nullopt when there was
/// an error.
[[nodiscard]] std::optional<NoticeTemplate> parse_template(std::string_view text, std::string_view file,
                                                           NoticeKind kind, Issues& issues);

/// What a placeholder stands for. Texts are put in as they are: shown_value.h makes them harmless.
struct NoticeValue {
  std::vector<std::string> lines;  ///< one, but for a block
  std::string subject;             ///< ASCII, for the Subject; not for a block
};
using NoticeValues = std::map<std::string, NoticeValue, std::less<>>;

struct NoticeWords {
  std::string subject;
  std::string body;  ///< lines end with LF
};
/// A line that gets longer than 72 columns is broken at blanks, with the indentation it began with; a word
/// longer than that stays whole. A placeholder without a value gives nothing.
[[nodiscard]] NoticeWords fill(const NoticeTemplate& form, const NoticeValues& values);

}  // namespace ccgate
