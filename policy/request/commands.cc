// policy/request/commands.cc: commands in Subject, text and header, wherever some manager may look.
#include "policy/request/commands.h"

#include <algorithm>
#include <string_view>

#include "policy/request/mlmmj.h"
#include "policy/request/named_others.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

bool names_others(Manager manager, const CommandAddress& command, const Message& message,
                  const Words& words) {
  const auto in = [&](std::string_view text) { return may_name_others(manager, text, message.author); };
  return (command.reads_subject && (in(words.subject) || in(message.subject))) ||
         (command.reads_body && (in(words.text) || in(words.raw)));
}

}  // namespace

Commands read_commands(const ListAddresses& list, const CommandAddress& command, const Message& message,
                       const std::vector<HeaderField>& fields, const Words& words) {
  Commands commands;
  if (command.reads_headers) commands.kind = mlmmj_word_in_header(list, fields).kind;
  if (command.reads_subject) {
    read_command_line(list.manager, words.subject, message.author, commands);
    // Undecoded too: a manager that does not decode a Subject takes it as it stands.
    if (words.subject != message.subject) {
      read_command_line(list.manager, message.subject, message.author, commands);
    }
  }
  if (command.reads_body) {
    for (const std::string_view line : split_lines(words.text)) {
      read_command_line(list.manager, line, message.author, commands);
    }
    // Whatever another MIME reader may make of the body, most of its texts stand there as they are.
    for (const std::string_view line : split_lines(words.raw)) {
      read_command_line(list.manager, line, message.author, commands);
    }
  }
  if (std::max(command.at_least, commands.kind) == RequestKind::subscribe)
    commands.subscribes_other |= names_others(list.manager, command, message, words);
  return commands;
}

}  // namespace ccgate
