// Authentication-Results: ours written, those of others held against our name; and the marks beside it.
#include "milter/decision/authres.h"

#include <algorithm>

#include "policy/text/text.h"
#include "policy/verdict/verdict.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestResults = std::size_t{256} * 1024;  // limits.header_bytes
// Of what is longer, only that it is read: the questions below read it many times.
constexpr std::size_t kMuchToRead = std::size_t{16} * 1024;
constexpr std::string_view kOurs = "lists.example";

/// One field: each line goes on with a blank, and has no controls.
void expect_one_field(const std::string& value) {
  expect(value.starts_with(' '), "a value begins with a blank");
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\n')
      expect(at + 1 < value.size() && (value[at + 1] == ' ' || value[at + 1] == '\t'), "a line goes on",
             value);
    else
      expect(c == '\t' || (c >= ' ' && c <= '~'), "a mark is ASCII without controls", value);
  }
}

void run_authres(std::string_view input) {
  const std::string text(input);
  const bool ours = claims_authserv_id(input, kOurs);
  if (input.size() > kMuchToRead) return;
  // What stands in front of a name of ours hides it from nobody.
  for (const char* before : {"", " ", "\n\t", " (a (b\\) c)) ", "(\"lists.other;)"})
    for (const char* name :
         {"lists.example", "LISTS.Example.", "\"lists.example\"", "\"lists.ex\\ample\"", "lists.example 1"})
      for (const char* behind : {"; ", "(x);", ";\n\t"})
        expect(claims_authserv_id(std::string(before) + name + behind + text, kOurs), "our name is found",
               before);
  if (ascii_lower(input).find("lists") == std::string::npos &&
      text.find_first_of("\\\" \t\r\n") == std::string::npos)
    expect(!ours, "the name of another is none of ours", input);
  const std::vector<HeaderField> fields{{"Authentication-Results", text},
                                        {"X-CCgate", text},
                                        {text.substr(0, 100), text},
                                        {"authentication-results", " other.example; " + text}};
  const auto deleted = forged_fields(fields, kOurs);
  expect(
      std::any_of(deleted.begin(), deleted.end(), [](const auto& each) { return each.name == "X-CCgate"; }),
      "marks of ours are taken off");
  expect(std::any_of(deleted.begin(), deleted.end(),
                     [](const auto& each) {
                       return each.name == "Authentication-Results" && each.index == 1;
                     }) == ours,
         "results in our name are taken off");
  Evidence evidence;
  Signature signature;
  signature.why = text;
  signature.selector = text;
  signature.algorithm = text;
  signature.domain = test::domain("nic.xa");
  evidence.signatures = {signature, signature};
  evidence.spf.why = text;
  evidence.spf.domain = Domain::parse(input);
  Verdict verdict;
  verdict.rule = text;
  for (const std::string_view name : {kOurs, input}) {
    const std::string value = authentication_results(name, evidence, verdict);
    expect_one_field(value);
    expect(value.find("x-ccgate=fail") != std::string::npos, "a refusal is told as one");
  }
  expect(claims_authserv_id(authentication_results(kOurs, evidence, verdict), kOurs),
         "our own are in our name");
  expect_one_field(ccgate_mark(verdict, "reject", text, "0123456789abcdef0123", "7k2m9qx40c1d"));
}

std::vector<std::string> authres_seeds() {
  return {" lists.example; dkim=pass header.d=nic.xa",
          " mx.example 1; spf=none",
          " (comment (nested \\) ) ) lists.example.;",
          " \"lists.example\"; none",
          " lists.example\n\t(x)\n\t; a=b",
          " \"lists.example",
          " lists(x).example",
          " =?utf-8?q?lists?=",
          "lists .example",
          "\"a\"b;"};
}

std::vector<std::string> authres_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"(", "()", "\"", "\\", "(\\", "\"\\\"", "\n ", "lists.example", "a", ";"})
    all.push_back(filled_up(piece, kLargestResults - 10));
  return all;
}

}  // namespace

Target authres_target() {
  return {"authres", kLargestResults, run_authres, authres_seeds, authres_extremes};
}

}  // namespace ccgate::fuzz
