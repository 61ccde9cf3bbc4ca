#include "policy/request/closed_set.h"

#include <algorithm>
#include <optional>
#include <string>

#include "policy/message/encoded_words.h"
#include "policy/request/commands.h"
#include "policy/request/harmless.h"
#include "policy/request/inert.h"
#include "policy/request/mlmmj.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using enum RequestKind;

/// A Subject as the managers' decoders may see it.
struct SubjectReadings {
  std::string_view raw;      ///< unfolded
  std::string_view decoded;  ///< by the milter
  bool plain = false;        ///< every reader finds the same encoded words in it
  std::string joined;        ///< the octets that it says, before any charset
  std::string spaced;        ///< the blanks between encoded words kept
};

SubjectReadings readings_of(std::string_view raw, std::string_view decoded) {
  SubjectReadings readings{raw, decoded, false, "", ""};
  const auto pieces = plain_field_pieces(raw);
  if (!pieces) return readings;
  readings.plain = true;
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    const FieldPiece& piece = (*pieces)[i];
    const bool between = !piece.encoded && i > 0 && i + 1 < pieces->size() && trim(piece.octets).empty();
    readings.spaced += piece.octets;
    if (!between) readings.joined += piece.octets;
  }
  return readings;
}

/// The one harmless command that the Subject is, for every reader.
std::optional<RequestKind> command_in(Manager manager, const SubjectReadings& subject) {
  if (!subject.plain || !is_ascii(subject.raw) || !is_ascii(subject.decoded)) return std::nullopt;
  const auto kind = harmless_subject_command(manager, subject.joined);
  const bool alike = kind == harmless_subject_command(manager, subject.spaced) &&
                     kind == harmless_subject_command(manager, subject.decoded);
  return alike ? kind : std::nullopt;
}

bool is_inert_subject(Manager manager, const SubjectReadings& subject, TextKind kind) {
  return subject.plain && is_inert(manager, subject.raw, kind) && is_inert(manager, subject.decoded, kind) &&
         is_inert(manager, subject.joined, kind) && is_inert(manager, subject.spaced, kind);
}

bool is_harmless_subject(Manager manager, const CommandAddress& command, const SubjectReadings& subject) {
  if (trim(subject.raw).empty()) return true;
  if (command.at_least == owner) return is_inert_subject(manager, subject, TextKind::to_sympa_owner);
  if (command.at_least == unsubscribe) return is_inert_subject(manager, subject, TextKind::text);
  return command_in(manager, subject).has_value();
}

/// A confirm address whose cookie stands in To as well, where Mailman takes it from: behind the first `+` of
/// one line that holds nothing else. Mailman then looks at nothing else.
bool has_cookie(const ListAddresses& list, const CommandAddress& command, const Message& message,
                const std::vector<HeaderField>& fields) {
  if (command.at_least != confirm || !is_code(command.cookie) || message.to.size() != 1) return false;
  for (const HeaderField& field : fields) {
    if (!ascii_iequal(field.name, "to")) continue;
    const std::string_view value = trim(field.value);
    if (value.find('\n') != std::string_view::npos || std::ranges::count(value, '+') != 1) return false;
  }
  const auto in_to = command_address(list, message.to.front());
  return message.to.front().local().find('+') != std::string::npos && in_to && in_to->at_least == confirm &&
         in_to->cookie == command.cookie;
}

bool is_inert_text(Manager manager, const Words& words, bool confirmed) {
  return is_inert(manager, words.text, confirmed ? TextKind::confirmation : TextKind::text) &&
         is_inert(manager, words.raw, confirmed ? TextKind::raw_confirmation : TextKind::raw);
}

bool has_confirmation(Manager manager, std::string_view text) {
  return std::ranges::any_of(split_lines(text), [&](std::string_view line) {
    return harmless_command(manager, strip_quote_marks(line)) == confirm;
  });
}

bool reads_commands(const ListAddresses& list, const CommandAddress& command) noexcept {
  return command.at_least != subscribe && list.manager != Manager::plain && list.manager != Manager::mlmmj &&
         (command.reads_subject || command.reads_body);
}

}  // namespace

bool is_harmless(const ListAddresses& list, const CommandAddress& command, const Message& message,
                 const std::vector<HeaderField>& fields, const Words& words) {
  // What a word of mlmmj's asks is told by its kind.
  if (command.reads_headers) return command.known && mlmmj_word_in_header(list, fields).known;
  if (!reads_commands(list, command)) return true;
  const Manager manager = list.manager;
  const SubjectReadings subject = readings_of(message.subject, words.subject);
  if (has_cookie(list, command, message, fields))
    return is_inert_subject(manager, subject, TextKind::confirmation) && is_inert_text(manager, words, true);
  if (command.reads_subject && !is_harmless_subject(manager, command, subject)) return false;
  const bool confirmed = command_in(manager, subject) == confirm;
  if (command.at_least == confirm && !confirmed && !has_confirmation(manager, words.text)) return false;
  if (!command.reads_body) return true;
  return is_inert_text(manager, words, confirmed);
}

RequestKind kind_from_header(const ListAddresses& list, const CommandAddress& command,
                             const std::vector<HeaderField>& fields, std::string_view subject) {
  if (command.reads_headers) return std::max(command.at_least, mlmmj_word_in_header(list, fields).kind);
  Commands commands{command.at_least};
  if (!command.reads_subject) return commands.kind;
  const auto read = [&](std::string_view value) {
    // Who is to be subscribed does not matter for the kind.
    read_command_line(list.manager, value, list.address, commands);
  };
  read(subject);
  for (const HeaderField& field : fields) {
    if (!ascii_iequal(field.name, "subject")) continue;
    const std::string raw = unfold(field.value);
    read(raw);
    if (reads_commands(list, command) &&
        !is_harmless_subject(list.manager, command, readings_of(raw, subject)))
      return subscribe;
  }
  return commands.kind;
}

}  // namespace ccgate
