#include "milter/scenario/scenario_message.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "milter/scenario/message_file.h"
#include "milter/system/timestamp.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// What signers of registries sign: the fields that a reader sees, where the message has them.
std::vector<std::string> usual_headers(const MessageText& message) {
  std::vector<std::string> names;
  for (const char* name : {"from", "to", "cc", "subject", "date", "reply-to", "message-id", "mime-version",
                           "content-type", "content-transfer-encoding"})
    if (std::any_of(message.fields.begin(), message.fields.end(),
                    [&](const HeaderField& field) { return ascii_iequal(field.name, name); }))
      names.emplace_back(name);
  return names;
}

void replace_each(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

/// The record that `publish` says, with the key put in.
std::string key_record(std::string publish, SigningKey key) {
  const std::string whole = public_key_record(key);
  replace_each(publish, "{record}", whole);
  replace_each(publish, "{p}", whole.substr(whole.find("p=") + 2));
  if (publish.find("{pkcs1}") != std::string::npos) replace_each(publish, "{pkcs1}", pkcs1_public_key(key));
  return publish;
}

/// One item of `sign`: a signature on top of the message, and its key in the zone.
void read_signature(const YamlNode& node, IssueSink& sink, MessageText& message, Scenario& scenario) {
  const YamlMap map(node, node.at, SchemaFile::scenario, "sign[]", sink);
  SigningRequest request;
  request.domain = map.text("domain").value_or("");
  request.selector = map.text("selector").value_or("s1");
  request.key = map.word<SigningKey>("key").value_or(SigningKey::rsa2048);
  request.algorithm = map.word("algorithm").value_or("");
  request.header_names = map.texts("headers");
  if (request.header_names.empty()) request.header_names = usual_headers(message);
  constexpr std::int64_t kLongest = 1'000'000'000;
  if (const auto length = map.number("body_length", 0, kLongest))
    request.body_length = static_cast<std::size_t>(*length);
  request.signed_at = read_scenario_time(map, "signed_at");
  request.expires = read_scenario_time(map, "expires");
  request.extra_tags = map.text("extra_tags").value_or("");
  request.field = map.text("field").value_or("");
  replace_each(request.field, "\r\n", "\n");
  const std::string canonicalization = map.word("canonicalization").value_or("relaxed");
  request.relaxed_header = canonicalization.starts_with("relaxed");
  request.relaxed_body = canonicalization.ends_with("relaxed");
  const auto domain = Domain::parse(request.domain);
  if (!domain) sink.error(map.key_at("domain"), "`domain` must be a domain name");
  if (sink.failed()) return;
  message.fields.insert(message.fields.begin(),
                        {"DKIM-Signature", sign(message.fields, message.body, request)});
  const std::string publish = map.text("publish").value_or("{record}");
  if (publish == "nothing") return;
  scenario.dns.push_back(
      {request.selector + "._domainkey." + domain->ascii(), RrType::txt, key_record(publish, request.key)});
}

std::string whole_text(const MessageText& message) {
  std::string text;
  for (const HeaderField& field : message.fields) {
    text += field.name + ":";
    for (const char c : field.value) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    text += "\r\n";
  }
  return text + "\r\n" + message.body;
}

}  // namespace

std::optional<std::int64_t> read_scenario_time(const YamlMap& map, std::string_view key) {
  const auto text = map.text(key);
  if (!text) return std::nullopt;
  const auto seconds = parse_timestamp(*text);
  if (!seconds)
    map.sink().error(map.key_at(key), fmt::format("`{}` must be a time like 2030-01-15T12:00:00Z", key));
  return seconds;
}

void read_scenario_message(const YamlMap& root, IssueSink& sink, Scenario& scenario) {
  MessageText message = split_message(root.text("message").value_or(""));
  for (const YamlNode* each : root.items("sign")) read_signature(*each, sink, message, scenario);
  const auto after = root.map("after_signing");
  if (after) {
    MessageText top = split_message(after->text("prepend").value_or(""));
    message.fields.insert(message.fields.begin(), top.fields.begin(), top.fields.end());
    message.body += split_message("\n" + after->text("append").value_or("")).body;
  }
  scenario.message = whole_text(message);
  if (!after) return;
  for (const YamlNode* each : after->items("replace")) {
    const YamlMap change(*each, each->at, SchemaFile::scenario, "after_signing.replace[]", sink);
    const std::string what = change.text("text").value_or("");
    if (what.empty() || scenario.message.find(what) == std::string::npos)
      sink.error(change.key_at("text"), "the signed message does not hold this text",
                 "line ends are \\r\\n, in double quotes");
    else
      replace_each(scenario.message, what, change.text("by").value_or(""));
  }
}

}  // namespace ccgate
