#include "milter/mime/mime.h"

#include <array>
#include <chrono>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using Fields = std::vector<HeaderField>;

Words read(const Fields& fields, std::string_view body, bool truncated = false,
           const MimeLimits& limits = {}) {
  return read_words(fields, body, truncated, limits);
}

Fields typed(std::string type, std::string encoding = "") {
  Fields fields{{"Subject", " hello"}, {"Content-Type", " " + std::move(type)}};
  if (!encoding.empty()) fields.push_back({"Content-Transfer-Encoding", " " + std::move(encoding)});
  return fields;
}

struct Row {
  const char* story;
  const char* type;
  const char* encoding;
  const char* body;
  const char* want;  // nullptr: unreadable
};

TEST_CASE("one part") {
  const auto row = GENERATE(values<Row>({
      {"plain", "text/plain", "", "a\r\nb\r\n", "a\nb\n"},
      {"plain, UTF-8", "Text/Plain; Charset=\"UTF-8\"; format=flowed", "8bit", "t\xc3\xa9l", "tél"},
      {"8-bit octets that are not UTF-8", "text/plain", "", "t\xe9l", nullptr},
      {"a comment in Content-Type", "text/plain (x); charset=utf-8", "", "a", nullptr},
      {"base64", "text/plain; charset=utf-8", "base64", "am9p\r\nbg==\r\n", "join"},
      {"BASE64 in capitals", "text/plain", " BASE64 ", "am9pbg==", "join"},
      {"base64 with something behind", "text/plain", "base64", "am9pbg==am9pbg==", nullptr},
      {"base64 cut short", "text/plain", "base64", "am9pb", nullptr},
      {"base64 with junk", "text/plain", "base64", "am9!pbg==", nullptr},
      {"quoted-printable", "text/plain; charset=utf-8", "quoted-printable", "jo=\r\nin t=C3=A9l=20\r\n",
       "join tél \n"},
      {"quoted-printable broken", "text/plain", "quoted-printable", "a=zz", nullptr},
      {"iso-8859-1", "text/plain; charset=iso-8859-1", "8bit", "t\xe9l", "tél"},
      {"iso-8859-1 quoted", "text/plain; charset=ISO-8859-1", "quoted-printable", "t=E9l", "tél"},
      {"koi8-r", "text/plain; charset=koi8-r", "8bit", "\xce\xc5\xd4", "нет"},
      {"windows-1251", "text/plain; charset=windows-1251", "8bit", "\xed\xe5\xf2", "нет"},
      {"iso-2022-jp", "text/plain; charset=iso-2022-jp", "7bit", "\x1b$B;aL>\x1b(B: a\r\n", "氏名: a\n"},
      {"iso-2022-jp that hides a line", "text/plain; charset=iso-2022-jp", "7bit", "\x1b$B\njoin\n\x1b(B",
       nullptr},
      {"windows-1258, up to its last letter", "text/plain; charset=windows-1258", "8bit", "leave", "leave"},
      {"gb2312", "text/plain; charset=gb2312", "8bit", "\xd0\xd5\xc3\xfb", "姓名"},
      {"utf-7", "text/plain; charset=utf-7", "7bit", "+AGoAbwBpAG4-", nullptr},
      {"utf-16", "text/plain; charset=utf-16", "base64", "AGoAbwBpAG4=", nullptr},
      {"an unknown charset, ASCII alone", "text/plain; charset=x-none", "", "join", "join"},
      {"an unknown charset", "text/plain; charset=x-none", "8bit", "j\xe9in", nullptr},
      {"octets outside the charset", "text/plain; charset=euc-jp", "8bit", "\xff\xff", nullptr},
      {"a charset told twice", "text/plain; charset=utf-8; charset=koi8-r", "", "join", nullptr},
      {"a charset in pieces", "text/plain; charset*0=ut; charset*1=f-7", "", "join", nullptr},
      {"an unknown encoding", "text/plain", "x-uuencode", "join", nullptr},
      {"no type at all", "", "", "join", nullptr},
      {"a type without subtype", "text", "", "join", nullptr},
      {"HTML", "text/html; charset=utf-8", "", "<p>Name: Anne</p><p>Tel: 1</p>", "Name: Anne\nTel: 1\n"},
      {"not a text", "application/pdf", "base64", "am9pbg==", ""},
      {"an attached message alone", "message/rfc822", "", "Subject: x\r\n\r\njoin", nullptr},
  }));
  INFO(row.story);
  const Words words = read(typed(row.type, row.encoding), row.body);
  CHECK(words.readable == (row.want != nullptr));
  CHECK(words.text == (row.want != nullptr ? row.want : ""));
  CHECK(words.why_unreadable.empty() == words.readable);
  CHECK(words.subject == "hello");
}

