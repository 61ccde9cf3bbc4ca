#include "tests/fuzz/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "policy/text/characters.h"
#include "policy/text/utf8.h"
#include "policy/yaml/yaml.h"
#include "tests/fuzz/fuzz.h"

namespace ccgate::fuzz {

FuzzMessage split_message(std::string_view input) {
  FuzzMessage message;
  while (!input.empty()) {
    const std::size_t end = input.find('\n');
    std::string_view line = input.substr(0, end);
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !message.fields.empty()) {
      message.fields.back().value.append("\n").append(line);
      continue;
    }
    const std::size_t colon = std::min(line.find(':'), line.size());
    message.fields.push_back(
        {std::string(line.substr(0, colon)), std::string(line.substr(std::min(colon + 1, line.size())))});
  }
  message.body = input;
  return message;
}

std::string_view take_part(std::string_view& input, std::string_view mark) {
  const std::size_t end = input.find(mark);
  const std::string_view part = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + mark.size());
  return part;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string filled_up(std::string_view text, std::size_t octets) {
  return repeated(text, octets / text.size());
}

std::string crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

std::string repository_file(const std::string& path) {
  std::ifstream file(CCGATE_SOURCE_DIR "/" + path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> repository_files(const std::string& folder, std::string_view ending) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(CCGATE_SOURCE_DIR "/" + folder))
    if (entry.path().filename().string().ends_with(ending)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  std::vector<std::string> texts;
  for (const std::string& name : names) texts.push_back(repository_file(folder + "/" + name));
  return texts;
}

std::vector<std::string> scenario_messages(std::size_t step) {
  std::vector<std::string> messages;
  std::size_t count = 0;
  for (const std::string& text : repository_files("tests/scenarios", ".yaml")) {
    if (count++ % step != 0) continue;
    Issues issues;
    const auto root = parse_yaml(text, "scenario", issues);
    const YamlNode* message = root ? root->find("message") : nullptr;
    if (message != nullptr && message->kind == YamlNode::Kind::scalar)
      messages.push_back(crlf(message->scalar));
  }
  return messages;
}

void expect_plain(const Address& address) {
  const std::string text = address.text();
  expect(is_utf8(text), "an address is UTF-8", text);
  for (std::size_t at = 0; at < text.size();) {
    const auto code = read_code_point(text, at);
    expect(code && !is_control(*code) && !is_blank(*code) && !is_line_end(*code),
           "an address has no controls and no blanks", text);
  }
  expect(text.find_first_of("<>()[]\\,;:\"") == std::string::npos, "an address has no marks of lists", text);
  expect(std::count(text.begin(), text.end(), '@') == 1, "an address has one @", text);
  expect(!address.local().empty() && address.local().size() <= 64, "a local part has 1 to 64 octets", text);
  const auto again = Address::parse(text);
  expect(again && *again == address && again->local() == address.local(), "an address reads itself", text);
  expect(Domain::parse(address.domain().unicode()) == address.domain(), "a domain reads its U-labels", text);
}

void expect_utf8(std::string_view text, std::string_view what) {
  expect(is_utf8(text), what, text);
}

void expect_printable(std::string_view text, std::string_view what) {
  expect(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }), what, text);
}

}  // namespace ccgate::fuzz
