#include "milter/iana/whois.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "milter/iana/foreign_text.h"
#include "milter/system/timestamp.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 20;  // bytes; a record has some 2,000

/// Thrown where the answer stops to be a record; an Anomaly at the end.
struct Odd {
  std::string why;
  bool not_delegated = false;
};

struct Line {
  std::string_view key, value;
};
/// Lines between two empty ones; the first tells what it is about.
using Block = std::vector<Line>;

struct Answer {
  std::vector<std::string_view> comments;  // without `%` and the blanks behind it
  std::vector<Block> blocks;
};

bool is_key(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_small_letter(c) || is_digit(c) || c == '-'; });
}

std::string_view without_leading_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

/// Trailing blanks of a value are kept: an address with one is no address.
Line read_line(std::string_view line, std::size_t number) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_key(line.substr(0, colon)))
    throw Odd{fmt::format("line {} of the answer is no `key: value`: {}", number, quoted_ascii(line))};
  return {line.substr(0, colon), without_leading_blanks(line.substr(colon + 1))};
}

void check_octets(std::string_view text) {
  if (trim(text).empty()) throw Odd{"the answer is empty"};
  if (text.size() > kLargest) throw Odd{fmt::format("the answer is larger than {} bytes", kLargest)};
  if (!is_utf8(text)) throw Odd{"the answer is not UTF-8"};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\n' || (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
    if (!line_end && static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\t')
      throw Odd{"the answer has a control character"};
  }
}

Answer split(std::string_view text) {
  Answer answer;
  bool in_block = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('%')) {
      answer.comments.push_back(trim(line.substr(1)));
    } else if (line.empty()) {
      in_block = false;
    } else {
      if (!in_block) answer.blocks.emplace_back();
      in_block = true;
      answer.blocks.back().push_back(read_line(line, number));
    }
  }
  return answer;
}

/// What the server says of the answer as a whole.
void check_comments(const Answer& answer, const Domain& asked) {
  std::vector<std::string_view> counts;
  bool about_asked = false;
  for (const std::string_view comment : answer.comments) {
    if (comment.starts_with("Error:")) throw Odd{fmt::format("IANA's WHOIS says {}", quoted_ascii(comment))};
    if (comment.starts_with("This query returned ")) counts.push_back(comment);
    about_asked =
        about_asked ||
        ascii_iequal(comment, fmt::format("You queried for {} but this server does not have", asked.ascii()));
  }
  if (counts.empty()) throw Odd{"the answer does not say how many objects it found"};
  if (counts.size() > 1) throw Odd{"the answer says twice how many objects it found"};
  if (counts[0] == "This query returned 0 objects." && answer.blocks.empty()) {
    if (!about_asked) throw Odd{"the answer found nothing, and does not say for which ccTLD"};
    throw Odd{"IANA has no such ccTLD (WHOIS returned 0 objects)", true};
  }
  if (counts[0] != "This query returned 1 object")
    throw Odd{fmt::format("the answer is not for one object: {}", quoted_ascii(counts[0]))};
}

std::vector<std::string_view> values(const Block& block, std::string_view key) {
  std::vector<std::string_view> found;
  for (const Line& line : block)
    if (line.key == key) found.push_back(line.value);
  return found;
}

/// The lines of all blocks but those about contacts.
Block about_domain(const Answer& answer) {
  Block all;
  for (const Block& block : answer.blocks)
    if (block.front().key != "contact") all.insert(all.end(), block.begin(), block.end());
  return all;
}

void check_complete(const Answer& answer, const Block& domain) {
  if (answer.blocks.empty()) throw Odd{"the answer ends behind its comments: it was cut short"};
  const Line& last = answer.blocks.back().back();
  if (last.key != "source" || last.value != "IANA")
    throw Odd{"the answer does not end with `source: IANA`: it was cut short"};
  if (values(domain, "source").size() != 1) throw Odd{"the answer has more than one `source`"};
}

void check_domain(const Block& domain, const Domain& asked) {
  const auto names = values(domain, "domain"), aces = values(domain, "domain-ace");
  if (names.size() != 1) throw Odd{"the answer does not name exactly one `domain`"};
  if (aces.size() > 1) throw Odd{"the answer has more than one `domain-ace`"};
  const std::string_view name = aces.empty() ? names[0] : aces[0];
  const auto read = Domain::parse(name);
  if (!read || *read != asked)
    throw Odd{fmt::format("the answer is about the domain {}", quoted_ascii(name))};
}

/// nullptr when there is none; throws when there are several.
const Block* contact_block(const Answer& answer, std::string_view kind) {
  const Block* found = nullptr;
  for (const Block& block : answer.blocks) {
    const auto kinds = values(block, "contact");
    if (!kinds.empty() && (kinds.size() > 1 || block.front().key != "contact"))
      throw Odd{"the answer has a `contact` within another block"};
    if (kinds.empty() || !ascii_iequal(trim(kinds[0]), kind)) continue;
    if (found != nullptr) throw Odd{fmt::format("more than one contact is {}", quoted_ascii(kind))};
    found = &block;
  }
  return found;
}

/// "" when there is not exactly one.
std::string only_line(const Block& block, std::string_view key) {
  const auto found = values(block, key);
  return found.size() == 1 ? one_line(found[0]) : "";
}

Contact read_contact(const Block& block, const std::string& who, std::optional<std::int64_t> changed) {
  const auto emails = values(block, "e-mail");
  if (emails.empty()) throw Odd{who + " has no e-mail address"};
  if (emails.size() > 1) throw Odd{who + " has more than one e-mail address"};
  auto address = Address::parse(emails[0]);
  if (!address)
    throw Odd{fmt::format("{} has an e-mail line that is not one address: {}", who, quoted_ascii(emails[0]))};
  return {std::move(*address), only_line(block, "name"), changed, std::nullopt};
}

std::optional<Contact> read_tech(const Answer& answer, std::optional<std::int64_t> changed) {
  try {
    const Block* block = contact_block(answer, "technical");
    if (block == nullptr) return std::nullopt;
    return read_contact(*block, "the technical contact", changed);
  } catch (const Odd&) {
    return std::nullopt;
  }
}

IanaRecord read_record(const Domain& asked, std::string_view text) {
  check_octets(text);
  const Answer answer = split(text);
  check_comments(answer, asked);
  const Block domain = about_domain(answer);
  check_complete(answer, domain);
  check_domain(domain, asked);
  if (!values(domain, "e-mail").empty()) throw Odd{"the answer has an `e-mail` outside of a contact"};
  const Block* admin = contact_block(answer, "administrative");
  if (admin == nullptr) throw Odd{"no contact is `administrative`"};
  const auto dates = values(domain, "changed");
  const auto changed = dates.size() == 1 ? parse_timestamp(dates[0]) : std::nullopt;
  return {read_contact(*admin, "the administrative contact", changed), read_tech(answer, changed),
          only_line(domain, "organisation"), !values(domain, "ds-rdata").empty(), changed};
}

}  // namespace

Reading read_whois(const Domain& asked, std::string_view text) {
  try {
    return read_record(asked, text);
  } catch (const Odd& odd) {
    return Anomaly{odd.why, odd.not_delegated};
  }
}

}  // namespace ccgate