TEST_CASE("charsets by all their names") {
  const auto* const name =
      GENERATE("ANSI_X3.4-1968", "iso-ir-6", "us", "csASCII", "ISO_8859-1:1987", "latin1", "l1",
               "csISOLatin1", "iso8859-1", "cp1252", "windows-1252", "cswindows1252", "x-mac-roman",
               "macintosh", "iso-2022-jp-ms", "euc-cn", "unknown-8bit", "unknown", "x-unknown", "GB_2312-80",
               "csBig5", "ks_c_5601-1987", "korean", "iso-8859-8-i", "csISO88598I", "cp850", "ibm437",
               "x-sjis", "windows-31j", "csUTF8", "unicode-1-1-utf-8", "koi8-ru", "iso-8859-15", "latin-9",
               "x-user-defined", "default_charset", "iso-8859-1-windows-3.1-latin-1");
  INFO(name);
  const Words words =
      read(typed("text/plain; charset=\"" + std::string(name) + "\""), "subscribe xa +999\r\n");
  CHECK(words.why_unreadable.empty());
  CHECK(words.text == "subscribe xa +999\n");
}

TEST_CASE("octets beyond ASCII under other names") {
  struct Named {
    const char* name;
    const char* octets;
    const char* want;
  };
  const auto row = GENERATE(values<Named>({
      {"csISOLatin1", "t\xe9l", "tél"},
      {"cp1252", "\x80", "€"},
      {"cswindows1252", "\x80", "€"},
      {"x-mac-roman", "t\x8el", "tél"},
      {"cp850", "t\x82l", "tél"},
      {"x-sjis", "\x8e\x81", "氏"},
      {"euc-cn", "\xd0\xd5", "姓"},
      {"unicode-1-1-utf-8", "t\xc3\xa9l", "tél"},
      {"iso-8859-8-i", "\xe9", "י"},
  }));
  INFO(row.name);
  CHECK(read(typed("text/plain; charset=" + std::string(row.name), "8bit"), row.octets).text == row.want);
}

TEST_CASE("no charset in which ASCII is something else, and no name that could stand for one") {
  struct Named {
    const char* name;
    const char* octets;
  };
  const auto row = GENERATE(values<Named>({
      {"utf-7", "join"},
      {"csUTF7", "join"},
      {"unicode-1-1-utf-7", "join"},
      {"u7", "+AGoAbwBpAG4-"},
      {"utf-7-imap", "&AGoAbwBpAG4-"},
      {"utf-16", "join"},
      {"ucs-2", "join"},
      {"utf-32be", "join"},
      {"cp037", "join"},
      {"hz-gb-2312", "join"},
      {"x-hz", "~{VP~}"},
      {"x-hz", "jo~\r\nin"},
      {"unicode_escape", "\\x6aoin"},
      {"raw_unicode_escape", "\\u006aoin"},
      {"mime-header", "=?utf-8?q?join?="},
      {"x-none", "\x1b$B"},
      {"iso-2022-kr", "\x0e"},
      {"utf-8//ignore", "\xff"},
      {"viscii", "\x02"},
  }));
  INFO(row.name << " " << row.octets);
  CHECK_FALSE(
      read(typed("text/plain; charset=\"" + std::string(row.name) + "\"", "8bit"), row.octets).readable);
}

