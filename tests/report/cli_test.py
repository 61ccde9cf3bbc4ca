"""`ccgate report`: exit status, output, and the file that it writes."""
import collections
import html.parser
import json
import os
import re
import stat
import tempfile
import unittest

import report_site
from report_site import FIFTEEN, SIXTEEN, Site, refusal

COVERAGE = """\
tld-ops on 2015-02-24: 21 of 309 ccTLDs, 15 of 246 registries, 34 people

REGION  CCTLDS    REGISTRIES
AF      3 of 60   3 of 56
AP      1 of 119  1 of 79
EU      13 of 89  7 of 70
LAC     3 of 34   3 of 34
NA      1 of 7    1 of 7
"""
FOLLOW_UP = """\
.xa  refused 2015-02-20, contact_not_in_copy [7k2m9qx40c1d]
     why   anne@nic.xa wrote without hostmaster@nic.xa in Cc
     tell  anne@nic.xa: send it again with hostmaster@nic.xa in Cc
"""
EMPTY = {"meta", "line", "polyline"}


class Page(html.parser.HTMLParser):
    """Elements with their attributes, and the text of all of it."""
    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)

    def text(self):
        return "".join(self.words)

    def of_class(self, tag, name):
        return [attrs for element, attrs in self.elements
                if element == tag and name in (attrs.get("class") or "").split()]


