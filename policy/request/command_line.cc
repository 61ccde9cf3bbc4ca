#include "policy/request/command_line.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using enum RequestKind;

struct CommandWord {
  std::string_view word;
  RequestKind kind;
};
constexpr auto kMailmanCommands = std::to_array<CommandWord>({
    {"join", subscribe},
    {"subscribe", subscribe},
    {"leave", unsubscribe},
    {"unsubscribe", unsubscribe},
    {"remove", unsubscribe},
    {"confirm", confirm},
});
// Sympa takes its abbreviations too. ADD and INVITE are for owners, and for whoever holds an AUTH key.
constexpr auto kSympaCommands = std::to_array<CommandWord>({
    {"sub", subscribe},
    {"subscribe", subscribe},
    {"add", subscribe},
    {"inv", subscribe},
    {"invite", subscribe},
    {"uns", unsubscribe},
    {"unsub", unsubscribe},
    {"unsubscribe", unsubscribe},
    {"sig", unsubscribe},
    {"signoff", unsubscribe},
    {"del", unsubscribe},
    {"delete", unsubscribe},
    {"con", confirm},
    {"confirm", confirm},
});

template <std::size_t n>
std::optional<RequestKind> kind_of(const std::array<CommandWord, n>& table, std::string_view word) {
  for (const CommandWord& command : table) {
    if (ascii_iequal(command.word, word)) return command.kind;
  }
  return std::nullopt;
}

bool is_author(std::string_view address, const Address& author) {
  const auto parsed = Address::parse(address);
  return parsed && *parsed == author;
}

using WordList = std::vector<std::string_view>;

/// Mailman: the first word, or the second, whatever the first is: a quote mark, `Re:`, anything.
void mailman_line(const WordList& words, const Address& author, Commands& commands) {
  for (std::size_t at = 0; at < std::min<std::size_t>(words.size(), 2); ++at) {
    const auto kind = kind_of(kMailmanCommands, words[at]);
    if (!kind) continue;
    commands.kind = std::max(commands.kind, *kind);
    if (*kind != subscribe) continue;
    for (std::size_t i = at + 1; i < words.size(); ++i) {
      const auto equals = words[i].find('=');
      if (equals == std::string_view::npos || !ascii_iequal(words[i].substr(0, equals), "address")) continue;
      if (!commands.subscribes_other && !is_author(words[i].substr(equals + 1), author))
        commands.subscribes_other = true;
    }
  }
}

/// Sympa: a command at the start of the line, behind QUIET, or behind `AUTH key` anywhere in the line.
void sympa_command(const WordList& words, std::size_t at, const Address& author, Commands& commands) {
  if (at < words.size() && ascii_iequal(words[at], "quiet")) ++at;
  if (at >= words.size()) return;
  const auto kind = kind_of(kSympaCommands, words[at]);
  if (!kind) return;
  commands.kind = std::max(commands.kind, *kind);
  const bool others =
      ascii_iequal(words[at].substr(0, 3), "add") || ascii_iequal(words[at].substr(0, 3), "inv");
  // ADD list mail name: who cannot be read is not the author.
  if (others && (at + 2 >= words.size() || !is_author(words[at + 2], author)))
    commands.subscribes_other = true;
}

void sympa_line(const WordList& words, const Address& author, Commands& commands) {
  sympa_command(words, 0, author, commands);
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.size() >= 4 && ascii_iequal(word.substr(word.size() - 4), "auth")) {
      sympa_command(words, i + 2, author, commands);
    }
    if (ascii_iequal(word, "quiet")) sympa_command(words, i, author, commands);
  }
}

void one_reading(Manager manager, std::string_view line, const Address& author, Commands& commands) {
  if (manager == Manager::sympa) {
    sympa_line(split_words(strip_reply_prefixes(line)), author, commands);
    return;
  }
  mailman_line(split_words(line), author, commands);
  // `Re: [list] join` and `> > join` go beyond two words; no Mailman runs them, some wrapper may.
  mailman_line(split_words(strip_reply_prefixes(line)), author, commands);
}

}  // namespace

void read_command_line(Manager manager, std::string_view line, const Address& author, Commands& commands) {
  one_reading(manager, line, author, commands);
  // Mailman drops what is not ASCII, and may do so before or after it splits at blanks.
  const std::string ascii = ascii_only(line);
  if (ascii.size() == line.size()) return;
  one_reading(manager, ascii, author, commands);
  one_reading(manager, fold_letters(line), author, commands);
}

}  // namespace ccgate