TEST_CASE("what is not read is told") {
  struct Part {
    const char* header;
    bool read;
  };
  const auto part = GENERATE(values<Part>({
      {"Content-Type: image/png; name=logo.png\r\nContent-Disposition: inline", true},
      {"Content-Type: image/jpeg", true},
      {"Content-Type: image/png\r\nContent-Disposition: attachment; filename=form.png", false},
      {"Content-Type: image/tiff", false},
      {"Content-Type: text/vcard", true},
      {"Content-Type: text/x-vcard; name=anne.vcf\r\nContent-Disposition: attachment", true},
      {"Content-Type: application/pgp-signature", true},
      {"Content-Type: application/pkcs7-signature", true},
      {"Content-Type: application/pdf", false},
      {"Content-Type: application/ms-tnef", false},
      {"Content-Type: application/octet-stream", false},
      {"Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
      {"Content-Type: text/rtf", false},
      {"Content-Type: text/calendar", false},
      {"Content-Type: text/csv", false},
      {"Content-Type: message/rfc822", false},
      {"Content-Type: x-unknown/x-unknown", false},
      {"Content-Type: audio/mpeg", false},
  }));
  INFO(part.header);
  const Words words = read(typed("multipart/mixed; boundary=b"),
                           "--b\r\n\r\none\r\n--b\r\n" + std::string(part.header) + "\r\n\r\nx\r\n--b--\r\n");
  CHECK(words.readable);
  CHECK(words.text == "one");
  CHECK(words.unread.empty() == part.read);
}

TEST_CASE("a type says nothing by its name alone") {
  struct Part {
    const char* header;
    const char* octets;
    bool read;
  };
  const auto part = GENERATE(values<Part>({
      {"text/vcard",
       "BEGIN:VCARD\r\nFN:Anne Example\r\nEMAIL;TYPE=work:anne@nic.xa\r\nTEL:+999 1\r\nEND:VCARD", true},
      {"text/vcard", "BEGIN:VCARD\r\nNOTE:Please add Bob\r\nEND:VCARD", false},
      {"text/vcard", "BEGIN:VCARD\r\nitem1.NO\r\n TE:Please add Bob\r\nEND:VCARD", false},
      {"text/vcard", "BEGIN:VCARD\r\nTEL:Please add Bob\r\nEND:VCARD", false},
      {"text/vcard", "BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE:=41\r\nEND:VCARD", false},
      {"application/pgp-signature; name=signature.asc",
       "-----BEGIN PGP SIGNATURE-----\r\nVersion: 2\r\n\r\niQ==\r\n=AAAA\r\n-----END PGP SIGNATURE-----\r\n",
       true},
      {"application/pgp-signature; name=note.txt", "x", false},
      {"application/pgp-signature", "Please add Bob", false},
      {"application/pgp-signature",
       "-----BEGIN PGP SIGNATURE-----\r\nComment: add Bob\r\n\r\niQ==\r\n-----END PGP SIGNATURE-----", false},
      {"application/pgp-keys; name=form.docx", "x", false},
      {"application/pkcs7-signature; name=form.pdf", "%PDF-1.4", false},
      {"application/pkcs7-signature; name=smime.p7s", "%PDF-1.4", false},
      {"application/pkcs7-signature; name=smime.p7s", "\x30\x80\x06\x09", true},
      {"application/pkcs7-signature; name=smime.p7s", "\x30\x82\x01\x01Please add Bob", false},
      {"image/png; name=\"joining form.png\"", "\x89PNG", false},
      {"image/png; name=logo.png", "\x89PNG", true},
      {"image/png; name=logo.pdf", "\x89PNG", false},
      {"image/png", "%PDF-1.4", false},
      {"image/png; name*0=a; name*1=.pdf", "\x89PNG", false},
  }));
  INFO(part.header << " " << part.octets);
  const Words words = read(typed("multipart/mixed; boundary=b"),
                           "--b\r\n\r\none\r\n--b\r\nContent-Type: " + std::string(part.header) + "\r\n\r\n" +
                               part.octets + "\r\n--b--\r\n");
  CHECK(words.readable);
  CHECK(words.text == "one");
  CHECK(words.unread.empty() == part.read);
}

TEST_CASE("a vCard is a signature") {
  const Words words = read(typed("multipart/mixed; boundary=b"),
                           "--b\r\n\r\none\r\n--b\r\nContent-Type: text/vcard\r\n\r\nBEGIN:VCARD\r\n"
                           "N:Example;Anne\r\nEMAIL:> bob@evil.example\r\nEND:VCARD\r\n--b--\r\n");
  CHECK(words.as_shown() == "one\n\f-- \nExample Anne\nbob@evil.example\n");
}

TEST_CASE("what is not read, in one part") {
  CHECK_FALSE(read(typed("application/pdf", "base64"), "JVBERi0=").unread.empty());
  CHECK_FALSE(read(typed("application/ms-tnef", "base64"), "eJ8+").unread.empty());
  CHECK_FALSE(read(typed("image/png", "base64"), "AAAA").unread.empty());
  CHECK_FALSE(read({}, "hello\r\nbegin 644 form.pdf\r\n#AAA\r\n").unread.empty());
  CHECK(read({}, "to begin 644 things\r\nbegin with this").unread.empty());
}

TEST_CASE("what is shown where it differs from the text") {
  const auto plain = read(typed("text/plain; charset=utf-8; format=flowed"), "xb, \r\nxc\r\n");
  CHECK(plain.text == "xb, \nxc\n");
  CHECK(plain.as_shown() == "xb, xc\n");
  CHECK(read(typed("text/plain; format=flowed; delsp=yes"), "xb, x \r\nc\r\n").as_shown() == "xb, xc\n");
  CHECK(read(typed("text/plain; format=flowed", "base64"), "eGIsIA0KeGMNCg==").as_shown() == "xb, xc\n");
  CHECK(read(typed("text/plain"), "xb, \r\nxc\r\n").as_shown() == "xb, \nxc\n");
  CHECK(read(typed("multipart/mixed; boundary=b"), "--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n")
            .as_shown() == "one\n\f\ntwo");
}

TEST_CASE("multipart") {
  const auto row = GENERATE(values<Row>({
      {"two texts", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--b--\r\n", "one\ntwo"},
      {"preamble and epilogue are nobody's", "multipart/mixed; boundary=b", "",
       "join\r\n--b\r\n\r\none\r\n--b--\r\njoin\r\n", "one"},
      {"text and HTML", "multipart/alternative; boundary=\"b b\"", "",
       "--b b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b b\r\nContent-Type: "
       "text/plain\r\n\r\ntext\r\n--b b--",
       "text\nhtml\n"},
      {"nested", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n--b\r\n"
       "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
       "quoted-printable\r\n\r\n=E9\r\n--b--",
       "one\né"},
      {"no end boundary", "multipart/mixed; boundary=b", "", "--b\r\n\r\none", "one"},
      {"no boundary at all", "multipart/mixed", "", "--b\r\n\r\njoin\r\n", nullptr},
      {"a picture", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: "
       "base64\r\n\r\nAAAA\r\n--b--",
       "one"},
      {"an attached message behind the text", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\njoin\r\n--b--", "one"},
      {"an attached message before the text", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\njoin\r\n--b\r\n\r\none\r\n--b--",
       nullptr},
      {"a part with two types", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: image/png\r\nContent-Type: text/plain\r\n\r\njoin\r\n--b--", nullptr},
      {"a part with no real type", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: nonsense\r\n\r\njoin\r\n--b--", nullptr},
      {"a CR alone in the preamble", "multipart/mixed; boundary=b", "",
       "pre\r--b\r\rjoin\r\n--b\r\n\r\nhello\r\n--b--\r\n", nullptr},
      {"a CR alone in an attachment", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: application/x\r\n\r\nx\r--b\r\rjoin\r\n--b--\r\n", nullptr},
      {"a CR alone in the header of a part", "multipart/mixed; boundary=b", "",
       "--b\r\nX-A: 1\r\rjoin\r\nContent-Type: application/x\r\n\r\nhello\r\n--b--\r\n", nullptr},
      {"a line among the fields that is none", "multipart/mixed; boundary=b", "",
       "--b\r\njoin now\r\nContent-Type: application/x\r\n\r\nhello\r\n--b--\r\n", nullptr},
      {"a blank before the colon", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type : application/x\r\n\r\njoin\r\n--b--\r\n", nullptr},
      {"a continuation of nothing", "multipart/mixed; boundary=b", "",
       "--b\r\n x: y\r\n\r\nhello\r\n--b--\r\n", nullptr},
      {"a line of blanks among the fields", "multipart/mixed; boundary=b", "",
       "--b\r\nX: y\r\n \r\nContent-Type: application/x\r\n\r\nhello\r\n--b--\r\n", nullptr},
      {"a bad line in a nested part", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\njoin\r\nX: y\r\n\r\nhello\r\n"
       "--b1--\r\n--b--\r\n",
       nullptr},
      {"folded fields, and text behind the last boundary", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: text/plain;\r\n\tcharset=utf-8\r\n\r\none\r\n--b--\r\nbye\r\n", "one"},
      {"a boundary that ends in a blank", "multipart/mixed; boundary=\"a \"", "",
       "--a\r\n\r\njoin\r\n--a--\r\n\r\n--a \r\nContent-Type: application/x\r\n\r\nhi\r\n--a --\r\n",
       nullptr},
      {"a boundary of odd characters", "multipart/mixed; boundary=\"a*b\"", "",
       "--a*b\r\n\r\nhi\r\n--a*b--\r\n", nullptr},
      {"a boundary in pieces", "multipart/mixed; boundary*0=b; boundary=c", "", "--c\r\n\r\nhi\r\n--c--\r\n",
       nullptr},
      {"an encoded multipart", "multipart/mixed; boundary=b", "base64",
       "LS1iDQoNCmpvaW4NCi0tYi0tDQo=", nullptr},
      {"blanks behind a boundary", "multipart/mixed; boundary=b", "",
       "--b \t\r\n\r\none\r\n--b-- \r\njoin\r\n", "one"},
      {"a line that begins like a boundary", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--bb\r\n\r\ntwo\r\n--b--\r\n", nullptr},
      {"a boundary that begins with the outer one", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n\r\none\r\n--b1--\r\n--b--\r\n",
       nullptr},
      {"a boundary that the outer one begins with", "multipart/mixed; boundary=b1", "",
       "--b1\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n--b1--\r\n",
       nullptr},
      {"two parts with the same boundary, one after the other", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n--b\r\n"
       "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\ntwo\r\n--c--\r\n--b--\r\n",
       "one\ntwo"},
      {"a part behind the last boundary", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b--\r\n--b\r\n\r\njoin\r\n--b--\r\n", nullptr},
      {"an inner multipart that the outer one ends", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--b\r\n\r\n"
       "two\r\n--c\r\n\r\nthree\r\n--c--\r\n--b--\r\n",
       nullptr},
      {"an inner multipart without end, the last thing there is", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none", "one"},
      {"an inner multipart without parts", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--\r\n",
       nullptr},
      {"a boundary among the fields", "multipart/mixed; boundary=\"b:c\"", "",
       "--b:c\r\nX: y\r\n--b:c\r\n\r\nhello\r\n--b:c--\r\n", nullptr},
      {"empty lines before a boundary", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--\r\n", "one\n"},
      {"line ends without CR", "multipart/mixed; boundary=b", "", "--b\n\none\n--b\n\ntwo\n--b--\n",
       "one\ntwo"},
      {"a comment before the type", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Type: (x) text/plain\r\n\r\njoin\r\n--b--\r\n", nullptr},
      {"an attachment with a sloppy name", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: application/pdf; name=a b.pdf\r\n\r\nx\r\n--b--\r\n", "one"},
      {"a line break in quoted-printable with a blank behind it", "multipart/mixed; boundary=b", "",
       "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\njo= \r\nin\r\n--b--\r\n", nullptr},
      {"a digest behind the text", "multipart/mixed; boundary=b", "",
       "--b\r\n\r\none\r\n--b\r\nContent-Type: multipart/digest; boundary=c\r\n\r\n--c\r\n\r\n"
       "Subject: x\r\n\r\njoin\r\n--c\r\n\r\nTo: a:a:;\r\n\r\njoin\r\n--c--\r\n--b--\r\n",
       "one"},
      {"a digest before the text", "multipart/digest; boundary=b", "",
       "--b\r\n\r\nSubject: x\r\n\r\njoin\r\n--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b--\r\n",
       nullptr},
      {"a text in a digest", "multipart/digest; boundary=b", "",
       "--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\n\r\nSubject: x\r\n\r\njoin\r\n--b--\r\n", "one"},
      {"parts of a multipart in a digest are texts", "multipart/digest; boundary=b", "",
       "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n--b--\r\n", "one"},
  }));
  INFO(row.story);
  const Words words = read(typed(row.type, row.encoding), row.body);
  CHECK(words.readable == (row.want != nullptr));
  CHECK(words.text == (row.want != nullptr ? row.want : ""));
}

TEST_CASE("attached messages are passed over behind the text, whatever is in them") {
  const std::string type =
      GENERATE(as<std::string>{}, "message/rfc822", "message/global", "message/news", "message/partial",
               "message/delivery-status", "message/external-body; access-type=x", "message/rfc822 (x)",
               "multipart/digest; boundary=c", "text/rfc822-headers");
  const std::string fold = GENERATE(as<std::string>{}, "", "\r\n ", "\r\n --", "\r\n\t");
  const std::string name = GENERATE(as<std::string>{}, "To", "Cc", "Bcc", "From", "Sender", "Reply-To");
  std::string body = "--b\r\n\r\none\r\n--b\r\nContent-Type: " + type + "\r\n\r\n";
  if (type.starts_with("multipart")) body += "--c\r\n\r\n";
  body += name + ":";
  const int depth = fold.empty() ? 40'000 : 9'000;  // more lines are too many
  for (int i = 0; i < depth; ++i) body += fold + "a:";
  body += "\r\n\r\njoin\r\n";
  if (type.starts_with("multipart")) body += "--c--\r\n";
  const Words words = read(typed("multipart/mixed; boundary=b"), body + "--b--\r\n");
  CHECK(words.why_unreadable.empty());
  CHECK(words.text == "one");
}

TEST_CASE("an attached message at the deepest place that is read") {
  const std::size_t depth = GENERATE(19U, 20U);
  std::string body;
  std::string end;
  for (std::size_t i = 0; i < depth; ++i) {
    const std::string boundary(1, static_cast<char>('a' + i));
    body += "--" + boundary + "\r\n\r\n" + std::to_string(i) + "\r\n--" + boundary + "\r\n";
    if (i + 1 < depth) {
      body += "Content-Type: multipart/mixed; boundary=" + std::string(1, static_cast<char>('b' + i)) +
              "\r\n\r\n";
    }
    end = "\r\n--" + boundary + "--" + end;
  }
  const Words words = read(typed("multipart/mixed; boundary=a"),
                           body + "Content-Type: message/rfc822\r\n\r\nTo: a:a:;\r\n\r\njoin" + end);
  CHECK(words.why_unreadable.empty());
  CHECK_THAT(words.text, Catch::Matchers::EndsWith(std::to_string(depth - 1)));
}

TEST_CASE("what an author goes by") {
  const auto names = [](std::string from) {
    return read({{"From", " " + std::move(from)}}, "").author_names;
  };
  CHECK(names("\"Anne Example\" <anne@nic.xa>") == "\"Anne Example\"  anne");
  CHECK(names("=?utf-8?Q?Andr=C3=A9?= <andre@nic.xa>") == "André  andre");
  CHECK(names("anne.example@nic.xa") == " anne.example");
  CHECK(names("=?x-none?Q?Bob?= <anne@nic.xa>").empty());
  CHECK(names(std::string(2000, 'a')).empty());
}

TEST_CASE("a reply names a message") {
  CHECK(read({{"In-Reply-To", " <1@nic.xa>"}}, "").is_reply);
  CHECK(read({{"References", " <1@nic.xa>"}}, "").is_reply);
  CHECK_FALSE(read({{"In-Reply-To", " yours"}}, "").is_reply);
  CHECK_FALSE(read({}, "").is_reply);
}

TEST_CASE("pictures of some size may say something") {
  const auto with_picture = [](std::size_t octets) {
    return read(typed("multipart/mixed; boundary=b"),
                "--b\r\n\r\none\r\n--b\r\nContent-Type: image/png; name=logo.png\r\n\r\n\x89PNG" +
                    std::string(octets, 'x') + "\r\n--b--\r\n");
  };
  CHECK(with_picture(100).pictures);
  CHECK_FALSE(with_picture(10).pictures);
  CHECK(with_picture(100).unread.empty());
  CHECK(read(typed("text/html"), "<p>a<img src=\"https://nic.xa/logo.png\">").pictures);
  CHECK_FALSE(read(typed("text/html"), "<p>a").pictures);
}

TEST_CASE("limits make a text unreadable, fast") {
  std::string body;
  std::string type = "multipart/mixed; boundary=b";
  SECTION("truncated") {
    CHECK_FALSE(read({}, "join", true).readable);
    return;
  }
  SECTION("a long plain text") {
    type = "text/plain";
    body.assign(65'537, 'x');
  }
  SECTION("a long encoded text") {
    type = "text/html";
    body.assign(3'000'000, 'x');
  }
  SECTION("nested 1,000 deep") {
    for (int i = 0; i < 1000; ++i) {
      const std::string name = "b" + std::to_string(i);
      body += "--" + (i == 0 ? "b" : "b" + std::to_string(i - 1)) +
              "\r\nContent-Type: multipart/mixed; boundary=" + name + "\r\n\r\n";
    }
  }
  SECTION("nested 21 deep") {
    for (int i = 0; i < 21; ++i) {
      body += "--" + std::string(1, static_cast<char>('a' + i)) +
              "b\r\nContent-Type: multipart/mixed; boundary=" + std::string(1, static_cast<char>('b' + i)) +
              "b\r\n\r\n";
    }
    type = "multipart/mixed; boundary=ab";
  }
  SECTION("201 parts") {
    for (int i = 0; i < 201; ++i) body += "--b\r\n\r\nx\r\n";
  }
  SECTION("a million parts") {
    for (int i = 0; i < 1'000'000; ++i) body += "--b\n\n";
  }
  SECTION("a million fields") {
    body = "--b\n";
    for (int i = 0; i < 1'000'000; ++i) body += "a:b\n";
  }
  SECTION("a million fields in an attached message") {
    body = "--b\n\nx\n--b\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n";
    for (int i = 0; i < 1'000'000; ++i) body += "a:b\n";
  }
  const Words words = read(typed(type), body);
  CHECK_FALSE(words.readable);
  CHECK(words.text.empty());
}

TEST_CASE("a big attachment is no trouble") {
  std::string body =
      "--b\r\n\r\njoin\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  for (int i = 0; i < 100'000; ++i) body += std::string(76, 'A') + "\r\n";
  const Words words = read(typed("multipart/mixed; boundary=b"), body + "--b--\r\n");
  CHECK(words.readable);
  CHECK(words.text == "join");
}

TEST_CASE("the raw body is told where it is not simply the text") {
  CHECK(read(typed("text/plain"), "a\rb").raw.empty());
  CHECK(read(typed("text/html"), "<p>a</p>").raw == "<p>a</p>");
}

TEST_CASE("Content fields twice") {
  Fields fields = typed("text/plain", "7bit");
  fields.push_back({"content-type", " text/html"});
  CHECK_FALSE(read(fields, "join").readable);
}

TEST_CASE("Subject") {
  struct Subject {
    const char* field;
    const char* want;
    bool readable = true;
  };
  const auto row = GENERATE(values<Subject>({
      {" subscribe xa", "subscribe xa"},
      {" subscribe\n xa", "subscribe xa"},
      {" =?utf-8?Q?subscribe_xa?=", "subscribe xa"},
      {" =?utf-8?B?c3Vic2NyaWJl?= =?iso-8859-1?q?_t=E9l?=\n =?koi8-r?b?zsXU?=", "subscribe télнет"},
      {" Re: =?US-ASCII*en?q?join?= xa", "Re: join xa"},
      {" =?utf-7?q?join?=", "=?utf-7?q?join?=", false},
      {" subscribe =?x-none?q?xa?=", "subscribe =?x-none?q?xa?=", false},
      {" =?utf-8?q?subscribe=FF?=", "=?utf-8?q?subscribe=FF?=", false},
      {" =?utf-8?b?c3Vic2NyaWJl/w==?=", "=?utf-8?b?c3Vic2NyaWJl/w==?=", false},
      {" =?utf-8?q?t=C3?=\n =?UTF-8?q?=A9l?=", "tél"},
      {" 1 =? 2", "1 =? 2"},
      {" subscribe \xd1\x80\xd1\x84", "subscribe рф"},
      {" t\xe9l", "t\xe9l", false},
      {" =?utf-8?q?join=0Aleave?=", "join leave"},
  }));
  INFO(row.field);
  const Words words = read({{"Subject", row.field}}, "text");
  CHECK(words.subject == row.want);
  CHECK(words.readable == row.readable);
  CHECK(words.subject_readable == row.readable);
}

TEST_CASE("a Subject that changes charsets with every word costs no more than another") {
  constexpr std::array<const char*, 8> kWords = {
      "=?gb18030?b?xOO6ww==?= ", "=?big5?b?p0GmbaE=?= ",   "=?euc-jp?b?pKI=?= ",
      "=?shift_jis?b?gqA=?= ",   "=?euc-kr?b?sKE=?= ",     "=?iso-2022-jp?b?GyRCGyhC?= ",
      "=?koi8-r?q?=C1?= ",       "=?windows-1251?q?=E0?= "};
  std::string subject = " ";
  for (std::size_t i = 0; subject.size() < 100'000; ++i) subject += kWords[i % kWords.size()];
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) static_cast<void>(read({{"Subject", subject}}, "text"));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
}

}  // namespace
}  // namespace ccgate
