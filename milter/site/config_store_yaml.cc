#include "milter/site/config_store_yaml.h"

#include <arpa/inet.h>

#include <fmt/core.h>

#include <algorithm>

#include "milter/store/open_store.h"
#include "milter/system/files.h"
#include "milter/system/host_name.h"
#include "policy/request/own_address.h"
#include "policy/text/ascii.h"
#include "policy/text/durations.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr std::int64_t kLongest = 90 * kDaySeconds;
constexpr std::size_t kLongestLocal = 64 - 8 - kTokenLength;  // RFC 5321 4.5.3.1.1, with `-reject+TOKEN`
constexpr const char* kStoreHelp = "as in sqlite:/var/lib/ccgate/ccgate.db, or postgresql://HOST/DATABASE";
constexpr const char* kSubmitHelp = "smtp://HOST, smtp://HOST:PORT or sendmail:/path/of/the/program";

/// `HOST`, `HOST:PORT`, `[IPv6]` or `[IPv6]:PORT`; nullopt when it is none of them.
std::optional<Submission> smtp_server(std::string_view text) {
  Submission submit{Submission::Kind::smtp, "", 25, ""};
  const bool bracket = text.starts_with('[');
  const std::size_t end = bracket ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return std::nullopt;
  submit.host = text.substr(bracket ? 1 : 0, bracket ? end - 1 : end);
  std::string_view port = text.substr(bracket ? end + 1 : end);
  if (bracket) {
    in6_addr octets{};
    if (inet_pton(AF_INET6, submit.host.c_str(), &octets) != 1) return std::nullopt;
  } else {
    in_addr octets{};
    const auto name = Domain::parse(submit.host);
    if (name)
      submit.host = name->ascii();
    else if (inet_pton(AF_INET, submit.host.c_str(), &octets) != 1)
      return std::nullopt;
  }
  if (port.empty()) return submit;
  port.remove_prefix(1);  // what stands there is `:`, or wrong
  constexpr std::size_t kDigits = 5;
  constexpr unsigned long kMost = 65535;
  const bool colon = text[text.size() - port.size() - 1] == ':';
  if (!colon || port.empty() || port.size() > kDigits || port.front() == '0' ||
      port.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const unsigned long number = std::stoul(std::string(port));
  if (number > kMost) return std::nullopt;
  submit.port = static_cast<std::uint16_t>(number);
  return submit;
}

std::optional<Submission> parse_submission(std::string_view text) {
  constexpr std::string_view kSmtp = "smtp://", kSendmail = "sendmail:";
  if (text.starts_with(kSmtp)) return smtp_server(text.substr(kSmtp.size()));
  if (!text.starts_with(kSendmail)) return std::nullopt;
  const std::string_view path = text.substr(kSendmail.size());
  if (path.size() < 2 || path.front() != '/' || path.back() == '/') return std::nullopt;
  return Submission{Submission::Kind::sendmail, "", 0, std::string(path)};
}

/// As it is sent (RFC 5321 4.1.1.1); empty: it cannot be.
std::string greeting_of(const std::string& text) {
  if (is_address_literal(text)) return text;
  return is_full_host_name(text) ? Domain::parse(text)->ascii() : "";
}

/// The suffix of a template's name: like a language tag (RFC 5646) in lower case.
bool is_language(std::string_view text) {
  const auto is_part = [](std::string_view part, bool first) {
    constexpr std::size_t kLeast = 2, kMost = 8;
    return part.size() >= kLeast && part.size() <= kMost &&
           std::all_of(part.begin(), part.end(),
                       [&](char c) { return is_small_letter(c) || (!first && is_digit(c)); });
  };
  const std::size_t dash = text.find('-');
  return is_part(text.substr(0, dash), true) &&
         (dash == std::string_view::npos || is_part(text.substr(dash + 1), false));
}

/// Those of a list, with a token and without.
std::vector<Address> own_addresses(const ListAddresses& list) {
  std::vector<Address> addresses;
  for (const OwnAddressKind kind :
       {OwnAddressKind::vouch, OwnAddressKind::reject, OwnAddressKind::object, OwnAddressKind::notice}) {
    const std::string bare = list.address.local() + "-" + std::string(to_string(kind));
    if (auto address = Address::parse(bare + "@" + list.address.domain().ascii()))
      addresses.push_back(std::move(*address));
    if (auto address = make_own_address(list, kind, std::string(kTokenLength, 'a')))
      addresses.push_back(std::move(*address));
  }
  return addresses;
}

class StoreKeysReader {
 public:
  StoreKeysReader(const YamlMap& root, Config& config, IssueSink& sink)
      : root_(root), config_(config), sink_(sink) {}

  void read() {
    read_store();
    read_submit();
    read_helo();
    if (const auto notices = root_.map("notices")) read_notices(*notices);
    if (const auto ask = root_.map("ask")) read_ask(*ask);
    if (const auto object = root_.map("object")) read_time(*object, "window", config_.object.window);
    if (const auto replay = root_.map("replay")) read_time(*replay, "window", config_.replay.window);
    if (const auto flood = root_.map("flood")) read_flood(*flood);
    if (const auto report = root_.map("report")) read_report_keys(*report);
    if (root_.get("store") == nullptr) return tell_needs_store();
    for (const ListConfig& list : config_.lists) check_list(list);
  }

 private:
  void read_store() {
    config_.at.store = root_.key_at("store");
    const auto url = root_.text("store");
    if (!url) return;
    const std::string fault = fault_of_store_url(*url);
    if (!fault.empty()) sink_.error(root_.get("store")->at, fmt::format("`store` {}", fault), kStoreHelp);
    config_.store = *url;
  }

  void read_submit() {
    config_.at.submit = root_.key_at("submit");
    if (root_.get("store") != nullptr) config_.submit = {Submission::Kind::smtp, "127.0.0.1", 25, ""};
    const auto text = root_.text("submit");
    if (!text) return;
    config_.at.submit = root_.get("submit")->at;
    if (auto submit = parse_submission(*text))
      config_.submit = std::move(*submit);
    else
      sink_.error(config_.at.submit, fmt::format("`{}` is no way to hand over mail", *text), kSubmitHelp);
  }

  void read_helo() {
    const auto text = root_.text("submit_helo");
    if (!text) return;
    const Position at = root_.get("submit_helo")->at;
    config_.submit.helo = greeting_of(*text);
    if (config_.submit.helo.empty())
      sink_.error(at, fmt::format("`{}` is no full name of a host", *text),
                  "a name of several labels, as in mail.example.org, or an address as SMTP writes it, as in "
                  "\"[192.0.2.1]\"");
    else if (config_.submit.kind == Submission::Kind::sendmail)
      sink_.warning(at, "`submit_helo` is of no use: a program is greeted by nobody", "remove it");
  }

  void read_report_keys(const YamlMap& report) {
    config_.report.people = report.boolean("people").value_or(false);
    const auto file = report.text("file");
    if (!file) return;
    config_.report.file = path_beside(config_.file, *file);
    if (config_.lists.size() > 1 && file->find("{list}") == std::string::npos)
      sink_.error(report.get("file")->at, "each list has a page of its own, and this is one file",
                  "put `{list}` into its name, as in /var/lib/ccgate/{list}.html");
  }

  void read_notices(const YamlMap& notices) {
    config_.at.notices = root_.key_at("notices");
    if (const auto folder = notices.text("folder")) {
      config_.notices.folder = path_beside(config_.file, *folder);
      config_.at.notices = notices.get("folder")->at;
    }
    const auto languages = notices.map("languages");
    if (!languages) return;
    for (const YamlNode::Entry* entry : languages->named()) {
      const auto cctld = read_cctld_key(*entry, sink_);
      const auto language = read_text(entry->value, entry->key, sink_);
      if (!cctld || !language) continue;
      if (!is_language(*language))
        sink_.error(entry->value.at, fmt::format("`{}` is no language", *language),
                    "lower case, as in fr or pt-br");
      else if (!config_.notices.languages.emplace(*cctld, *language).second)
        sink_.error(entry->at, fmt::format("`{}` has a language already", entry->key), "remove one");
    }
  }

  void read_ask(const YamlMap& ask) {
    config_.ask.style = ask.word<AskStyle>("style").value_or(config_.ask.style);
    read_time(ask, "expires", config_.ask.expires);
    read_time(ask, "fresh", config_.ask.fresh);
  }

  void read_time(const YamlMap& map, std::string_view key, std::chrono::seconds& time) {
    const auto seconds = map.duration(key);
    if (!seconds) return;
    if (*seconds < 1 || *seconds > kLongest)
      sink_.error(map.get(key)->at, fmt::format("`{}` is out of range", key), "from 1s to 90d");
    time = std::chrono::seconds{*seconds};
  }

  void read_flood(const YamlMap& flood) {
    constexpr std::int64_t kMost = 1'000'000;
    const auto read = [&](std::string_view key, std::int64_t& limit) {
      limit = flood.number(key, 1, kMost).value_or(limit);
    };
    read("author_domain", config_.flood.author_domain);
    read("cctld", config_.flood.cctld);
    read("contact", config_.flood.contact);
    read("foreign", config_.flood.foreign);
  }

  void tell_needs_store() {
    const auto tell = [&](Position at, std::string_view key) {
      sink_.error(at, fmt::format("`{}` needs `store`", key),
                  "add `store: sqlite:/var/lib/ccgate/ccgate.db`, or remove it");
    };
    for (const std::string_view key :
         {"submit", "submit_helo", "notices", "ask", "object", "replay", "flood", "hooks", "report"})
      if (root_.get(key) != nullptr) tell(root_.key_at(key), key);
    const YamlNode* lists = root_.get("lists");
    if (lists == nullptr) return;
    for (const YamlNode::Entry& list : lists->entries)
      for (const YamlNode::Entry& entry : list.value.entries)
        if (entry.key == "retention" || entry.key == "retention_refused" || entry.key == "review" ||
            entry.key == "repository" || entry.key == "hooks" || entry.key == "outreach")
          tell(entry.at, entry.key);
    for (const ListConfig& list : config_.lists)
      if (list.roster_store) tell(list.at, "roster: store");
  }

  void check_list(const ListConfig& list) {
    const Address& address = list.addresses.address;
    if (address.local().size() > kLongestLocal)
      sink_.error(
          list.at,
          fmt::format("`{}` is too long: contacts answer to longer addresses made of it", address.text()),
          fmt::format("with `store`, at most {} characters before the @", kLongestLocal));
    for (const ListConfig& other : config_.lists) check_own_addresses(list, other);
    const auto answers = config_.ask.expires + config_.ask.fresh;
    if (list.retention < std::max({answers, config_.object.window, config_.replay.window}))
      sink_.error(list.at,
                  fmt::format("list `{}` forgets before the times of `ask`, `object` and `replay` are over",
                              list.name),
                  "make `retention` longer than `expires` and `fresh` of `ask` together");
  }

  /// Mail to an address that is two things at once would go to whichever is asked first.
  void check_own_addresses(const ListConfig& list, const ListConfig& other) {
    std::vector<Address> named = gated_addresses(other.addresses);
    named.push_back(other.addresses.address);
    named.insert(named.end(), other.addresses.form.begin(), other.addresses.form.end());
    named.insert(named.end(), other.addresses.also.begin(), other.addresses.also.end());
    if (other.owner) named.push_back(*other.owner);
    auto taken = std::find_if(named.begin(), named.end(), [&](const Address& address) {
      return own_address(list.addresses, address).has_value();
    });
    if (taken == named.end()) {
      named = own_addresses(list.addresses);
      taken = std::find_if(named.begin(), named.end(), [&](const Address& address) {
        return command_address(other.addresses, address).has_value();
      });
    }
    if (taken == named.end()) return;
    sink_.error(
        other.at,
        fmt::format("`{}` of list `{}` is where contacts answer for list `{}`", taken->text(), other.name,
                    list.name),
        "with `store`, no other address may be that of a list with -vouch, -reject, -object or -notice");
  }

  const YamlMap& root_;
  Config& config_;
  IssueSink& sink_;
};

}  // namespace

void read_store_keys(const YamlMap& root, Config& config, IssueSink& sink) {
  StoreKeysReader(root, config, sink).read();
}

}  // namespace ccgate
