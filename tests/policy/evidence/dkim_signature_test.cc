#include "policy/evidence/dkim_signature.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr const char* kGood = " v=1; a=rsa-sha256; d=nic.xa; s=s1; h=from:to:cc; bh=YWJj; b=YWJj";

std::string why(const std::string& field) {
  const auto result = parse_dkim_signature(field);
  return std::holds_alternative<DkimTags>(result) ? "ok" : std::get<DkimTagFault>(result).why;
}

std::string replaced(std::string from, std::string to) {
  std::string text = kGood;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a signature field obeys the grammar or is not looked at") {
  CHECK(why(kGood) == "ok");
  CHECK(why(std::string(kGood) + ";") == "ok");
  CHECK(why(std::string(kGood) + "; t=1; x=2; c=relaxed/simple; q=dns/txt; i=anne@mail.nic.xa; z=x") == "ok");
  CHECK(why(" v=1;\n\ta=rsa-sha256; d=nic.xa;\n\ts=s1; h=From : To\n\t: Cc; bh=YW\n\tJj; b=YW Jj") == "ok");
  CHECK(why(std::string(kGood) + "; d=nic.xa") == "a tag stands twice");
  CHECK(why(std::string(kGood) + ";; x=1") == "an empty tag");
  CHECK(why(std::string(kGood) + "; x") == "a tag without a value");
  CHECK(why(std::string(kGood) + "; x=-1") == "t=, x= or l= is no plain number");
  CHECK(why(std::string(kGood) + "; l=9999999999999") == "t=, x= or l= is no plain number");
  CHECK(why(std::string(kGood) + "; t=2; x=2") == "x= is not after t=");
  CHECK(why(std::string(kGood) + "; q=dns/xyz") == "q= is not dns/txt");
  CHECK(why(std::string(kGood) + "; c=odd") == "c= is no known canonicalization");
  CHECK(why(std::string(kGood) + "; i=anne@evil.example") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=a=b@nic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=" + std::string(300, 'a') + "@nic.xa") ==
        "i= is no identity within d=");
  CHECK(why(replaced("v=1", "v=2")) == "v= is not 1");
  CHECK(why(replaced("d=nic.xa; ", "")) == "d= is missing");
  CHECK(why(replaced("nic.xa", "xa")) == "d= is no domain");
  CHECK(why(replaced("nic.xa", "n_c.xa")) == "d= is no domain");
  CHECK(why(replaced("s=s1", "s=a..b")) == "s= is no selector");
  CHECK(why(replaced("rsa-sha256", "rsa-md5")) == "a= is no known algorithm");
  CHECK(why(replaced("from:to:cc", "to:cc")) == "h= leaves From out");
  CHECK(why(replaced("from:to:cc", "from::cc")) == "h= has an empty field name");
  CHECK(why(replaced("from:to:cc", "from:dkim-signature")) == "h= names dkim-signature");
  CHECK(why(replaced("bh=YWJj", "bh=Y*Jj")) == "b= or bh= is no base64");
  CHECK(why(std::string(kGood) + "; z=\xc3\xa4") == "an octet outside ASCII text");
  CHECK(why(std::string(kGood) + "; z=" + std::string(9000, 'a')) == "the field is longer than 8 kB");
  std::string many = "from";
  for (int i = 0; i < 64; ++i) many += ":to";
  CHECK(why(replaced("from:to:cc", many)) == "h= names too many fields");
}

TEST_CASE("what the field says") {
  const auto result = parse_dkim_signature(std::string(kGood) + "; l=3; t=100; x=200");
  REQUIRE(std::holds_alternative<DkimTags>(result));
  const DkimTags& tags = std::get<DkimTags>(result);
  CHECK(tags.domain.ascii() == "nic.xa");
  CHECK(tags.signature == "YWJj");
  CHECK(tags.selector == "s1");
  CHECK(tags.header_names == std::vector<std::string>{"from", "to", "cc"});
  CHECK_FALSE(tags.body_whole());
  CHECK(tags.signed_at == 100);
  CHECK(tags.expires == 200);
}

TEST_CASE("h= selects instances from the bottom up") {
  const std::vector<HeaderField> fields = {{"Cc", "1"}, {"From", "2"}, {"cc", "3"}, {"Subject", "4"}};
  using Indexes = std::vector<std::size_t>;
  CHECK(selected_fields({"from", "cc"}, fields) == Indexes{1, 2});
  CHECK(selected_fields({"cc", "cc", "cc", "from"}, fields) == Indexes{0, 1, 2});
  CHECK(selected_fields({"to"}, fields).empty());
}

TEST_CASE("blanks and line ends do not join words") {
  // To a reader that drops blanks `c c` is `cc`; another signs and sees no such field.
  CHECK(why(replaced("from:to:cc", "from:to:c c")) == "h= has an odd field name");
  CHECK(why(replaced("from:to:cc", "from:to:c\n c")) == "h= has an odd field name");
  CHECK(why(replaced("from:to:cc", "from : to\r\n\t: cc")) == "ok");
  CHECK(why(replaced("d=nic.xa", "d=nic .xa")) == "d= is no domain");
  CHECK(why(replaced("s=s1", "s=s 1")) == "s= is no selector");
  CHECK(why(std::string(kGood) + "; i=an ne@nic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; c=rel axed") == "c= is no known canonicalization");
  CHECK(why(std::string(kGood) + "; q=dns /txt") == "q= is not dns/txt");
  CHECK(why(std::string(kGood) + "; t=1 2") == "t=, x= or l= is no plain number");
  CHECK(why(replaced("bh=YWJj; ", "bh=YWJj;\n")) == "a line end that is no fold");
  CHECK(why(std::string(kGood) + "\r") == "a line end that is no fold");
  CHECK(why(std::string(kGood) + "\n") == "a line end that is no fold");
}

TEST_CASE("identities") {
  CHECK(why(std::string(kGood) + "; i=@nic.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=a=3Db@nic.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=a=3db@nic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=nic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=a@evilnic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=a@nic.xa=") == "i= is no identity within d=");
}

TEST_CASE("a faulty field still tells its domain, where it has one") {
  const auto domain = [](const std::string& field) {
    const auto fault = std::get<DkimTagFault>(parse_dkim_signature(field));
    return fault.domain ? fault.domain->ascii() : "none";
  };
  CHECK(domain(replaced("v=1", "v=2")) == "nic.xa");
  CHECK(domain(replaced("d=nic.xa; ", "")) == "none");
  CHECK(domain(replaced("d=nic.xa", "d=n_c.xa")) == "none");
}

}  // namespace ccgate
