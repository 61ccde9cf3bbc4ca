#include "policy/request/form.h"

#include "policy/text/lines.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// `name|e-mail|phone` for each person.
std::string told(const std::vector<Person>& people) {
  std::string out;
  for (const Person& person : people) {
    if (!out.empty()) out += " + ";
    out += person.name + '|' + (person.email ? person.email->text() : "") + '|' + person.phone;
  }
  return out;
}

TEST_CASE("another e-mail is of the person before it, and of nobody by itself") {
  const auto read = [](const char* text) {
    PeopleReader reader;
    for (const char* line :
         {"Name: Anne", "E-mail: a@nic.example", text, "Name: Bob", "E-mail: b@nic.example"})
      if (const auto labelled = labelled_line(line)) reader.add(labelled->label, labelled->value);
    return reader.finish();
  };
  std::vector<Person> people = read("Other e-mail: a@other.example");
  REQUIRE(people.size() == 2);
  REQUIRE(people[0].other_email);
  CHECK(people[0].other_email->text() == "a@other.example");
  CHECK(people[0].email->text() == "a@nic.example");
  CHECK_FALSE(people[1].other_email);
  for (const char* none : {"Other e-mail:", "Other e-mail: none", "Other e-mail: a@@b",
                           "Second email: a@other.example, b@other.example"}) {
    INFO(none);
    people = read(none);
    REQUIRE(people.size() == 2);
    CHECK_FALSE(people[0].other_email);
  }
  PeopleReader alone;
  alone.add(Label::other_email, "a@other.example");
  CHECK(alone.finish().empty());
}

struct FormRow {
  const char* story;
  const char* text;
  const char* want;
  Form form;
};

TEST_CASE("people of a form") {
  const auto row = GENERATE(values<FormRow>({
      {"one person", "Name: Anne\nE-mail: anne@nic.example\nPhone: +1 555 0100",
       "Anne|anne@nic.example|+1 555 0100", Form::full},
      {"two people, no blank line",
       "Name: Anne\nE-mail: a@x.example\nPhone: 1\nName: Bob\nE-mail: b@x.example\nPhone: 2",
       "Anne|a@x.example|1 + Bob|b@x.example|2", Form::full},
      {"another order", "E-mail: a@x.example\nName: Anne\nTel.: 1\nE-mail: b@x.example\nName: Bob\nTel.: 2",
       "Anne|a@x.example|1 + Bob|b@x.example|2", Form::full},
      {"phones first", "Phone: 1\nName: A\nMail: a@x.example\nPhone: 2\nName: B\nMail: b@x.example",
       "A|a@x.example|1 + B|b@x.example|2", Form::full},
      {"phone and mobile", "Name: A\nE-mail: a@x.example\nPhone: 1\nMobile: 2", "A|a@x.example|1",
       Form::full},
      {"numbers, marks and quotes",
       "> 1. *Name:* Anne\n> 2) E-Mail (work) : <a@x.example>\n> - Phone no.: *1*", "Anne|a@x.example|1",
       Form::full},
      {"numbered contacts", "Contact 1 Name: A\nContact 1 e-mail: a@x.example\nContact 1 phone: 1",
       "A|a@x.example|1", Form::full},
      {"German", "Vorname: Anne\nNachname: Muster\nE-Mail-Adresse: a@x.example\nTelefonnummer: 1",
       "Anne Muster|a@x.example|1", Form::full},
      {"French", "Nom : Anne\nCourriel : a@x.example\nNuméro de téléphone : 1", "Anne|a@x.example|1",
       Form::full},
      {"Russian", "ФИО: Анна\nЭл. почта: a@x.example\nТелефон: 1", "Анна|a@x.example|1", Form::full},
      {"Japanese", "氏名：アン\nメールアドレス：a@x.example\n電話番号：1", "アン|a@x.example|1", Form::full},
      {"Chinese", "姓名：安\n电子邮件：a@x.example\n电话：1", "安|a@x.example|1", Form::full},
      {"Arabic", "الاسم: آن\nالبريد الإلكتروني: a@x.example\nالهاتف: 1", "آن|a@x.example|1", Form::full},
      {"fullwidth letters", "Ｎａｍｅ：Anne\nＥ－ｍａｉｌ：a@x.example\nＴｅｌ：1", "Anne|a@x.example|1",
       Form::full},
      {"a link behind the address", "Name: A\nE-mail: a@x.example <mailto:a@x.example>\nTel: 1",
       "A|a@x.example|1", Form::full},
      {"a quoted blank form", "Name: A\nE-mail: a@x.example\nTel: 1\n> Name:\n> E-mail: ____\n> Phone: ...",
       "A|a@x.example|1", Form::full},
      {"a signature", "Name: A\nE-mail: a@x.example\nTel: 1\n-- \nAnne\nE-mail: a@x.example\nTel: 9",
       "A|a@x.example|1", Form::full},
      {"text and HTML", "Name: A\nE-mail: a@x.example\nTel: 1\nName: A\nE-mail: a@x.example\nTel: 1",
       "A|a@x.example|1", Form::full},
      {"no phone", "Name: A\nE-mail: a@x.example", "A|a@x.example|", Form::partial},
      {"one of two complete", "Name: A\nE-mail: a@x.example\nTel: 1\nName: B", "A|a@x.example|1 + B||",
       Form::partial},
      {"two addresses", "Name: A\nE-mail: a@x.example, b@x.example\nTel: 1",
       "A|a@x.example| + |b@x.example|1", Form::partial},
      {"no address", "Name: A\nE-mail: see below\nTel: 1", "A||1", Form::partial},
      {"no form", "Hello,\nhttps://nic.example\nDate: today\nTo: me", "", Form::none},
  }));
  INFO(row.story);
  PeopleReader reader;
  for (const auto line : split_lines(row.text)) {
    if (const auto labelled = labelled_line(line)) reader.add(labelled->label, labelled->value);
  }
  const auto people = reader.finish();
  CHECK(told(people) == row.want);
  CHECK(completeness(people) == row.form);
}

TEST_CASE("labels for ccTLDs") {
  const auto* line =
      GENERATE("ccTLD: xa", "> ccTLD(s): xa", "TLDs：xa", "Country code: xa", "Code pays : xa",
               "Código de país: xa", "Ländercode: xa", "Landcode: xa", "Kod kraju: xa", "Код страны: xa",
               "国コード：xa", "国家代码：xa", "رمز الدولة: xa", "3. *ccTLD:* xa", "Codice paese: xa");
  INFO(line);
  const auto labelled = labelled_line(line);
  REQUIRE(labelled);
  CHECK(labelled->label == Label::cctlds);
  CHECK(labelled->value == "xa");
}

TEST_CASE("addresses that cannot be read are doubtful") {
  PeopleReader reader;
  reader.add(Label::email, "anne@@nic.example");
  CHECK(reader.doubtful_address());
}

}  // namespace
}  // namespace ccgate