class Report(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def site(self, **options):
        return Site(self.folder, **options)

    def told(self, site, *arguments, **options):
        status, out, err = site.run(*arguments, **options)
        self.assertEqual((status, err), (0, ""))
        return out

    def lines(self, site, *arguments, **options):
        return [json.loads(line) for line in self.told(site, *arguments, "--json", **options).splitlines()]

    def test_the_first_registries(self):
        site = self.site()
        site.without_xa()
        site.add_seed(FIFTEEN)
        self.assertEqual(self.told(site), COVERAGE)
        self.assertEqual(self.told(site, "coverage", "--list", "tld-ops"), COVERAGE)
        lines = self.lines(site)
        self.assertEqual(lines[0], {"kind": "summary", "list": "tld-ops", "at": "2015-02-24T12:00:00Z",
                                    "cctlds": {"on": 21, "of": 309}, "registries": {"on": 15, "of": 246},
                                    "people": 34, "undelegated": []})
        self.assertEqual(lines[1], {"kind": "region", "region": "AF", "cctlds": {"on": 3, "of": 60},
                                    "registries": {"on": 3, "of": 56}})
        cctlds = [line for line in lines if line["kind"] == "cctld"]
        self.assertEqual(collections.Counter(line["state"] for line in cctlds), {"member": 21, "uninvited": 288})
        self.assertEqual(next(line for line in cctlds if line["cctld"] == "xn--p1ai"), {
            "kind": "cctld", "cctld": "xn--p1ai", "label": "рф", "region": "EU", "registry":
            next(line["registry"] for line in cctlds if line["cctld"] == "ru"), "state": "uninvited", "since": None,
            "people": 0, "marks": []})
        self.assertNotIn("@", json.dumps(lines))
        self.assertIn("p0@fr.registry.example", json.dumps(self.lines(site, "--people")))
        page = Page(self.told(site, "--html"))
        self.assertEqual(len(page.of_class("a", "t")), 309)
        self.assertEqual(len(page.of_class("a", "sM")), 21)
        self.assertIn("15 of 246", page.text())

    def test_one_pair_less(self):
        site = self.site()
        site.without_xa()
        site.add_seed(SIXTEEN)
        self.assertEqual(self.told(site).splitlines()[0],
                         "tld-ops on 2015-02-24: 21 of 309 ccTLDs, 16 of 246 registries, 34 people")
        self.assertEqual(self.lines(site)[0]["registries"], {"on": 16, "of": 246})
        self.assertIn("16 of 246", Page(self.told(site, "--html")).text())

    def test_at_an_earlier_time(self):
        site = self.site()
        site.without_xa()
        site.add_seed(FIFTEEN)
        now = "2016-01-01T00:00:00Z"
        self.assertIn("on 2015-02-23: 0 of 309", self.told(site, "--at", "2015-02-23", now=now))
        self.assertIn("on 2015-02-25: 21 of 309", self.told(site, "--at", "310d", now=now))
        self.assertEqual(self.told(site, "--at", report_site.SEED_NOW, now=now), COVERAGE)

    def test_region(self):
        site = self.site()
        site.fill([refusal()])
        self.assertEqual(self.told(site, "--region", "NA"), """\
tld-ops on 2015-02-24: 0 of 310 ccTLDs, 0 of 247 registries, 0 people

REGION  CCTLDS  REGISTRIES
NA      0 of 7  0 of 7

CCTLD  STATE      SINCE  MARKS
.as    uninvited  -      -
.ca    uninvited  -      -
.gu    uninvited  -      -
.mp    uninvited  -      -
.pr    uninvited  -      -
.us    uninvited  -      -
.vi    uninvited  -      -
""")
        self.assertRegex(self.told(site, "--region", "AF"), r"\.xa +refused +2015-02-20  contact_not_in_copy\n")
        self.assertEqual(self.lines(site, "--region", "NA")[1]["region"], "NA")
        self.assertEqual(len(self.lines(site, "--region", "NA")), 9)

    def test_follow_up(self):
        site = self.site()
        self.assertEqual(self.told(site, "follow-up"), "")
        site.fill([refusal()])
        self.assertEqual(self.told(site, "follow-up", "--region", "AF"), FOLLOW_UP)
        self.assertEqual(self.told(site, "follow-up", "--region", "EU"), "")
        self.assertEqual(self.lines(site, "follow-up"), [{
            "kind": "follow-up", "cctld": "xa", "region": "AF", "state": "refused", "since": "2015-02-20T09:00:00Z",
            "ground": "contact_not_in_copy", "unproven": False, "decision": "7k2m9qx40c1d",
            "why": "anne@nic.xa wrote without hostmaster@nic.xa in Cc",
            "tell": [{"whom": "anne@nic.xa", "what": "send it again with hostmaster@nic.xa in Cc"}]}])

    def test_questions_and_invitations(self):
        site = self.site()
        site.fill([refusal(verdict="ask", ground="contact_asked", decided="2015-02-10T09:00:00Z", question="open",
                           contact="hostmaster@nic.xa"),
                   refusal(id="i1", request="invite", cctlds=["nl"], verdict="", ground="", author="",
                           author_domain="", contact="hostmaster@nl.registry.example", bounced="2015-02-21"),
                   refusal(id="d1", request="note", rule="decline", cctlds=["be"], verdict="", ground="")])
        self.assertEqual(self.told(site, "follow-up").splitlines(), [
            ".nl  invited 2015-02-20, bounced [i1]",
            "     why   hostmaster@nl.registry.example, the address that IANA lists, takes no mail",
            "     tell  the registry of .nl: have the record at IANA mended",
            "",
            ".xa  refused 2015-02-10, expired [7k2m9qx40c1d]",
            "     why   hostmaster@nic.xa was asked, and did not answer",
            "     tell  the registry of .xa: phone them: hostmaster@nic.xa should answer the mail, or somebody has to "
            "ask again"])
        self.assertIn(".xa  in progress 2015-02-10, contact_asked", self.told(site, "follow-up", "--at", "2015-02-11"))
        states = {line["cctld"]: line["state"] for line in self.lines(site) if line["kind"] == "cctld"}
        self.assertEqual((states["be"], states["nl"]), ("declined", "invited"))

    def test_strangers_do_not_paint_the_map(self):
        site = self.site()
        before = self.told(site, "--json"), self.told(site, "follow-up"), self.told(site, "--html")
        site.fill([refusal(id=f"s{i}", cctlds=["fr"], author="mallory@evil.example", author_domain="evil.example",
                           ground="outsider", request_key=f"k{i}") for i in range(1000)])
        self.assertEqual((self.told(site, "--json"), self.told(site, "follow-up")), before[:2])
        difference = set(self.told(site, "--html").splitlines()) - set(before[2].splitlines())
        self.assertEqual(difference, {'<td class="n">1000</td>', "<td><bdi>reject: outsider 1000</bdi></td>"})
        self.assertEqual(self.told(site, "decisions"), "MONTH    DECISION  GROUND    COUNT\n"
                                                       "2015-02  reject    outsider  1000\n")
        self.assertEqual(self.lines(site, "decisions"), [{"kind": "decisions", "month": "2015-02", "decision": "reject",
                                                          "ground": "outsider", "count": 1000}])
        # Nor hide what the registry wrote before.
        site.fill([refusal(id="r", cctlds=["fr"], author="anne@fr.registry.example",
                           author_domain="fr.registry.example")])
        self.assertIn(".fr  refused 2015-02-20, contact_not_in_copy [r]", self.told(site, "follow-up"))

    def test_page_names_nobody(self):
        site = self.site()
        site.fill([refusal()])
        site.add_members([("nl", "Anne Example", "anne@nl.registry.example", "2015-02-01")])
        page = self.told(site, "--html")
        self.assertNotIn("@nic.xa", page)
        self.assertNotIn("Anne", page)
        self.assertNotIn("@nl-registry", page)
        self.assertIn("the author wrote without the admin contact in Cc", page)
        for named in (self.told(site, "--html", "--people"),
                      self.told(self.site(more="report: {people: true}\n"), "--html")):
            self.assertIn("anne@nic.xa wrote without hostmaster@nic.xa in Cc", named)
            self.assertIn("Anne Example", named)

    def test_page_is_whole_and_asks_for_nothing(self):
        site = self.site()
        site.add_seed(FIFTEEN)
        site.fill([refusal()])
        text = self.told(site, "--html", "--people")
        page = Page(text)
        self.assertEqual(page.open, [])
        policy = next(attrs["content"] for tag, attrs in page.elements
                      if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy")
        self.assertRegex(policy, r"^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; "
                                 r"script-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'$")
        for tag, attrs in page.elements:
            self.assertNotIn(tag, ("img", "link", "iframe", "object", "form"))
            self.assertEqual({name for name in attrs if name.startswith("on") or name in ("src", "style")}, set())
            if "href" in attrs:
                self.assertRegex(attrs["href"], r"^#[a-z0-9-]+$")
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        self.assertEqual(len(ids), len(set(ids)))
        for _, attrs in page.elements:
            if "href" in attrs:
                self.assertIn(attrs["href"][1:], ids)
        self.assertNotRegex(text.replace("http-equiv", ""), r"https?:")
        self.assertEqual(len(re.findall("<table", text)), len(re.findall("<caption", text)))
        for tag, attrs in page.elements:
            if tag == "th":
                self.assertIn(attrs.get("scope"), ("row", "col"))

    def test_hostile_names(self):
        site = self.site()
        site.add_hostile_members("nl", report_site.HOSTILE_NAMES)
        site.fill([refusal(ground=report_site.HOSTILE_GROUND, rule="</p><script>x</script>", id="<i>")])
        tame = self.site(url=f"sqlite:{self.folder}/tame.db")
        tame.add_hostile_members("nl", ["Anne"] * len(report_site.HOSTILE_NAMES))
        tame.fill([refusal(ground="odd", rule="odd", id="odd")])
        wanted = collections.Counter(tag for tag, _ in Page(self.told(tame, "--html", "--people")).elements)
        text = self.told(self.site(), "--html", "--people")
        site = self.site()
        page = Page(text)
        self.assertEqual(collections.Counter(tag for tag, _ in page.elements), wanted)
        self.assertEqual(page.open, [])
        for mark in "\u202e\u2066\u2067\u2069\0":
            self.assertNotIn(mark, text)
        self.assertNotIn("a" * 500, text)
        self.assertIn("<script>document.title='bad'</script>", page.text())
        self.assertIn("\u0645\u0631\u062d\u0628\u0627", page.text())
        out = self.told(site, "follow-up") + self.told(site, "--region", "AF") + self.told(site, "decisions")
        self.assertNotRegex(out, "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

    def test_file(self):
        site = self.site()
        file = site.path("page.html")
        self.assertEqual(site.run("--html", "-o", file), (0, "", ""))
        with open(file, encoding="utf-8") as page:
            self.assertEqual(page.read(), self.told(site, "--html"))
        os.chmod(file, 0o640)
        self.assertEqual(site.run("--json", "--output", file), (0, "", ""))
        self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o640)
        self.assertEqual([name for name in os.listdir(self.folder) if "page" in name], ["page.html"])
        status, out, err = site.run("-o", site.path("none/page.html"))
        self.assertEqual((status, out), (3, ""))
        self.assertIn("cannot write", err)

    def test_what_is_refused(self):
        site = self.site()
        for arguments in (["--region", "XX"], ["all"], ["--html", "--json"], ["follow-up", "--html"],
                          ["--html", "--region", "AF"], ["--at", "tomorrow"], ["--at", "2015-02-25"],
                          ["decisions", "--region", "AF"], ["--what"]):
            with self.subTest(arguments):
                self.assertEqual(site.run(*arguments)[0], 2)
        for arguments, meant in ((["folow-up"], "`follow-up`"), (["--region", "eu"], "`EU`"),
                                 (["--regoin", "EU"], "`--region`")):
            with self.subTest(arguments):
                status, _, err = site.run(*arguments)
                self.assertEqual(status, 2)
                self.assertIn(f"did you mean {meant}?\n", err)
        self.assertEqual(site.run("--list", "tld-opps"),
                         (1, "", "ccgate: no list `tld-opps` in the configuration; did you mean `tld-ops`?\n"))
        os.rename(site.path("ccgate.db"), site.path("gone.db"))
        self.assertEqual(site.run()[0], 3)
        with open(site.path("ccgate.yaml"), encoding="utf-8") as file:
            config = file.read()
        site.write("ccgate.yaml", re.sub("store: .*\n", "", config))
        self.assertEqual(site.run()[0], 1)
        os.unlink(site.path("ccgate.yaml"))
        self.assertEqual(site.run()[0], 3)


if __name__ == "__main__":
    unittest.main()
