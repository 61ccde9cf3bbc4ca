// A message as the words people wrote in it.
#include <algorithm>

#include "milter/mime/charset.h"
#include "milter/mime/charset_names.h"
#include "milter/mime/content_type.h"
#include "milter/mime/delivery_status.h"
#include "milter/mime/mime.h"
#include "milter/mime/mime_cost.h"
#include "milter/mime/transfer_encoding.h"
#include "milter/mime/unread_parts.h"
#include "milter/mime/vcard.h"
#include "policy/message/flowed_text.h"
#include "policy/text/base64.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestKept = std::size_t{256} * 1024;  // of a body; and of a header

bool is_within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_content_type(const std::string& value) {
  const auto type = parse_content_type(value);
  if (!type) return;
  std::string text = type->type;
  for (const auto& [name, of_it] : type->params) text += "; " + name + "=\"" + of_it + "\"";
  const auto again = parse_content_type(text);
  expect(again && again->type == type->type && again->params == type->params, "a type reads itself", text);
  (void)is_flowed(*type);
  for (const auto& [name, of_it] : type->params) {
    (void)charset_names(of_it);
    (void)is_known_charset(of_it);
  }
}

void check_cut(const ContentFields& content, std::string_view body) {
  const MimeLimits limits;
  const MimeCut cut = cut_mime(content, body, limits);
  expect(cut.leaves.size() <= limits.parts + 1, "parts are bounded");
  for (const MimeLeaf& leaf : cut.leaves) {
    expect(is_within(leaf.octets, body), "a part stands in the body");
    (void)says_nothing(leaf);
    if (const auto octets = decoded_octets(leaf)) {
      expect(octets->size() <= leaf.octets.size(), "decoding makes nothing longer");
      (void)vcard_text(*octets);
    }
  }
}

void check_words(const std::vector<HeaderField>& fields, std::string_view body) {
  const MimeLimits limits;
  const Words words = read_words(fields, body, false, limits);
  expect(words.readable == words.why_unreadable.empty(), "what cannot be read says why",
         words.why_unreadable);
  expect_printable(words.why_unreadable, "in ASCII");
  expect_printable(words.unread, "what is unread is told in ASCII");
  if (words.readable) {
    expect_utf8(words.text, "the text is UTF-8");
    expect_utf8(words.shown, "the text as shown is UTF-8");
    expect_utf8(words.subject, "the Subject is UTF-8");
  }
  expect_utf8(words.author_names, "names are UTF-8");
  expect(is_within(words.raw, body), "raw stands in the body");
  expect(words.text.size() <= 8 * body.size() + 1024, "the text is bounded by the body");
  expect(!read_words(fields, body, true, limits).readable, "what is cut short cannot be read");
}

void check_text(std::string_view body) {
  if (is_plain_base64(body)) {
    const std::string octets = decode_base64(body);
    expect(decode_base64(base64_encoded(octets)) == octets, "base64 reads itself");
  }
  if (is_plain_quoted_printable(body))
    expect(decode_quoted_printable(body).size() <= body.size(), "quoted-printable makes nothing longer");
  (void)flowed_text(body, false);
  (void)flowed_text(body, true);
  (void)holds_uuencoded(body);
  (void)is_cheap_mime(body, 200);
  CharsetReader reader;
  for (const char* charset :
       {"", "utf-8", "iso-2022-jp", "gb18030", "big5", "euc-kr", "shift_jis", "windows-1252"})
    if (const auto text = reader.to_utf8(body, charset)) expect_utf8(*text, "a charset becomes UTF-8");
}

void run_mime(std::string_view input) {
  const FuzzMessage message = split_message(input);
  check_words(message.fields, message.body);
  ContentFields content;
  for (const HeaderField& field : message.fields) {
    const std::string name = ascii_lower(field.name);
    if (name == "content-type") content.type = field.value;
    if (name == "content-transfer-encoding") content.transfer_encoding = field.value;
    if (name == "content-disposition") content.disposition = field.value;
    check_content_type(field.value);
  }
  check_cut(content, message.body);
  expect(delivery_status_parts(message.fields, message.body).size() <= 20, "20 reports at most");
  check_text(message.body);
}

