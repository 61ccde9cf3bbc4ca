#include "policy/request/mlmmj.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/request/harmless.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using enum RequestKind;

enum class Parameter { none, code, number, bounce };

/// mlmmj(5) has no list of them: src/listcontrol.c of 1.3.0. `owner` is from src/mlmmj-process.c.
struct Word {
  std::string_view word;
  Parameter parameter;
  RequestKind kind;
};
constexpr auto kWords = std::to_array<Word>({
    {"subscribe", Parameter::none, subscribe},
    {"subscribe-digest", Parameter::none, subscribe},
    {"subscribe-nomail", Parameter::none, subscribe},
    {"subscribe-both", Parameter::none, subscribe},
    {"unsubscribe", Parameter::none, unsubscribe},
    {"unsubscribe-digest", Parameter::none, unsubscribe},
    {"unsubscribe-nomail", Parameter::none, unsubscribe},
    {"confsub", Parameter::code, confirm},
    {"confsub-digest", Parameter::code, confirm},
    {"confsub-nomail", Parameter::code, confirm},
    {"confsub-both", Parameter::code, confirm},
    {"confunsub", Parameter::code, confirm},
    {"confunsub-digest", Parameter::code, confirm},
    {"confunsub-nomail", Parameter::code, confirm},
    // A subscription that waits for a moderator: a cookie decides, like that of a confirmation.
    {"permit", Parameter::code, confirm},
    {"obstruct", Parameter::code, confirm},
    // The same for a post.
    {"release", Parameter::code, other},
    {"reject", Parameter::code, other},
    {"moderate", Parameter::code, other},
    {"help", Parameter::none, other},
    {"faq", Parameter::none, other},
    {"list", Parameter::none, other},
    {"get", Parameter::number, other},
    {"owner", Parameter::none, owner},
    {"bounces", Parameter::bounce, post},
});

/// What mlmmj writes behind `bounces-`: a number and an address, `help`, `probe` and an address.
bool is_bounce(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 250;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
    const bool letter = is_small_letter(c) || is_digit(c) || !is_ascii(c);
    return letter || std::string_view("=._+-~'!#$%&*^{|}").find(c) != std::string_view::npos;
  });
}

bool is_number(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 12 && std::ranges::all_of(text, is_digit);
}

bool fits(Parameter parameter, std::string_view rest) noexcept {
  switch (parameter) {
    case Parameter::none:
      return rest.empty();
    case Parameter::code:
      return rest.starts_with('-') && is_code(rest.substr(1));
    case Parameter::number:
      return rest.starts_with('-') && is_number(rest.substr(1));
    case Parameter::bounce:
      return rest.empty() || (rest.starts_with('-') && is_bounce(rest.substr(1)));
  }
  return false;
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

bool is_domain_character(char c) noexcept {
  return is_small_letter(c) || is_digit(c) || c == '-' || c == '.';
}

/// `rest` begins with `@` and one whole domain name that is none of the list's.
bool is_of_another_domain(const ListAddresses& list, std::string_view rest) {
  if (!rest.starts_with('@')) return false;
  rest.remove_prefix(1);
  constexpr std::size_t kLongestDomain = 255;
  std::size_t size = 0;
  while (size < rest.size() && size <= kLongestDomain && is_domain_character(rest[size])) ++size;
  if (size < rest.size() && rest[size] != '>' && rest[size] != ',' && rest[size] != ';') return false;
  const auto domain = Domain::parse(rest.substr(0, size));
  const auto is_domain_of = [&](const Address& address) { return address.domain() == *domain; };
  return domain && !is_domain_of(list.address) && std::ranges::none_of(list.also, is_domain_of);
}

void take_stronger(MlmmjWord& into, const MlmmjWord& word) {
  if (word.kind > into.kind || (word.kind == into.kind && word.known)) into = word;
}

/// The strongest word behind any `base` in `value`.
MlmmjWord strongest_word(const ListAddresses& list, std::string_view value, std::string_view base) {
  constexpr std::size_t kLongestMlmmjWord = 300;
  MlmmjWord strongest;
  for (std::size_t at = value.find(base); at != std::string_view::npos; at = value.find(base, at + 1)) {
    const std::string_view rest = value.substr(at + base.size());
    const std::size_t size = rest.substr(0, kLongestMlmmjWord).find_first_of("@<>,;");
    const std::string_view text = rest.substr(0, std::min(size, kLongestMlmmjWord));
    const MlmmjWord word = mlmmj_word(text);
    if (!word.known && is_of_another_domain(list, rest.substr(text.size()))) continue;
    take_stronger(strongest, word);
  }
  return strongest;
}

}  // namespace

MlmmjWord mlmmj_word(std::string_view word) {
  if (word.empty()) return {};
  const std::string folded = ascii_lower(word);
  std::string_view name = folded;
  for (const Word& each : kWords) {
    if (name.starts_with(each.word) && fits(each.parameter, name.substr(each.word.size())))
      return {each.kind, true};
  }
  // `subscribe-digest+xa`: mlmmj itself ignores it, an MTA may cut it.
  const bool more = name.starts_with("subscribe-") || name.starts_with("subscribe+");
  return {subscribe, more};
}

MlmmjWord mlmmj_word_in_header(const ListAddresses& list, const std::vector<HeaderField>& fields) {
  constexpr auto kRecipientFields =
      std::to_array<std::string_view>({"to", "cc", "delivered-to", "x-original-to", "envelope-to",
                                       "apparently-to", "resent-to", "resent-cc"});
  std::vector<std::string> bases{list.address.folded_local() + list.delimiter};
  for (const Address& alias : list.also) {
    const std::string& local = alias.folded_local();
    bases.push_back(local.substr(0, local.find(list.delimiter)) + list.delimiter);
  }
  MlmmjWord strongest;
  for (const HeaderField& field : fields) {
    if (std::ranges::find(kRecipientFields, ascii_lower(field.name)) == kRecipientFields.end()) continue;
    for (const Comments comments : {Comments::kept, Comments::cut, Comments::cut_outside_quotes}) {
      const std::string value = bare(field.value, comments);
      for (const std::string& base : bases) take_stronger(strongest, strongest_word(list, value, base));
    }
  }
  return strongest;
}

}  // namespace ccgate
