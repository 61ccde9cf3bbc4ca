// policy/commands.cc: commands in Subject, text and header.
#include "policy/commands.h"

#include <algorithm>
#include <array>
#include <optional>

#include "policy/command_address.h"
#include "policy/lines.h"
#include "policy/text.h"

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

enum class Comments { kept, cut, cut_outside_quotes };

/// A recipient field in lower case without what may stand inside an address for a lenient parser: quotes,
/// backslashes, blanks, and comments as `comments` says.
std::string bare(std::string_view field, Comments comments) {
  std::string value;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < field.size(); ++i) {
    char c = field[i];
    bool cut = comments != Comments::kept;
    if (comments == Comments::cut_outside_quotes) {
      const bool escaped = c == '\\' && (quoted || depth > 0) && i + 1 < field.size();
      if (escaped) c = field[++i];
      if (c == '"' && depth == 0 && !escaped) quoted = !quoted;
      cut = !quoted && !escaped;
    }
    if (cut && c == '(') ++depth;
    if (depth == 0 && c != '"' && c != '\\' && c != ' ' && c != '\t' && c != '\r' && c != '\n') value += c;
    if (cut && c == ')' && depth > 0) --depth;
  }
  return ascii_lower(value);
}

/// The strongest word behind any `base` in `value`.
RequestKind strongest_word(std::string_view value, std::string_view base) {
  constexpr std::size_t kLongestWord = 64;
  RequestKind kind = post;
  for (std::size_t at = value.find(base); at != std::string_view::npos; at = value.find(base, at + 1)) {
    const std::string_view word = value.substr(at + base.size(), kLongestWord);
    kind = std::max(kind, mlmmj_command(word.substr(0, word.find_first_of("@<>,;"))));
  }
  return kind;
}

/// The commands that mlmmj finds in recipient fields: every `list+word` in them, wherever it stands, also
/// with another name of the list. Its parser and ours need not agree on what is a display name or a comment,
/// so any place counts.
RequestKind header_command(const ListAddresses& list, const std::vector<HeaderField>& fields) {
  constexpr auto kRecipientFields =
      std::to_array<std::string_view>({"to", "cc", "delivered-to", "x-original-to", "envelope-to",
                                       "apparently-to", "resent-to", "resent-cc"});
  std::vector<std::string> bases{list.address.folded_local() + list.delimiter};
  for (const Address& alias : list.also) {
    const std::string& local = alias.folded_local();
    bases.push_back(local.substr(0, local.find(list.delimiter)) + list.delimiter);
  }
  RequestKind kind = post;
  for (const HeaderField& field : fields) {
    if (std::ranges::find(kRecipientFields, ascii_lower(field.name)) == kRecipientFields.end()) continue;
    for (const Comments comments : {Comments::kept, Comments::cut, Comments::cut_outside_quotes}) {
      const std::string value = bare(field.value, comments);
      for (const std::string& base : bases) kind = std::max(kind, strongest_word(value, base));
    }
  }
  return kind;
}

// Beginnings of words that say "put me on the list", without accents. A mail that wants out and holds one of
// them counts as wanting in: it may want both.
constexpr auto kWishes = std::to_array<std::string_view>({
    "join",    "add ",   "adding",  "include", "enrol", "sign up", "signup", "register", "new member",
    "abonn",   "inscri", "iscri",   "anmeld",  "beitr", "beitret", "aufn",   "hinzuf",   "eintrag",
    "ajout",   "adher",  "alta",    "anad",    "agreg", "unirs",   "suscri", "subscrev", "adicion",
    "aggiung", "aderi",  "aanmeld", "toevoeg", "zapis", "dodaj",   "dolacz", "prenumer", "подпис",
    "добав",   "включ",  "присоед", "участн",  "参加",  "登録",    "追加",   "購読",     "加入",
    "添加",    "订阅",   "訂閱",    "注册",    "가입",  "구독",    "추가",   "اشتراك",   "انضم",
    "اضاف",    "إضاف",   "أضف",
});

bool is_leave_word(std::string_view folded) {
  constexpr auto kLeave = std::to_array<std::string_view>({"unsubscribe", "leave", "remove", "signoff"});
  while (!folded.empty() && (folded.back() == ':' || folded.back() == '.' || folded.back() == ',')) {
    folded.remove_suffix(1);
  }
  return std::ranges::find(kLeave, folded) != kLeave.end();
}

bool starts_with_leave(std::string_view line) {
  const std::string folded = fold_letters(strip_reply_prefixes(line));
  const auto words = split_words(folded);
  if (words.empty()) return false;
  return is_leave_word(words[0]) || (words.size() > 1 && words[0] == "please" && is_leave_word(words[1]));
}

bool wishes_to_join(std::string_view text) {
  const std::string folded = fold_letters(text);
  for (const std::string_view wish : kWishes) {
    if (folded.find(wish) != std::string::npos) return true;
  }
  // `subscri` counts, `unsubscri` does not.
  for (auto at = folded.find("subscri"); at != std::string::npos; at = folded.find("subscri", at + 1)) {
    if (at < 2 || folded.compare(at - 2, 2, "un") != 0) return true;
  }
  return false;
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

RequestKind kind_from_header(const ListAddresses& list, const CommandAddress& command,
                             const std::vector<HeaderField>& fields, std::string_view subject) {
  Commands commands;
  if (command.reads_headers) commands.kind = header_command(list, fields);
  if (command.reads_subject) {
    // Who is to be subscribed does not matter for the kind.
    read_command_line(list.manager, subject, list.address, commands);
    for (const HeaderField& field : fields)
      if (ascii_iequal(field.name, "subject"))
        read_command_line(list.manager, unfold(field.value), list.address, commands);
  }
  return std::max(commands.kind, command.at_least);
}

Commands read_commands(const ListAddresses& list, const CommandAddress& command, const Message& message,
                       const std::vector<HeaderField>& fields, const Words& words) {
  Commands commands;
  if (command.reads_headers) commands.kind = header_command(list, fields);
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
  return commands;
}

bool asks_only_to_leave(const Words& words, bool at_leave_address) {
  if (!words.readable || wishes_to_join(words.subject) || wishes_to_join(words.text)) return false;
  if (at_leave_address || starts_with_leave(words.subject)) return true;
  const auto lines = split_lines(words.text);
  return std::ranges::any_of(lines, starts_with_leave);
}

}  // namespace ccgate
