// tests/fuzz/inputs.h: inputs cut into what the readers take, seeds from the files of the repository, and
// what has to be true of much that is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/names/address.h"

namespace ccgate::fuzz {

/// A message as an MTA hands it over: fields, whose folds are LF, and the octets of the body behind the first
/// empty line, as they stand there. A line of the header without a colon is a field without a value.
struct FuzzMessage {
  std::vector<HeaderField> fields;
  std::string_view body;
};
[[nodiscard]] FuzzMessage split_message(std::string_view input);

/// The part of `input` before the first `mark`, which is taken off it with the mark; all of it where there is
/// none.
[[nodiscard]] std::string_view take_part(std::string_view& input, std::string_view mark);

[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);
/// `octets` of `text`, again and again.
[[nodiscard]] std::string filled_up(std::string_view text, std::size_t octets);
/// LF, alone or behind CR, as CRLF.
[[nodiscard]] std::string crlf(std::string_view text);

/// A file of the repository.
[[nodiscard]] std::string repository_file(const std::string& path);
/// Those of a folder of the repository whose names end so, by name.
[[nodiscard]] std::vector<std::string> repository_files(const std::string& folder, std::string_view ending);
/// The messages of the scenarios, as they were written, with CRLF: one in `step`.
[[nodiscard]] std::vector<std::string> scenario_messages(std::size_t step);

/// That `address` holds nothing that could be read otherwise elsewhere, and is read again as the same.
void expect_plain(const Address& address);
void expect_utf8(std::string_view text, std::string_view what);
/// Printable ASCII.
void expect_printable(std::string_view text, std::string_view what);

}  // namespace ccgate::fuzz
