#include "milter/contacts/contacts_json.h"

#include <fmt/core.h>

#include <algorithm>

#include "milter/system/json_tree.h"
#include "milter/system/timestamp.h"
#include "policy/names/cctld.h"
#include "policy/registry/position_index.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/schema.h"

namespace ccgate {
namespace {

using Kind = YamlNode::Kind;
using Keys = std::vector<std::string>;

/// A directory of a million ccTLDs has some 20 values each. What is kept is one entry and a ContactsFile.
constexpr JsonLimits kLimits{kLargestContacts, 50'000'000, 32, 500'000};

Keys known_keys(std::string_view path) {
  Keys keys;
  for (const SchemaKey* key : schema_children(SchemaFile::contacts, path))
    keys.emplace_back(last_part(key->path));
  return keys;
}

/// The issues of the entries: the first ones whole, the others counted. Nobody reads a million lines.
class EntrySink {
 public:
  EntrySink(std::string_view text, std::string_view file) : sink_(std::string(file), text, issues_) {}

  void error(Position at, std::string what, std::string help) {
    if (++errors_ <= kTold) sink_.error(at, std::move(what), std::move(help));
  }
  void warning(Position at, std::string what, std::string help) {
    if (++warnings_ <= kTold) sink_.warning(at, std::move(what), std::move(help));
  }
  [[nodiscard]] bool failed() const noexcept { return errors_ > 0; }

  void move_to(Issues& issues) {
    const std::size_t more_errors = errors_ - std::min(errors_, kTold);
    const std::size_t more_warnings = warnings_ - std::min(warnings_, kTold);
    if (more_errors + more_warnings > 0)
      sink_.note(
          {},
          fmt::format("{} more error(s) and {} more warning(s) are not shown", more_errors, more_warnings),
          "mend the first ones, and check again");
    std::move(issues_.begin(), issues_.end(), std::back_inserter(issues));
  }

 private:
  static constexpr std::size_t kTold = 100;
  Issues issues_;
  IssueSink sink_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

/// An unknown key may be a new meaning that this program would miss: the file as a whole is refused.
template <typename Sink>
void check_keys(const YamlNode& mapping, const Keys& known, Sink& sink) {
  for (const YamlNode::Entry& entry : mapping.entries)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      sink.error(entry.at, fmt::format("unknown key `{}`", entry.key), did_you_mean(entry.key, known));
}

/// Thrown out of one entry's reading; told as a warning where the entry is read.
struct BadEntry {
  Position at;
  std::string why;
};

/// nullptr also for null.
const YamlNode* present(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.find(key);
  return node == nullptr || node->kind == Kind::null ? nullptr : node;
}

const std::string* optional_text(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = present(mapping, key);
  if (node == nullptr) return nullptr;
  if (node->kind != Kind::scalar || !node->quoted)
    throw BadEntry{node->at, fmt::format("`{}` must be a string", key)};
  return &node->scalar;
}

std::optional<std::int64_t> optional_time(const YamlNode& mapping, std::string_view key) {
  const std::string* text = optional_text(mapping, key);
  if (text == nullptr || text->empty()) return std::nullopt;
  const auto time = parse_timestamp(*text);
  if (!time) throw BadEntry{mapping.find(key)->at, fmt::format("`{}` is not a time", key)};
  return time;
}

/// The address of a contact that messages call `who`.
Address read_email(const YamlNode& node, const std::string& who) {
  if (node.kind != Kind::mapping) throw BadEntry{node.at, who + " must be an object"};
  const std::string* email = optional_text(node, "email");
  if (email == nullptr) throw BadEntry{node.at, fmt::format("{} has no `email`", who)};
  auto address = Address::parse(*email);
  if (!address)
    throw BadEntry{node.find("email")->at, fmt::format("the `email` of {} is not one strict address", who)};
  return std::move(*address);
}

Contact read_contact(const YamlNode& node, const std::string& role) {
  Contact contact{read_email(node, fmt::format("`{}`", role)), "", optional_time(node, "changed"),
                  optional_time(node, "first_seen")};
  if (const std::string* name = optional_text(node, "name")) contact.name = *name;
  if (const YamlNode* previous = present(node, "previous"))
    contact.previous =
        PreviousContact{read_email(*previous, fmt::format("`previous` of `{}`", role)),
                        optional_time(*previous, "first_seen"), optional_time(*previous, "last_seen")};
  return contact;
}

void read_entry(const YamlNode& node, CcTld& cctld) {
  if (node.kind != Kind::mapping) throw BadEntry{node.at, "the entry must be an object"};
  for (const auto& [role, word] : EnumWords<Role>::table) {
    if (const YamlNode* contact = present(node, word))
      cctld.contacts.emplace(role, read_contact(*contact, std::string(word)));
  }
  const std::string* anomaly = optional_text(node, "anomaly");
  if (anomaly != nullptr) cctld.anomaly = *anomaly;
  // Whoever wrote the file could never read this one, and says so: nothing to mend here.
  cctld.unusable = cctld.contacts.empty() && !cctld.anomaly.empty();
  if (!cctld.unusable && !cctld.contacts.contains(Role::admin))
    throw BadEntry{node.at, "there is no `admin`"};
  if (const std::string* text = optional_text(node, "organisation")) cctld.organisation = *text;
  cctld.fetched = optional_time(node, "fetched");
  if (const YamlNode* dnssec = present(node, "dnssec")) {
    if (dnssec->quoted || (dnssec->scalar != "true" && dnssec->scalar != "false"))
      throw BadEntry{dnssec->at, "`dnssec` must be true or false"};
    cctld.dnssec = dnssec->scalar == "true";
  }
}

/// Takes the entries one by one as they come, then the rest of the file.
class ContactsReader {
 public:
  ContactsReader(std::string_view text, std::string_view file) : entry_sink_(text, file) {}

  void take(YamlNode::Entry&& entry) {
    check_entry_keys(entry.value);
    const auto label = parse_cctld(entry.key);
    if (!label) {
      entry_sink_.warning(entry.at, fmt::format("`{}` cannot be a ccTLD: the entry is dropped", entry.key),
                          "");
      return;
    }
    CcTld cctld{*label, {}, "", std::nullopt, std::nullopt, "", false};
    try {
      if (entry.key != label->ascii())
        throw BadEntry{entry.at, fmt::format("`{}` must be written `{}`", entry.key, label->ascii())};
      read_entry(entry.value, cctld);
    } catch (const BadEntry& bad) {
      spoil(cctld, bad.at, bad.why);
    }
    const std::size_t hash = std::hash<std::string>()(label->ascii());
    const auto known =
        index_.find(hash, [&](std::uint32_t position) { return file_.cctlds[position].label == *label; });
    if (known) {
      // Which spelling is the right one nobody can say.
      spoil(file_.cctlds[*known], entry.at, fmt::format("`{}` has two entries", label->ascii()));
      return;
    }
    index_.add(hash, static_cast<std::uint32_t>(file_.cctlds.size()));
    file_.cctlds.push_back(std::move(cctld));
  }

  std::optional<ContactsFile> finish(const YamlNode& root, IssueSink& sink, Issues& issues) {
    if (root.kind != Kind::mapping) {
      sink.error(root.at, "the file must be an object", "");
      return std::nullopt;
    }
    check_keys(root, known_keys(""), sink);
    const YamlNode* format = root.find("ccgate_contacts");
    if (format == nullptr || format->quoted || format->scalar != "1")
      sink.error(format == nullptr ? root.at : format->at, "`ccgate_contacts` must be 1",
                 "see CONTACTS.JSON in ccgate.yaml(5)");
    try {
      if (const std::string* source = optional_text(root, "source")) file_.source = *source;
      file_.fetched = optional_time(root, "fetched");
    } catch (const BadEntry& bad) {
      sink.error(bad.at, bad.why, "as in 2026-11-22T06:00:00Z");
    }
    const YamlNode* cctlds = root.find("cctlds");
    if (cctlds == nullptr || cctlds->kind != Kind::mapping)
      sink.error(cctlds == nullptr ? root.at : cctlds->at, "`cctlds` must be an object", "");
    entry_sink_.move_to(issues);
    if (sink.failed() || entry_sink_.failed()) return std::nullopt;
    return std::move(file_);
  }

 private:
  void check_entry_keys(const YamlNode& entry) {
    static const Keys kEntry = known_keys("cctlds.*");
    static const Keys kContact = known_keys("cctlds.*.*");
    static const Keys kPrevious = known_keys("cctlds.*.*.previous");
    check_keys(entry, kEntry, entry_sink_);
    for (const YamlNode::Entry& each : entry.entries) {
      if (!parse_word<Role>(each.key)) continue;
      check_keys(each.value, kContact, entry_sink_);
      if (const YamlNode* previous = each.value.find("previous"))
        check_keys(*previous, kPrevious, entry_sink_);
    }
  }

  void spoil(CcTld& cctld, Position at, const std::string& why) {
    entry_sink_.warning(at, fmt::format("{}: the entry of `{}` is not used", why, cctld.label.ascii()),
                        "requests for it are deferred until the entry is mended");
    cctld.contacts.clear();
    cctld.anomaly = why;
    cctld.unusable = true;
  }

  EntrySink entry_sink_;
  ContactsFile file_;
  PositionIndex index_;  // of labels, in file_.cctlds
};

}  // namespace

std::optional<ContactsFile> parse_contacts(std::string_view text, std::string_view file, Issues& issues) {
  ContactsReader reader(text, file);
  const auto root =
      parse_json(text, file, issues, kLimits,
                 {"cctlds", [&reader](YamlNode::Entry&& entry) { reader.take(std::move(entry)); }});
  if (!root) return std::nullopt;
  IssueSink sink{std::string(file), text, issues};
  return reader.finish(*root, sink, issues);
}

}  // namespace ccgate
