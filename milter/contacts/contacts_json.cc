#include <algorithm>
#include <unordered_map>

#include "milter/contacts/contacts_file.h"
#include "milter/site/json_tree.h"
#include "milter/site/timestamp.h"
#include "policy/schema.h"
#include "policy/text.h"

namespace ccgate {
namespace {

using Kind = YamlNode::Kind;

std::vector<std::string> known_keys(std::string_view path) {
  std::vector<std::string> keys;
  for (const SchemaKey* key : schema_children(SchemaFile::contacts, path))
    keys.emplace_back(last_part(key->path));
  return keys;
}

const std::vector<std::string>& role_words() {
  static const std::vector<std::string> kWords{"admin", "tech", "security", "authorizing"};
  return kWords;
}

/// An unknown key may be a new meaning that this program would miss: the file as a whole is refused.
void check_keys(const YamlNode& mapping, const std::vector<std::string>& known, IssueSink& sink) {
  for (const YamlNode::Entry& entry : mapping.entries)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      sink.error(entry.at, "unknown key `" + entry.key + "`", did_you_mean(entry.key, known));
}

/// Thrown out of one entry's reading; told as a warning where the entry is read.
struct BadEntry {
  Position at;
  std::string why;
};

const std::string* optional_text(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.find(key);
  if (node == nullptr || node->kind == Kind::null) return nullptr;
  if (node->kind != Kind::scalar || !node->quoted)
    throw BadEntry{node->at, "`" + std::string(key) + "` must be a string"};
  return &node->scalar;
}

std::optional<std::int64_t> optional_time(const YamlNode& mapping, std::string_view key) {
  const std::string* text = optional_text(mapping, key);
  if (text == nullptr || text->empty()) return std::nullopt;
  const auto time = parse_timestamp(*text);
  if (!time) throw BadEntry{mapping.find(key)->at, "`" + std::string(key) + "` is not a time"};
  return time;
}

Contact read_contact(const YamlNode& node, const std::string& role) {
  if (node.kind != Kind::mapping) throw BadEntry{node.at, "`" + role + "` must be an object"};
  const std::string* email = optional_text(node, "email");
  if (email == nullptr) throw BadEntry{node.at, "`" + role + "` has no `email`"};
  auto address = Address::parse(*email);
  if (!address)
    throw BadEntry{node.find("email")->at, "the `email` of `" + role + "` is not one strict address"};
  Contact contact{std::move(*address), "", optional_time(node, "changed"), optional_time(node, "first_seen")};
  if (const std::string* name = optional_text(node, "name")) contact.name = *name;
  return contact;
}

void read_entry(const YamlNode& node, CcTld& cctld) {
  if (node.kind != Kind::mapping) throw BadEntry{node.at, "the entry must be an object"};
  for (const std::string& word : role_words()) {
    const YamlNode* contact = node.find(word);
    if (contact == nullptr || contact->kind == Kind::null) continue;
    cctld.contacts.emplace(*parse_role(word), read_contact(*contact, word));
  }
  if (!cctld.contacts.contains(Role::admin)) throw BadEntry{node.at, "there is no `admin`"};
  if (const std::string* text = optional_text(node, "organisation")) cctld.organisation = *text;
  if (const std::string* text = optional_text(node, "anomaly")) cctld.anomaly = *text;
  cctld.fetched = optional_time(node, "fetched");
  if (const YamlNode* dnssec = node.find("dnssec"); dnssec != nullptr && dnssec->kind != Kind::null) {
    if (dnssec->quoted || (dnssec->scalar != "true" && dnssec->scalar != "false"))
      throw BadEntry{dnssec->at, "`dnssec` must be true or false"};
    cctld.dnssec = dnssec->scalar == "true";
  }
}

class ContactsReader {
 public:
  explicit ContactsReader(IssueSink& sink) : sink_(sink) {}

  std::optional<ContactsFile> read(const YamlNode& root) {
    if (root.kind != Kind::mapping) {
      sink_.error(root.at, "the file must be an object", "");
      return std::nullopt;
    }
    check_keys(root, known_keys(""), sink_);
    const YamlNode* format = root.find("ccgate_contacts");
    if (format == nullptr || format->quoted || format->scalar != "1")
      sink_.error(format == nullptr ? root.at : format->at, "`ccgate_contacts` must be 1",
                  "see CONTACTS.JSON in ccgate.yaml(5)");
    try {
      if (const std::string* source = optional_text(root, "source")) file_.source = *source;
      file_.fetched = optional_time(root, "fetched");
    } catch (const BadEntry& bad) {
      sink_.error(bad.at, bad.why, "as in 2026-11-22T06:00:00Z");
    }
    const YamlNode* cctlds = root.find("cctlds");
    if (cctlds == nullptr || cctlds->kind != Kind::mapping)
      sink_.error(cctlds == nullptr ? root.at : cctlds->at, "`cctlds` must be an object", "");
    else
      for (const YamlNode::Entry& entry : cctlds->entries) read_cctld(entry);
    return sink_.failed() ? std::nullopt : std::optional<ContactsFile>(std::move(file_));
  }

 private:
  void read_cctld(const YamlNode::Entry& entry) {
    if (entry.value.kind == Kind::mapping) {
      check_keys(entry.value, known_keys("cctlds.*"), sink_);
      for (const std::string& role : role_words())
        if (const YamlNode* contact = entry.value.find(role))
          check_keys(*contact, known_keys("cctlds.*.*"), sink_);
    }
    const auto label = parse_cctld(entry.key);
    if (!label) {
      sink_.warning(entry.at, "`" + entry.key + "` cannot be a ccTLD: the entry is dropped", "");
      return;
    }
    CcTld cctld{*label, {}, "", std::nullopt, std::nullopt, "", false};
    try {
      if (entry.key != label->ascii())
        throw BadEntry{entry.at, "`" + entry.key + "` must be written `" + label->ascii() + "`"};
      read_entry(entry.value, cctld);
    } catch (const BadEntry& bad) {
      spoil(cctld, bad.at, bad.why);
    }
    const auto [known, added] = index_.emplace(label->ascii(), file_.cctlds.size());
    if (added) {
      file_.cctlds.push_back(std::move(cctld));
      return;
    }
    // Which spelling is the right one nobody can say.
    spoil(file_.cctlds[known->second], entry.at, "`" + label->ascii() + "` has two entries");
  }

  void spoil(CcTld& cctld, Position at, const std::string& why) {
    sink_.warning(at, why + ": the entry of `" + cctld.label.ascii() + "` is not used",
                  "requests for it are deferred until the entry is mended");
    cctld.contacts.clear();
    cctld.anomaly = why;
    cctld.unusable = true;
  }

  IssueSink& sink_;
  ContactsFile file_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace

std::optional<ContactsFile> parse_contacts(std::string_view text, std::string_view file, Issues& issues) {
  const auto root = parse_json(text, file, issues);
  if (!root) return std::nullopt;
  IssueSink sink{std::string(file), text, issues};
  return ContactsReader(sink).read(*root);
}

}  // namespace ccgate
