#include "milter/texts/template.h"

#include <filesystem>

#include "milter/texts/templates.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using test::TempFolder;

namespace {

/// All issues as the operator sees them.
std::string told(const std::string& text, NoticeKind kind = NoticeKind::objected) {
  Issues issues;
  const auto form = parse_template(text, "x.txt", kind, issues);
  std::string out;
  for (const Issue& issue : issues) out += render(issue);
  CHECK(form.has_value() == issues.empty());
  return out;
}

std::string body_of(const std::string& body, const NoticeValues& values) {
  Issues issues;
  const auto form = parse_template("Subject: x\n\n" + body, "x.txt", NoticeKind::objected, issues);
  REQUIRE(form);
  return fill(*form, values).body;
}

std::string all(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues) out += render(issue);
  return out;
}

}  // namespace

TEST_CASE("every notice of conf/notices is the one built in, and has no links") {
  Issues issues;
  const std::string folder = CCGATE_SOURCE_DIR "/conf/notices";
  check_templates(folder, {}, issues);
  CHECK(all(issues) == "");
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    (void)entry;
    ++count;
  }
  CHECK(count == EnumWords<NoticeKind>::table.size());
  const NoticeTemplates built_in;
  const NoticeTemplates shipped = NoticeTemplates::read(folder, {}, issues);
  for (const auto& [kind, word] : EnumWords<NoticeKind>::table) {
    const NoticeWords words = fill(built_in.get(kind, ""), {});
    CHECK(words.body == fill(shipped.get(kind, ""), {}).body);
    CHECK(words.body.find("://") == std::string::npos);
    CHECK(parse_word<NoticeKind>(word) == kind);
  }
}

TEST_CASE("a text is filled, and broken where it gets too long") {
  const NoticeValues values{{"who", {{"hostmaster@nic.xa"}, "hostmaster@nic.xa"}},
                            {"people", {{"Anne", "Ben"}, ""}},
                            {"detail", {{std::string(30, 'a') + " " + std::string(30, 'b')}, ""}}};
  CHECK(body_of("{who}: {detail} {id}.\n", values) ==
        "hostmaster@nic.xa: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb .\n");
  CHECK(body_of("a\n  {people}\nb {{ c }\n", values) == "a\n  Anne\n  Ben\nb { c }\n");
  CHECK(body_of("   x {detail} " + std::string(100, 'c') + " d\n", values) ==
        "   x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n   " + std::string(100, 'c') +
            "\n   d\n");
  CHECK(body_of("a\r\nb", values) == "a\nb\n");
  const std::string wide = body_of("\u0431 " + std::string(69, 'x') + " \u0431\n", values);
  CHECK(wide == "\u0431 " + std::string(69, 'x') + "\n\u0431\n");
}

TEST_CASE("what is wrong in a text is told with its place") {
  CHECK(told("Subject: {list}\n\n{whoo} {cctld}\n") ==
        "x.txt:3:1: error: `{whoo}` is no placeholder of `objected`\n"
        "{whoo} {cctld}\n"
        "^\n"
        "help: did you mean `who`?\n"
        "x.txt:3:8: error: `{cctld}` is no placeholder of `objected`\n"
        "{whoo} {cctld}\n"
        "       ^\n"
        "help: did you mean `cctlds`?\n");
  CHECK(told("Hello\n\nx\n") ==
        "x.txt:1:1: error: the first line is no Subject\nHello\n^\n"
        "help: begin with `Subject: ...` and an empty line\n");
  CHECK(told("Subject: \u0431\n\nx\n") ==
        "x.txt:1:10: error: the Subject is not ASCII\nSubject: \u0431\n         ^\n"
        "help: the text below may be; the Subject is kept readable for every mail program\n");
  CHECK(told("Subject: a\nb\n\n{ {people}\n")
            .find("x.txt:2:1: error: the line after the Subject is not empty") == 0);
  CHECK(told("Subject: a\n\n\u0431 { b\n") ==
        "x.txt:3:3: error: a `{` that begins no placeholder\n\u0431 { b\n  ^\n"
        "help: write `{{` for a brace in the text\n");
  CHECK(told("Subject: a\n\nx {people}\n") ==
        "x.txt:3:3: error: `{people}` is not alone on its line\nx {people}\n  ^\n"
        "help: it stands for several lines; each gets the indentation of this one\n");
  CHECK(told("Subject: {people}\n\nx\n").find("is not alone on its line") != std::string::npos);
  CHECK(told("Subject: a\n\nx\n\xe4 \n").find("x.txt:4:1: error: the file is not UTF-8\n") == 0);
  CHECK(told("Subject: a\n\nx \xe2\x80\xae y\n").find("x.txt:3:3: error: a control character") == 0);
  CHECK(told("Subject:\n\nx\n").find("the Subject is empty") != std::string::npos);
  CHECK(told("Subject: a\n\n \n").find("the text has no body") != std::string::npos);
  CHECK(told("").find("the first line is no Subject") != std::string::npos);
  CHECK(told("Subject: a\n\n" + std::string(70000, 'x')).find("larger than 64 KiB") != std::string::npos);
}

