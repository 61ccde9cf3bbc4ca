#include "milter/contacts/contacts_writer.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "milter/system/timestamp.h"
#include "policy/text/characters.h"
#include "policy/text/durations.h"
#include "policy/text/text_lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

/// A JSON string that check_text lets pass: DEL and the C1 controls, which JSON allows, are escaped too.
std::string quoted(const std::string& text) {
  const std::string plain =
      nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string out;
  out.reserve(plain.size());
  for (std::size_t next = 0; next < plain.size();) {
    const std::size_t at = next;
    const char32_t code = next_code_point(plain, next);
    if (is_control(code))
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
    else
      out.append(plain, at, next - at);
  }
  return out;
}

/// `{"a": 1, "b": 2}`, one member after the other.
class ObjectText {
 public:
  explicit ObjectText(std::string& out) : out_(out) { out_ += '{'; }
  void raw(std::string_view key, std::string_view value) {
    name(key);
    out_ += value;
  }
  void text(std::string_view key, const std::string& value) {
    if (!value.empty()) raw(key, quoted(value));
  }
  /// What IANA gives as a day stays one.
  void time(std::string_view key, std::optional<std::int64_t> seconds) {
    constexpr std::size_t kDayText = std::string_view("2024-03-12").size();
    if (!seconds) return;
    std::string text = format_timestamp(*seconds);
    if (*seconds % kDaySeconds == 0) text.resize(kDayText);
    raw(key, '"' + text + '"');
  }
  /// A midnight is a date, as the source told it.
  void date(std::string_view key, std::optional<std::int64_t> seconds) {
    constexpr std::size_t kDateSize = 10;
    if (seconds && *seconds % kDaySeconds == 0)
      raw(key, '"' + format_timestamp(*seconds).substr(0, kDateSize) + '"');
    else
      time(key, seconds);
  }
  /// What comes next is the value of `key`.
  void name(std::string_view key) {
    if (!first_) out_ += ", ";
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\": ";
  }
  void close() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

void append(std::string& out, const Contact& contact) {
  ObjectText object(out);
  object.text("email", contact.email.text());
  object.text("name", contact.name);
  object.date("changed", contact.changed);
  object.time("first_seen", contact.first_seen);
  if (const auto& previous = contact.previous) {
    object.name("previous");
    ObjectText before(out);
    before.text("email", previous->email.text());
    before.time("first_seen", previous->first_seen);
    before.time("last_seen", previous->last_seen);
    before.close();
  }
  object.close();
}

void append(std::string& out, const CcTld& cctld) {
  ObjectText object(out);
  if (cctld.unusable || cctld.contacts.empty()) {
    // An entry with neither contact nor anomaly could not be read back.
    object.text("anomaly", cctld.anomaly.empty() ? "there is no contact" : cctld.anomaly);
    object.close();
    return;
  }
  for (const auto& [role, contact] : cctld.contacts) {
    object.name(to_string(role));
    append(out, contact);
  }
  object.text("organisation", cctld.organisation);
  object.time("fetched", cctld.fetched);
  if (cctld.dnssec) object.raw("dnssec", *cctld.dnssec ? "true" : "false");
  object.text("anomaly", cctld.anomaly);
  object.close();
}

}  // namespace

std::string write_contacts(const ContactsFile& contacts) {
  std::vector<const CcTld*> sorted;
  sorted.reserve(contacts.cctlds.size());
  for (const CcTld& cctld : contacts.cctlds) sorted.push_back(&cctld);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const CcTld* a, const CcTld* b) { return a->label < b->label; });

  std::string out = "{\"ccgate_contacts\": 1,\n";
  if (!contacts.source.empty()) out += fmt::format(" \"source\": {},\n", quoted(contacts.source));
  if (contacts.fetched) out += fmt::format(" \"fetched\": \"{}\",\n", format_timestamp(*contacts.fetched));
  out += " \"cctlds\": {";
  bool first = true;
  for (const CcTld* cctld : sorted) {
    out += first ? "\n" : ",\n";
    first = false;
    out += fmt::format("  \"{}\": ", cctld->label.ascii());
    append(out, *cctld);
  }
  out += "\n }}\n";
  return out;
}

}  // namespace ccgate
