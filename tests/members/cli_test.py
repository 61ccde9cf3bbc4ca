"""`ccgate members`: exit status, output, and what is in the store afterwards."""
import json
import os
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CCGATE = os.environ["CCGATE"]
NOW = "2030-01-15T12:00:00Z"
GOOD = """\
cctld,name,email,phone,other_email,since
xa,Anne Example,anne@nic.xa,+999 555 0100,anne@other.example,2015-02-24
xb,Anne Example,anne@nic.xa,+999 555 0100,anne@other.example,2015-02-24
xb,"Ben, =B",ben@nic.xb,,,2016-03-01
xn--p1ai,'=HYPERLINK(x),cleo@nic.xc,,,2016-03-01
"""


class Members(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.url = f"sqlite:{self.folder}/ccgate.db"
        subprocess.run([os.environ["CCGATE_LEDGER_FILL"], self.url, os.path.join(os.path.dirname(HERE), "ledger")],
                       check=True)

    def run_with(self, *arguments, store=True, **options):
        """(exit status, standard output, standard error)"""
        done = subprocess.run([CCGATE, "members", *arguments, *(["--store", self.url] if store else [])],
                              cwd=self.folder, capture_output=True, encoding="utf-8", check=False,
                              env={"PATH": "/usr/bin:/bin"}, **options)
        return done.returncode, done.stdout, done.stderr

    def write(self, text, name="members.csv"):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return name

    def load(self, text=GOOD):
        return self.run_with("import", "--list", "tld-ops", "--now", NOW, self.write(text))

    def show(self, *arguments):
        status, out, err = self.run_with("show", *arguments)
        self.assertEqual(err, "")
        return out

    def test_import(self):
        dry = self.run_with("import", "--dry-run", "--list", "tld-ops", "--now", NOW, self.write(GOOD))
        self.assertEqual(dry, (0, "nothing was changed; there would be 4 members of 3 ccTLDs: 4 new, 0 there before\n",
                               ""))
        self.assertEqual(self.show("--as", "json"), "")
        self.assertEqual(self.load(), (0, "4 members of 3 ccTLDs: 4 new, 0 there before\n", ""))
        self.assertEqual(self.load(), (0, "4 members of 3 ccTLDs: 0 new, 4 there before\n", ""))
        self.assertEqual(self.show("--as", "csv"), GOOD)
        self.assertEqual(self.run_with("import", "--list", "tld-ops", "-", input="cctld,name,email,phone\n"),
                         (0, "0 members of 0 ccTLDs: 0 new, 0 there before\n", ""))

    def test_exported_and_imported_elsewhere(self):
        self.load()
        once = self.show("--as", "csv")
        self.run_with("remove", "--list", "tld-ops", "--cctld", "xb", "--why", "moved")
        self.run_with("remove", "--list", "tld-ops", "--cctld", "xa", "--why", "moved")
        self.run_with("remove", "--list", "tld-ops", "--cctld", "xn--p1ai", "--why", "moved")
        self.assertEqual(self.show("--as", "csv"), "cctld,name,email,phone,other_email,since\n")
        self.load(once)
        self.assertEqual(self.show("--as", "csv"), once)

    def test_import_of_what_a_list_manager_prints(self):
        lines = '"Anne Example, #1, .xa .xb, +999 555 0100" <anne@nic.xa>\n"Ben, #2, .xb" <ben@nic.xb>\n'
        self.assertEqual(self.load(lines), (0, "3 members of 2 ccTLDs: 3 new, 0 there before\n", ""))
        self.assertEqual(self.show("--as", "text"),
                         ".xa\n  Anne Example, +999 555 0100, anne@nic.xa\n\n"
                         ".xb\n  Anne Example, +999 555 0100, anne@nic.xa\n  Ben, ben@nic.xb\n")
        status, _, err = self.load(lines + '"Cleo" <cleo@nic.xc>\n')
        self.assertEqual(status, 1)
        self.assertIn("members.csv:3:1: error: no ccTLD in the name\n", err)

    def test_nothing_is_imported_of_a_bad_file(self):
        rows = GOOD.splitlines(keepends=True)
        rows[2:2] = ["example,Dora,dora@nic.xd,\n", "xd,Dora,dora at nic.xd,1,,\n"]
        status, out, err = self.load("\ufeff" + "".join(rows).replace("\n", "\r\n"))
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(err, """\
members.csv:3:1: error: 4 cells, and the first line has 6
example,Dora,dora@nic.xd,
^
help: put a cell with a comma in it in quotes
members.csv:4:9: error: `dora at nic.xd` is no e-mail address
xd,Dora,dora at nic.xd,1,,
        ^
help: one address, without a name
ccgate: nothing was imported
""")
        self.assertEqual(self.show("--as", "json"), "")

    def test_table(self):
        self.load()
        self.assertEqual(self.show(), """\
CCTLD  NAME           E-MAIL       PHONE          SINCE       CHECKED  MARKS
.xa    Anne Example   anne@nic.xa  +999 555 0100  2015-02-24  -        unchecked
.xb    Anne Example   anne@nic.xa  +999 555 0100  2015-02-24  -        unchecked
.xb    Ben, =B        ben@nic.xb   -              2016-03-01  -        unchecked
.рф    =HYPERLINK(x)  cleo@nic.xc  -              2016-03-01  -        unchecked
""")
        self.assertEqual(self.run_with(), self.run_with("show"))
        self.assertEqual(self.run_with("--cctld", "xa"), self.run_with("show", "--cctld", ".XA"))
        self.assertEqual(len(self.show("Anne@NIC.xa").splitlines()), 3)
        self.assertEqual(len(self.show("--cctld", "рф").splitlines()), 2)
        self.assertEqual(self.run_with("show", "--list", "other"), (0, "", "ccgate: no such member\n"))
        self.assertEqual(self.run_with("show", "none@nic.xa"), (1, "", "ccgate: no such member\n"))

    def test_forms(self):
        self.load()
        self.assertEqual(self.show("--as", "text", "--cctld", "xb"),
                         ".xb\n  Anne Example, +999 555 0100, anne@nic.xa, anne@other.example\n"
                         "  Ben, =B, ben@nic.xb\n")
        card = subprocess.run([CCGATE, "members", "show", "--as", "vcf", "--store", self.url, "anne@nic.xa"],
                              capture_output=True, check=True).stdout
        self.assertEqual(card, b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anne Example\r\nEMAIL;PREF=1:anne@nic.xa\r\n"
                               b"EMAIL:anne@other.example\r\nTEL:+999 555 0100\r\nCATEGORIES:.xa,.xb\r\n"
                               b"END:VCARD\r\n")
        self.assertEqual(json.loads(self.show("--as", "json", "--cctld", "xa")), {
            "list": "tld-ops", "cctld": "xa", "email": "anne@nic.xa", "name": "Anne Example",
            "phone": "+999 555 0100", "other_email": "anne@other.example", "since": "2015-02-24T00:00:00Z",
            "began_by": "import", "checked": None, "voucher": "", "review": "unchecked", "seen": None, "bouncing": None,
            "ended": None,
            "ended_by": ""})

    def test_remove(self):
        self.load()
        remove = ["remove", "--list", "tld-ops", "--now", NOW, "--why", "moved"]
        self.assertEqual(self.run_with(*remove, "--cctld", "xb"), (0, """\
removed .xb anne@nic.xa
removed .xb ben@nic.xb
ben@nic.xb is no member of tld-ops any more: take it off in the list manager too
""", ""))
        self.assertEqual(self.run_with(*remove, "--cctld", "xa", "ben@nic.xb"), (1, "", "ccgate: no such member\n"))
        self.assertEqual(self.run_with(*remove, "anne@nic.xa"), (0, """\
removed .xa anne@nic.xa
anne@nic.xa is no member of tld-ops any more: take it off in the list manager too
""", ""))
        self.assertEqual(len(self.show().splitlines()), 2)
        for form in ("csv", "vcf", "text"):
            self.assertEqual(self.run_with("show", "--ended", "--as", form)[0], 2)
        self.assertEqual(self.show("--ended", "ben@nic.xb").splitlines()[1],
                         ".xb    Ben, =B  ben@nic.xb  -      2016-03-01  -        ended 2030-01-15 (hand: moved)")
        self.assertEqual(self.run_with("--ended", "ben@nic.xb")[1], self.show("--ended", "ben@nic.xb"))
        for arguments in (["remove", "--why", "x", "--list", "tld-ops"], ["remove", "--cctld", "xa"],
                          ["remove", "--why", "x", "--cctld", "example"], ["remove", "--why", "x", "anne"],
                          ["show", "--as", "pdf"], ["shwo"], ["remove", "--why", " ", "--cctld", "xa"],
                          ["--cctld", "xa", "remove", "--why", "moved", "anne@nic.xa"]):
            with self.subTest(arguments):
                self.assertEqual(self.run_with(*arguments, store=arguments != ["shwo"])[0], 2)

    def test_compare(self):
        self.load()
        compare = ["compare", "--list", "tld-ops", "--now", NOW]
        everybody = "anne@nic.xa\nBen <BEN@nic.xb>\ncleo@nic.xc\n"
        self.assertEqual(self.run_with(*compare, self.write(everybody, "roster")), (0, "", ""))
        found = """\
on the list, and nobody vouched for them:
  mallory@evil.example
members that are not on the list:
  .xb ben@nic.xb
members to whom mail comes back:
  .xa anne@nic.xa
  .xb anne@nic.xa
"""
        fewer = self.write("anne@nic.xa\ncleo@nic.xc\nmallory@evil.example\n", "roster")
        compare += ["--bouncing", self.write("anne@nic.xa\n", "bouncing")]
        self.assertEqual(self.run_with(*compare, fewer), (1, found, ""))
        self.assertEqual(len(self.show().splitlines()), 5)
        self.assertEqual(self.run_with(*compare, "--apply", fewer), (1, found + "ended 1 member\n", ""))
        self.assertNotIn("ben@nic.xb", self.show())
        self.assertNotIn("mallory", self.show("--ended", "--as", "json"))
        self.assertIn('"ended_by":"roster"', self.show("--ended", "--as", "json", "ben@nic.xb"))
        self.assertEqual(self.show("--cctld", "xa").splitlines()[1].split("  ")[-1], "unchecked, bouncing")

    def test_a_broken_roster_ends_nothing(self):
        self.load()
        before = self.show("--as", "json")
        compare = ["compare", "--list", "tld-ops", "--now", NOW, "--apply"]
        status, _, err = self.run_with(*compare, self.write("", "roster"))
        self.assertEqual((status, err), (1, "ccgate: nothing was changed: 3 of 3 people would end, so the roster "
                                            "may be broken\n"))
        status, _, err = self.run_with(*compare, self.write("cleo@nic.xc\n", "roster"))
        self.assertEqual((status, err), (1, "ccgate: nothing was changed: 2 of 3 people would end, so the roster "
                                            "may be broken\n"))
        status, out, err = self.run_with(*compare, self.write("anne@nic.xa\ncleo@nic.xc\nBen <ben@ni", "roster"))
        self.assertEqual((status, out), (1, ""))
        self.assertIn("roster:3:1: error: `Ben <ben@ni` is no address of a member", err)
        self.assertEqual(self.run_with(*compare, "none")[0], 3)
        self.assertEqual(self.show("--as", "json"), before)

    def test_forget(self):
        self.load()
        status, out, err = self.run_with("forget", "--now", NOW, "Anne@nic.xa")
        self.assertEqual((status, err), (0, ""))
        self.assertRegex(out, r"^2 members forgotten\nthe ledger still keeps \d decisions on mail from it or on requests that "
                              r"name it, until 2031-0[0-9-]+T[0-9:]+Z\n$")
        self.assertNotIn("anne", self.show("--ended", "--as", "json"))
        self.assertEqual(self.run_with("forget", "none@nic.xb"), (1, "", "ccgate: no member ever was `none@nic.xb`\n"))

    def test_the_list_of_the_configuration(self):
        with open(os.path.join(os.path.dirname(HERE), "ledger", "no-store.yaml"), encoding="utf-8") as file:
            config = self.write(file.read() + f'store: "{self.url}"\n', "ccgate.yaml")
        name = self.write(GOOD)
        self.assertEqual(self.run_with("import", "-c", config, name, store=False)[0], 0)
        self.assertEqual(self.run_with("show", "-c", config, store=False), self.run_with("show"))
        status, _, err = self.run_with("import", "-c", config, "--list", "tld-op", name, store=False)
        self.assertEqual((status, err), (1, "ccgate: no list `tld-op` in the configuration; did you mean `tld-ops`?\n"))
        status, _, err = self.run_with("show", "-c", config, "--list", "tld-op", store=False)
        self.assertEqual((status, err), (1, "ccgate: no list `tld-op` in the configuration; did you mean `tld-ops`?\n"))
        self.assertEqual(self.run_with("show", "--cctld", "zz"), (1, "", "ccgate: no such member\n"))
        self.assertEqual(self.run_with("import", name), (1, "", "ccgate: which list? say --list NAME\n"))

    def test_cctlds_that_there_are(self):
        """With a configuration: those that are delegated, and those of its contact data."""
        with open(os.path.join(os.path.dirname(HERE), "ledger", "no-store.yaml"), encoding="utf-8") as file:
            config = self.write(file.read() + f'store: "{self.url}"\n', "ccgate.yaml")
        self.write('{"ccgate_contacts": 1, "cctlds": {"xa": {"admin": {"email": "hostmaster@nic.xa", '
                   '"first_seen": "2024-03-13"}}}}\n', "contacts.json")
        name = self.write("cctld,name,email,phone\nxa,A,a@nic.xa,\nfr,F,f@nic.fr,\nqq,Q,q@nic.qq,\n")
        status, out, err = self.run_with("import", "-c", config, name, store=False)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("members.csv:4:1: error: `qq` is no ccTLD\n", err)
        self.assertEqual(err.count("error:"), 1, err)

    def test_several_lists_in_one_file(self):
        self.load()
        self.run_with("import", "--list", "other", "--now", NOW, self.write(GOOD))
        for form in ("csv", "vcf", "text"):
            self.assertEqual(self.run_with("--as", form), (1, "", "ccgate: they are of several lists: say --list NAME\n"))
        self.assertEqual(self.run_with("--as", "csv", "--list", "other"), (0, GOOD, ""))

    def test_a_file_of_another_kind(self):
        text = "cctld,name,email,phone\n" + "x\n" * 300000
        status, out, err = self.load(text)
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(err.count("error:"), 1001)
        self.assertIn("too much is wrong before this: the rest was not read", err)
        status, out, err = self.run_with("compare", "--list", "tld-ops", self.write("x y\n" * 300000, "roster"))
        self.assertEqual((status, out, err.count("error:")), (1, "", 1001))

    def test_who_would_be_removed(self):
        self.load()
        before = self.show()
        self.assertEqual(self.run_with("remove", "--list", "tld-ops", "--cctld", "xb", "--why", "moved", "--dry-run"),
                         (0, "nothing was changed; there would be\nremoved .xb anne@nic.xa\nremoved .xb ben@nic.xb\n", ""))
        self.assertEqual(self.show(), before)

    def test_what_is_not_there(self):
        none = f"sqlite:{self.folder}/none.db"
        for arguments in (["show"], ["import", "--list", "l", self.write(GOOD)],
                          ["remove", "--list", "l", "--why", "x", "a@nic.xa"], ["forget", "a@nic.xa"]):
            with self.subTest(arguments):
                status, out, err = self.run_with(*arguments, "--store", none, store=False)
                self.assertEqual((status, out), (3, ""))
                self.assertRegex(err, "^ccgate: cannot open the store: ")
                self.assertFalse(os.path.exists(f"{self.folder}/none.db"))
        status, _, err = self.run_with("import", "--list", "tld-ops", "none.csv")
        self.assertEqual((status, err), (3, "ccgate: cannot read none.csv: No such file or directory\n"))


if __name__ == "__main__":
    unittest.main()
