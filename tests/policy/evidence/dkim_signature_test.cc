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
  CHECK(why(std::string(kGood) + "; i=" + std::string(300, 'a') + "@nic.xa") == "ok");
  CHECK(why(replaced("v=1", "v=2")) == "v= is not 1");
  CHECK(why(replaced("d=nic.xa; ", "")) == "d= is missing");
  CHECK(why(replaced("nic.xa", "xa")) == "d= is no domain");
  CHECK(why(replaced("nic.xa", "n_c.xa")) == "d= is no domain");
  CHECK(why(replaced("s=s1", "s=a..b")) == "s= is no selector");
  CHECK(why(replaced("rsa-sha256", "rsa-md5")) == "a= is no known algorithm");
  CHECK(why(replaced("from:to:cc", "to:cc")) == "h= leaves From out");
  CHECK(why(replaced("from:to:cc", "from::cc")) == "h= has an empty field name");
  CHECK(why(replaced("from:to:cc", "from:dkim-signature")) == "ok");  // any but itself (RFC 6376 3.5)
  CHECK(why(replaced("bh=YWJj", "bh=Y*Jj")) == "b= or bh= is no base64");
  CHECK(why(std::string(kGood) + "; z=\xc3\xa4") == "ok");
  CHECK(why(std::string(kGood) + "; z=\xe4") == "an octet outside UTF-8 text");
  CHECK(why(std::string(kGood) + "; z=\x01") == "a control character");
  CHECK(why(std::string(kGood) + "; z=" + std::string(200'000, 'a')) == "ok");
  std::string many = "from";
  for (int i = 1; i < 200; ++i) many += ":x-" + std::to_string(i);
  CHECK(why(replaced("from:to:cc", many)) == "ok");
  CHECK(why(replaced("from:to:cc", many + ":to")) ==
        "h= names more fields than the 200 that this server reads");
}

TEST_CASE("what is unknown here, or more than is read here, is no fault of the field") {
  using Kind = DkimTagFault::Kind;
  const auto kind = [](const std::string& field) {
    return std::get<DkimTagFault>(parse_dkim_signature(field)).kind;
  };
  std::string many = "from";
  for (int i = 0; i < 200; ++i) many += ":to";
  CHECK(kind(replaced("rsa-sha256", "rsa-sha512")) == Kind::unknown);
  CHECK(kind(replaced("v=1", "v=2")) == Kind::unknown);
  CHECK(kind(std::string(kGood) + "; c=nofws") == Kind::unknown);
  CHECK(kind(std::string(kGood) + "; q=https/json") == Kind::unknown);
  CHECK(kind(replaced("from:to:cc", many)) == Kind::over_limit);
  CHECK(kind(replaced("d=nic.xa", "d=mail_out.nic.xa")) == Kind::unknown);
  CHECK(kind(replaced("d=nic.xa", "d=ml--7.nic.xa")) == Kind::unknown);
  CHECK(kind(replaced("d=nic.xa", "d=nic@xa")) == Kind::malformed);
  CHECK(kind(std::string(kGood) + "; d=nic.xa") == Kind::malformed);
}

TEST_CASE("tags as RFC 6376 3.2 lets them be written") {
  CHECK(why("v =1;a= rsa-sha256 ;\r\n\td\r\n\t=\r\n nic.xa;s=s1;h=from;bh =YWJj;b=YWJj\r\n ;") == "ok");
  CHECK(why("bh=YW Jj;b=\r\n Y W\tJ\r\n j;h=\r\n From\t:\r\n To;s=s1;d=NIC.xa;a=RSA-SHA256;v=1") == "ok");
  CHECK(why(std::string(kGood) + "; r=; darn=lists.example; x_b=1; z=From:a=3Db|To:b=c") == "ok");
  CHECK(why(std::string(kGood) + "; D=evil.example; B=x") == "ok");  // other tags, in another letter case
  CHECK(why(std::string(kGood) + "; q=https/json : dns/txt") == "ok");
  CHECK(why(std::string(kGood) + "; c=Relaxed/Simple") == "ok");
  CHECK(why(replaced("s=s1", "s=default_1807.a--b._x")) == "ok");
  CHECK(why(replaced("from:to:cc", "from:x!y'z/*:to")) == "ok");
  CHECK(why(std::string(kGood) + "; 1x=2") == "a tag with an odd name");
  CHECK(why(std::string(kGood) + "; x-y=2") == "a tag with an odd name");
  CHECK(why(";" + std::string(kGood)) == "an empty tag");
  CHECK(why(std::string(kGood) + ";;") == "an empty tag");
  CHECK(why(replaced("from:to:cc", "from:to:")) == "h= has an empty field name");
  CHECK(why(replaced("s=s1", "s=-a")) == "s= is no selector");
  CHECK(why(replaced("s=s1", "s=a/b")) == "s= is no selector");
}

TEST_CASE("names of internationalized mail") {
  const auto read = [](const std::string& field) { return std::get<DkimTags>(parse_dkim_signature(field)); };
  const DkimTags tags = read(replaced("d=nic.xa; s=s1",
                                      "d=b\xc3\xbc"
                                      "cher.xe; s=schl\xc3\xbcssel.k1"));
  CHECK(tags.domain.ascii() == "xn--bcher-kva.xe");
  CHECK(tags.selector == "xn--schlssel-95a.k1");
  CHECK_FALSE(tags.plain);
  CHECK(why(std::string(kGood) + "; i=b\xc3\xbc"
                                 "cher@nic.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=b\xc3\xbc"
                                 "cher@b\xc3\xbc"
                                 "cher.nic.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=a@b\xc3\xbc"
                                 "cher.xa") == "i= is no identity within d=");
}

TEST_CASE("c= says how, and what b= is not part of") {
  const auto read = [](const std::string& field) { return std::get<DkimTags>(parse_dkim_signature(field)); };
  struct Row {
    const char* c;
    bool header, body;
  };
  for (const Row& row : {Row{"", false, false},
                         {"; c=relaxed", true, false},
                         {"; c=simple/relaxed", false, true},
                         {"; c=relaxed/relaxed", true, true}}) {
    INFO(row.c);
    const DkimTags tags = read(std::string(kGood) + row.c);
    CHECK(tags.relaxed_header == row.header);
    CHECK(tags.relaxed_body == row.body);
  }
  const std::string middle =
      " v=1; b = YW\n Jj ; a=rsa-sha256; d=nic.xa; s=s1; h=from; bh=YWJj; z=b=b; x_b=c";
  CHECK(without_signature(middle, read(middle)) ==
        " v=1; b =; a=rsa-sha256; d=nic.xa; s=s1; h=from; bh=YWJj; z=b=b; x_b=c");
  CHECK(without_signature(kGood, read(kGood)) ==
        " v=1; a=rsa-sha256; d=nic.xa; s=s1; h=from:to:cc; bh=YWJj; b=");
}

TEST_CASE("a signature is the same in whatever base64") {
  const auto read = [](const std::string& b) {
    return std::get<DkimTags>(parse_dkim_signature(replaced(" b=YWJj", " b=" + b))).signature;
  };
  CHECK(read("YWI=") == "YWI=");
  CHECK(read("YWJ") == "YWI=");
  CHECK(read("Y WI\n\t=") == "YWI=");
  CHECK(read("YQ==") == "YQ==");
  CHECK(read("YR") == "YQ==");
}

TEST_CASE("what a library is shown is written as nearly all write it") {
  const auto plain = [](const std::string& field) {
    return std::get<DkimTags>(parse_dkim_signature(field)).plain;
  };
  CHECK(plain(kGood));
  CHECK(
      plain(" v=1; a=rsa-sha256; c=relaxed/relaxed; d=nic.xa; s=s_1;\n t=1; x=2; q=dns/txt; darn=a.example;\n"
            " h=From:To\n\t :Cc; bh=YWJj; b=YW\n\tJj"));
  CHECK(plain(std::string(kGood) + "; i=anne+x@mail.nic.xa"));
  CHECK_FALSE(plain(replaced("d=nic.xa", "d =nic.xa")));
  CHECK_FALSE(plain(std::string(kGood) + "; x_b=1"));
  CHECK_FALSE(plain(std::string(kGood) + "; c=Relaxed"));
  CHECK_FALSE(plain(std::string(kGood) + "; i=a=3Db@nic.xa"));
  CHECK_FALSE(plain(std::string(kGood) + "; i=\"a@b\"@nic.xa"));
  CHECK_FALSE(plain(std::string(kGood) + "; q=dns"));
  CHECK_FALSE(plain(std::string(kGood) + "; z=" + std::string(5000, 'a')));
  CHECK_FALSE(plain(replaced("from:to:cc", "from:dkim-signature")));
  CHECK_FALSE(plain(replaced("from:to:cc", "from:x!y")));
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
  CHECK(signed_fields({"subject", "cc", "from", "cc", "cc"}, fields) == Indexes{3, 2, 1, 0});
}

TEST_CASE("a signature may sign others, never itself") {
  const std::vector<HeaderField> fields = {
      {"DKIM-Signature", "1"}, {"DKIM-Signature", "2"}, {"From", "3"}, {"DKIM-Signature", "4"}};
  using Indexes = std::vector<std::size_t>;
  CHECK(signed_fields({"from", "dkim-signature"}, fields, 1) == Indexes{2, 3});
  CHECK(signed_fields({"from", "dkim-signature", "dkim-signature"}, fields, 3) == Indexes{2, 1, 0});
}

TEST_CASE("blanks and line ends do not join words") {
  // To a reader that drops blanks `c c` is `cc`; another signs and sees no such field.
  CHECK(why(replaced("from:to:cc", "from:to:c c")) == "h= has an odd field name");
  CHECK(why(replaced("from:to:cc", "from:to:c\n c")) == "h= has an odd field name");
  CHECK(why(replaced("from:to:cc", "from : to\r\n\t: cc")) == "ok");
  CHECK(why(replaced("d=nic.xa", "d=nic .xa")) == "d= is no domain");
  CHECK(why(replaced("s=s1", "s=s 1")) == "s= is no selector");
  CHECK(why(std::string(kGood) + "; i=anne@ni c.xa") == "i= is no identity within d=");
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
  CHECK(why(std::string(kGood) + "; i=an\r\n ne@nic.xa") == "ok");  // RFC 6376 2.11
  CHECK(why(std::string(kGood) + "; i=@mail_out.nic.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=@ML--7.NIC.xa") == "ok");
  CHECK(why(std::string(kGood) + "; i=@mail_out.evilnic.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=@_.xa") == "i= is no identity within d=");
  CHECK(why(std::string(kGood) + "; i=a=40evil.example") == "i= is no identity within d=");
  const auto below = [](const std::string& i) {
    return std::get<DkimTags>(parse_dkim_signature(std::string(kGood) + "; i=" + i)).identity_below;
  };
  CHECK_FALSE(below("@nic.xa"));
  CHECK_FALSE(below("\"a@b\"@NIC.xa"));
  CHECK(below("@mail.nic.xa"));
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
  CHECK(domain(std::string(kGood) + "; h=to") == "nic.xa");
}

}  // namespace ccgate