TEST_CASE("a question has to say what is asked") {
  const std::string words = told("Subject: a\n\n{request} {cctlds}\n  {people}\n", NoticeKind::ask);
  CHECK(words.find("the text does not have `{author}`") != std::string::npos);
  CHECK(told("Subject: a\n\n{request} {cctlds} {author}\n{people}\n", NoticeKind::ask) == "");
  CHECK(told("Subject: a\n\nx\n", NoticeKind::digest).find("`{requests}`") != std::string::npos);
}

TEST_CASE("a folder replaces some texts, and may have others for a language") {
  const TempFolder folder;
  const auto body = [](const NoticeTemplates& texts, NoticeKind kind, const std::string& language) {
    return fill(texts.get(kind, language), {}).body;
  };
  folder.write("objected.txt", "Subject: a\n\nours\n");
  folder.write("objected.fr.txt", "Subject: a\n\nla notre\n");
  folder.write("bounced.txt", "Subject: a\n\n{nothing}\n");
  folder.write("README", "not looked at");
  Issues issues;
  const NoticeTemplates texts = NoticeTemplates::read(folder.path(), {"fr", "de"}, issues);
  CHECK(body(texts, NoticeKind::objected, "") == "ours\n");
  CHECK(body(texts, NoticeKind::objected, "fr") == "la notre\n");
  CHECK(body(texts, NoticeKind::objected, "de") == "ours\n");
  CHECK(body(texts, NoticeKind::bounced, "fr") == body(NoticeTemplates(), NoticeKind::bounced, ""));
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().file == folder.path() + "/bounced.txt");
  CHECK(issues.front().at == Position{3, 1});
}

TEST_CASE("ccgate check tells of files that no notice is made from") {
  const TempFolder folder;
  folder.write("informs.txt", "x");
  folder.write("xyzzy.txt", "x");
  folder.write("objected.fr.txt", "Subject: a\n\nx\n");
  Issues issues;
  check_templates(folder.path(), {"de"}, issues);
  CHECK(
      all(issues) ==
      folder.path() + "/informs.txt: warning: no notice is named `informs`\nhelp: did you mean `inform`?\n" +
          folder.path() +
          "/objected.fr.txt: warning: no ccTLD has the language `fr`\nhelp: name it in `notices: {languages: "
          "...}`, or remove the file\n" +
          folder.path() +
          "/xyzzy.txt: warning: no notice is named `xyzzy`\nhelp: there are inform, ask, vouch, digest, "
          "objected, confirmed, refused, vouched, unclear, too_late, bounced, expired, delayed, held, "
          "review, "
          "reminder, reviewed, repository, invite, remind, follow_up\n" +
          folder.path() +
          ": warning: no text is in the language `de`\nhelp: write ask.de.txt and inform.de.txt, or take it "
          "out "
          "of `notices: {languages: ...}`\n");
  issues.clear();
  check_templates(folder.path(), {"fr"}, issues);
  CHECK(issues.size() == 2);
  issues.clear();
  check_templates(folder.path() + "/none", {}, issues);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == "there is no such folder");
  issues.clear();
  check_templates("", {}, issues);
  CHECK(issues.empty());
}

TEST_CASE("the language of a notice is that of all its ccTLDs") {
  const std::map<Domain, std::string> languages{
      {*Domain::parse("xa"), "fr"}, {*Domain::parse("xb"), "fr"}, {*Domain::parse("xc"), "de"}};
  CHECK(language_for(languages, {"xa", "xb"}) == "fr");
  CHECK(language_for(languages, {"xa", "xc"}) == "");
  CHECK(language_for(languages, {"xa", "xd"}) == "");
  CHECK(language_for(languages, {}) == "");
  CHECK(languages_of(languages) == std::set<std::string>{"de", "fr"});
}

TEST_CASE("a site with a bad text is not loaded") {
  const TempFolder folder;
  std::filesystem::copy(CCGATE_SOURCE_DIR "/conf", folder.path(), std::filesystem::copy_options::recursive);
  folder.write("notices/ask.txt", "Subject: x\n\n{nobody}\n");
  folder.write("ccgate.yaml", folder.read("ccgate.yaml") + "notices: {folder: notices}\n");
  Issues issues;
  CHECK(load_ruleset(folder.path() + "/ccgate.yaml", issues) == nullptr);
  CHECK(all(issues).find("ask.txt:3:1: error: `{nobody}` is no placeholder of `ask`") != std::string::npos);
  issues.clear();
  std::filesystem::remove(folder.path() + "/notices/ask.txt");
  CHECK(load_ruleset(folder.path() + "/ccgate.yaml", issues) != nullptr);
  INFO(all(issues));
  CHECK_FALSE(has_errors(issues));
}
