// The texts of notices, and the mails that become of them with what others wrote.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "milter/notice/compose.h"
#include "milter/texts/template.h"
#include "policy/text/utf8.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/notice_site.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestText = std::size_t{128} * 1024;

/// The fields that we write, each once.
void check_header(const std::string& message) {
  static const std::set<std::string_view> ours{"From",
                                               "Reply-To",
                                               "To",
                                               "Subject",
                                               "Date",
                                               "Message-ID",
                                               "Auto-Submitted",
                                               "X-Auto-Response-Suppress",
                                               "MIME-Version",
                                               "Content-Type",
                                               "Content-Transfer-Encoding"};
  std::set<std::string> seen;
  for (std::size_t at = 0; message.compare(at, 2, "\r\n") != 0; at = message.find("\r\n", at) + 2) {
    if (message[at] == ' ') continue;
    const std::string name = message.substr(at, message.find(':', at) - at);
    expect(ours.contains(name) && seen.insert(name).second, "nothing is added to the header", message);
  }
}

/// A message that any server takes, with the header that we wrote and nothing more.
void check_mail(const std::optional<Mail>& mail) {
  if (!mail) return;
  expect_plain(mail->to);
  const std::string& text = mail->message;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      expect(at + 1 < text.size() && text[at + 1] == '\n', "CR and LF are one", text);
      expect(line <= 998, "lines are short", text);
      line = 0;
      ++at;
      continue;
    }
    ++line;
    expect(c == '\t' || static_cast<unsigned char>(c) >= ' ', "no controls", text);
    expect(static_cast<unsigned char>(c) < 0x80 || mail->smtputf8, "a mail is ASCII", text);
  }
  expect(text.ends_with("\r\n"), "the last line ends");
  check_header(text);
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void check_mails(std::string_view input) {
  static const NoticeTemplates texts;
  static const std::map<Domain, std::string> no_languages;
  const ListConfig list = test::tld_ops();
  const std::string token(26, 'a');
  const NoticeFrame frame{list, texts, no_languages, "key", std::string(26, 'b'), test::kNoon};
  LedgerEntry entry = test::notice_entry();
  const std::string text(input);
  entry.author = entry.mail_from = entry.client = entry.helo = entry.message_id = text;
  entry.people = R"([{"name": )" + json_text(text) + R"(, "email": )" + json_text(text) + R"(, "phone": )" +
                 json_text(text) + "}]";
  entry.explanation = text;
  const Question question = test::notice_question();
  check_mail(compose_ask(frame, entry, question, {token, token}, 86400).mail);
  check_mail(compose_inform(frame, entry, "hostmaster@nic.xa", {{"xa"}, false}, token, test::kNoon).mail);
  for (const NoticeKind kind : {NoticeKind::objected, NoticeKind::refused, NoticeKind::unclear,
                                NoticeKind::bounced, NoticeKind::delayed, NoticeKind::expired})
    check_mail(compose_for_owner(frame, entry, "owner@lists.example.org", {kind, text, text}).mail);
}

void check_template(std::string_view input) {
  for (const NoticeKind kind :
       {NoticeKind::ask, NoticeKind::inform, NoticeKind::follow_up, NoticeKind::repository}) {
    Issues issues;
    const auto form = parse_template(input, "f", kind, issues);
    expect(form.has_value() != has_errors(issues), "a text with an error is none");
    for (const Issue& issue : issues) expect_utf8(render(issue), "an issue is UTF-8");
    if (!form) continue;
    NoticeValues values;
    for (const std::string& name : placeholders(kind)) {
      NoticeValue value;
      value.lines = is_block(name) ? std::vector<std::string>{"one line", "another"}
                                   : std::vector<std::string>{"words of it"};
      value.subject = "words";
      values[name] = value;
    }
    for (const NoticeValues& each : {values, NoticeValues{}}) {
      const NoticeWords words = fill(*form, each);
      expect_printable(words.subject, "a Subject is ASCII");
      expect_utf8(words.body, "a body is UTF-8");
      expect(words.body.find('\r') == std::string::npos, "lines end with LF");
      expect(words.body.size() <= 40 * input.size() + 1000, "a body is bounded");
    }
  }
}

void run_notice(std::string_view input) {
  check_template(input);
  check_mails(input);
}

std::vector<std::string> notice_seeds() {
  std::vector<std::string> seeds = repository_files("conf/notices", ".txt");
  for (const char* text : {"Anne\r\nBcc: eve@evil.example\r\n\r\nx", "a\n.\nb", "=?utf-8?q?x?=", "\xff\xfe",
                           "j\u00f6rg@xn--p1ai", "Subject: a {list}\n\n{{ {request} }\n  {people}\n"})
    seeds.emplace_back(text);
  return seeds;
}

std::vector<std::string> notice_extremes() {
  std::vector<std::string> all;
  for (const char* piece :
       {"{", "{{", "}", "{list}", "{list} ", " ", "a", "\n", "{people}\n", "a b ", "\u00e9", "\u202e"}) {
    all.push_back("Subject: x\n\n" + filled_up(piece, 64 * 1024 - 100));
    all.push_back("Subject: " + filled_up(piece, kLargestText - 100) + "\n\nx\n");
  }
  return all;
}

}  // namespace

Target notice_target() {
  return {"notice", kLargestText, run_notice, notice_seeds, notice_extremes};
}

}  // namespace ccgate::fuzz