std::vector<std::string> mime_seeds() {
  std::vector<std::string> seeds = scenario_messages(4);
  for (const std::string& message : scenario_messages(1))
    if (message.find("multipart/") != std::string::npos || message.find("charset=") != std::string::npos)
      seeds.push_back(message);
  seeds.push_back(
      "From: Anne <anne@nic.xa>\nContent-Type: multipart/report; report-type=delivery-status; "
      "boundary=b\n\n--b\r\n\r\n"
      "Failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.nic.xa\r\n\r\n"
      "Final-Recipient: rfc822; a@nic.xa\r\nAction: failed\r\nStatus: 5.1.1\r\n--b\r\nContent-Type: "
      "message/rfc822\r\n\r\nFrom: x\r\n\r\ny\r\n--b--\r\n");
  seeds.push_back(
      "Content-Type: multipart/mixed; boundary=\"=_x\"\n\n--=_x\r\nContent-Type: text/vcard; "
      "charset=utf-8\r\n"
      "Content-Disposition: attachment; "
      "filename=a.vcf\r\n\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anne\r\nEMAIL;TYPE="
      "work:anne@nic.xa\r\nNOTE:x\r\nEND:VCARD\r\n--=_x\r\nContent-Type: image/png; name=logo.png\r\n"
      "Content-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\niVBORw0KGgo=\r\n--=_x--\r\n");
  return seeds;
}

std::string nested(std::size_t depth, std::string_view kind) {
  std::string text = "Content-Type: multipart/mixed; boundary=b0\n\n";
  for (std::size_t i = 0; i < depth && text.size() < kLargestKept; ++i)
    text += "--b" + std::to_string(i) + "\r\nContent-Type: " + std::string(kind) + "; boundary=b" +
            std::to_string(i + 1) + "\r\n\r\n";
  return text;
}

std::vector<std::string> mime_extremes() {
  const std::string mixed = "Content-Type: multipart/mixed; boundary=b\n\n";
  const std::size_t room = kLargestKept - 100;
  std::vector<std::string> all{nested(19, "multipart/mixed"), nested(20000, "multipart/mixed"),
                               nested(20000, "multipart/digest"), nested(20000, "message/rfc822")};
  for (const char* piece : {"--b\r\n", "--b\r\n\r\nx\r\n", "--b\r\nContent-Type: message/rfc822\r\n\r\n",
                            "--b\r\nX: y\r\n", "--b--\r\n", "--bb\r\n", "--b\r\n\tfold\r\n"})
    all.push_back(mixed + filled_up(piece, room));
  all.push_back("Content-Type: text/plain" + filled_up("; a=b", room) + "\n\nx");
  all.push_back("Content-Type: text/plain; charset=" + filled_up("x-", room) + "\n\nx");
  all.push_back("Content-Type: " + filled_up("(", room) + "\n\nx");
  all.push_back("Content-Transfer-Encoding: base64\n\n" + filled_up("QUFB", room));
  all.push_back("Content-Transfer-Encoding: quoted-printable\n\n" + filled_up("=\r\n", room));
  all.push_back("Content-Type: text/plain; format=flowed; delsp=yes\n\n" + filled_up("> x \r\n", room));
  all.push_back("Content-Type: text/html\n\n" + filled_up("<div><b><!-- x -->\r\n", room));
  all.push_back("Content-Type: text/plain; charset=iso-2022-jp\n\n" + filled_up("\x1b$B\x1b(B", room));
  all.push_back("Content-Type: text/vcard\n\n" + filled_up("A;B=C:D\r\n E\r\n", room));
  all.push_back("\n" + filled_up("begin 644 x\r\n", room));
  std::string charsets = mixed;
  for (const char* charset :
       {"big5", "big5-hkscs", "gb18030", "gbk", "euc-jp", "shift_jis", "iso-2022-jp", "euc-kr",
        "ks_c_5601-1987", "tis-620", "koi8-u", "windows-1258", "macintosh", "cp437"})
    charsets += std::string("--b\r\nContent-Type: text/plain; charset=") + charset + "\r\n\r\nyes\r\n";
  all.push_back(charsets + "--b--\r\n");
  return all;
}

}  // namespace

Target mime_target() {
  return {"mime", 2 * kLargestKept, run_mime, mime_seeds, mime_extremes};
}

}  // namespace ccgate::fuzz
