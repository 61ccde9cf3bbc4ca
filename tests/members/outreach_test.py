"""`ccgate outreach` and what `ccgate daily` does of it: exit status, output, and what is begun once."""
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CCGATE = os.environ["CCGATE"]
NOW = "2030-01-15T12:00:00Z"
CONFIG = """\
ccgate: 1
listen: fd:3
contacts: {file: contacts.json, overrides: registries.yaml}
store: "STORE"
report: {file: page.html}
lists:
  tld-ops:
    address: tld-ops@lists.example
    manager: mailman3
    form: join@lists.example
    policy: p.policy.yaml
    outreach: {per_day: 2, helpers: {AF: [anne@lists.example.org]}}
"""
POLICY = "ccgate: 1\npolicy: p\nrules: [{id: admin, when: [from_is_admin_contact], then: accept}]\n"
HOSTILE = "<script>alert(1)</script>\u202e\r\nBcc: evil@evil.example " + "x" * 4096


def contact(email, changed="2015-01-01", name="NIC"):
    return {"admin": {"email": email, "name": name, "changed": changed, "first_seen": changed}}


class Outreach(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.helped = []
        self.url = f"sqlite:{self.folder}/ccgate.db"
        self.write("ccgate.yaml", CONFIG.replace("STORE", self.url))
        self.write("p.policy.yaml", POLICY)
        self.write("registries.yaml", "xa: {region: AF}\n")
        self.contacts(xa=contact("hostmaster@nic.xa", name=HOSTILE), xd=contact("hostmaster@nic.xd"),
                      xc=contact("Hostmaster@nic.xa"), xg=contact("hostmaster@nic.xg"),
                      xe=contact("hostmaster@nic.xe", "2030-01-10"), xf=contact("tld-ops-join@lists.example"))
        subprocess.run([os.environ["CCGATE_LEDGER_FILL"], self.url, os.path.join(os.path.dirname(HERE), "ledger")],
                       check=True)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def contacts(self, fetched="2030-01-15T00:00:00Z", **cctlds):
        self.write("contacts.json", json.dumps({"ccgate_contacts": 1, "fetched": fetched, "cctlds": cctlds}))

    def start(self, *arguments):
        return subprocess.Popen([CCGATE, *arguments, "-c", "ccgate.yaml"], cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, encoding="utf-8")

    def run_it(self, *arguments):
        running = self.start(*arguments)
        out, err = running.communicate()
        return running.returncode, out, err

    def ccgate(self, *arguments):
        status, out, err = self.run_it(*arguments)
        self.assertEqual((status, err), (0, ""), out)
        return out

    def daily(self, now):
        """What was begun, without the lines of the page and to helpers."""
        out = self.ccgate("daily", "--now", now)
        self.assertIn("tld-ops: the page ", out)
        self.helped += re.findall(r"anne@lists.example.org is told whom to follow up in AF \(week (.*)\)", out)
        return [line for line in out.splitlines() if ": the page " not in line and "to follow up" not in line]

    def next_of(self, now=NOW):
        """ccTLDs -> what is next, and why; of those that have a contact."""
        lines = [json.loads(line) for line in self.ccgate("outreach", "--json", "--now", now).splitlines()]
        return {" ".join(each["cctlds"]): (each["next"], each["why"]) for each in lines if each["contact"]}

    def tasks(self):
        """(kind, to) of all tasks."""
        with sqlite3.connect(os.path.join(self.folder, "ccgate.db")) as base:
            return sorted(base.execute("SELECT kind, recipient FROM tasks WHERE kind IN ('invite', 'follow_up')"))

    def test_next_says_why_not(self):
        self.assertEqual(self.next_of(), {"xa xc": ("invite", "uninvited"), "xd": ("invite", "uninvited"),
                                          "xg": ("invite", "uninvited"), "xe": ("none", "new contact"),
                                          "xf": ("none", "an address of ours")})
        text = self.ccgate("outreach", "next", "--now", NOW)
        self.assertEqual(text, self.ccgate("outreach", "--now", NOW))
        self.assertRegex(text, r"(?m)^invite +\.xa, \.xc +hostmaster@nic\.xa +uninvited$")
        self.assertRegex(text, r"(?m)^- +\.de +- +no contact$")
        self.assertIn("tld-ops: 3 to invite, 2 more today; 0 to remind; ", text)
        self.assertIn("nothing is sent by itself before", text)
        self.assertNotIn("script", text)

    def test_life(self):
        self.assertEqual(self.daily(NOW), [])
        told = "tld-ops: .xa, .xc, hostmaster@nic.xa is invited\n"
        self.assertEqual(self.ccgate("outreach", "invite", "--next", "1", "--dry-run", "--now", NOW),
                         told + "nothing was begun\n")
        self.assertEqual(self.tasks(), [])
        self.assertEqual(self.ccgate("outreach", "invite", "xc", "--now", NOW), told)
        self.assertEqual(self.daily(NOW), ["tld-ops: .xd, hostmaster@nic.xd is invited"])
        for again in (NOW, "2030-01-14T12:00:00Z", "2030-01-13T23:00:00Z"):
            self.assertEqual(self.daily(again), [], again)
        self.assertEqual(self.ccgate("outreach", "invite", "--now", NOW), "nobody is invited\n")
        self.assertEqual(self.daily("2030-01-16T00:00:00Z"), ["tld-ops: .xg, hostmaster@nic.xg is invited"])
        self.assertEqual(self.next_of(), {"xa xc": ("none", "invited"), "xd": ("none", "invited"),
                                          "xg": ("none", "invited"), "xe": ("none", "new contact"),
                                          "xf": ("none", "an address of ours")})
        self.assertEqual(self.tasks(), [("follow_up", "anne@lists.example.org"), ("invite", "hostmaster@nic.xa"),
                                        ("invite", "hostmaster@nic.xd"), ("invite", "hostmaster@nic.xg")])
        self.assertEqual(self.helped, ["2030-01-14"])
        declined = self.ccgate("outreach", "decline", "XD", "--why", "no time\u202e\nnow", "--now", NOW)
        self.assertRegex(declined, r"^declined: \.xd \[\w+\]\n$")
        shown = self.ccgate("show", re.search(r"\[(\w+)\]", declined).group(1))
        self.assertRegex(shown, r"text +no time now\n")
        self.ccgate("members", "import", "--now", "2030-01-20T00:00:00Z",
                    self.write("m.csv", "cctld,name,email,phone\nxg,P,p@nic.xg,\n"))
        self.contacts("2030-01-29T00:00:00Z", xa=contact("hostmaster@nic.xa"), xd=contact("hostmaster@nic.xd"),
                      xc=contact("hostmaster@nic.xa"), xg=contact("hostmaster@nic.xg"))
        self.assertEqual(self.next_of("2030-01-29T12:00:00Z"),
                         {"xa xc": ("remind", "invited"), "xd": ("none", "declined"), "xg": ("none", "member")})
        reminded = ["tld-ops: .xa, .xc, hostmaster@nic.xa is reminded"]
        self.assertEqual(self.daily("2030-01-29T12:00:00Z"), reminded)
        self.assertEqual(self.daily("2030-01-29T12:00:00Z"), [])
        self.contacts("2030-02-19T00:00:00Z", xa=contact("hostmaster@nic.xa"), xc=contact("hostmaster@nic.xa"))
        self.assertEqual(self.daily("2030-02-19T12:00:00Z"), reminded)
        self.assertEqual(self.daily("2030-02-20T12:00:00Z"), [])
        log = self.ccgate("log", "--request", "invite", "--now", NOW).splitlines()[1:]
        self.assertEqual([line.split()[-1] for line in log[-2:]], ["1", "2"])
        self.assertEqual(len(log), 5)
        self.assertEqual(len(self.ccgate("log", "--request", "note").splitlines()), 2)
        with open(os.path.join(self.folder, "page.html"), encoding="utf-8") as page:
            self.assertIn("</html>", page.read())

    def request(self, number, decided, author, verdict, ground, cctld):
        """A request to subscribe that DKIM proves, as the daemon leaves it in the ledger."""
        values = {"id": f"request{number}", "decided": decided, "list": "tld-ops", "request": "subscribe",
                  "cctlds": json.dumps([cctld]), "author": author, "author_domain": author.split("@")[1],
                  "mail_from": author, "recipients": '["join@lists.example"]', "people": "[]", "verdict": verdict,
                  "ground": ground, "explanation": "{}", "keep_until": decided + 400 * 86400,
                  "request_key": f"key{number}"}
        with sqlite3.connect(os.path.join(self.folder, "ccgate.db")) as base:
            self.insert(base, "ledger", values)

    @staticmethod
    def insert(base, table, values):
        columns = [row for row in base.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
        row = [values.get(name, 0 if kind == "BIGINT" else "") for _, name, kind, *_ in columns]
        base.execute(f"INSERT INTO {table} ({', '.join(column[1] for column in columns)})"
                     f" VALUES ({', '.join('?' for _ in row)})", row)

    def test_a_decline_holds(self):
        for cctld, at in (("xd", NOW), ("xg", "2030-01-14T12:00:00Z")):
            self.ccgate("outreach", "invite", cctld, "--now", at)
        self.ccgate("outreach", "decline", "xd", "--why", "no", "--now", NOW)
        self.ccgate("outreach", "decline", "xg", "--why", "no", "--now", "2030-01-13T12:00:00Z")
        declined = ("none", "declined")
        day = 1894708800  # NOW
        self.request(1, day + 3600, "hostmaster@nic.xd", "accept", "rule", "xd")
        self.request(2, day + 3600, "intern@nic.xg", "reject", "contact_not_in_copy", "xg")
        for now in ("2030-01-12T12:00:00Z", NOW, "2030-01-20T12:00:00Z"):
            why = self.next_of(now)
            self.assertEqual((why["xd"], why["xg"]), (declined, declined), now)
            self.assertNotIn(".xd", " ".join(self.daily(now)))
        self.ccgate("outreach", "invite", "--again", "xd", "--now", "2030-01-16T12:00:00Z")
        self.assertEqual(self.next_of("2030-01-16T12:00:00Z")["xd"], ("none", "invited"))
        self.ccgate("outreach", "decline", "xd", "--why", "no", "--now", "2030-01-13T12:00:00Z")
        self.assertEqual(self.next_of("2030-01-16T12:00:00Z")["xd"], declined)

    def test_a_contact_that_said_no(self):
        day = 1894708800  # NOW
        self.request(1, day - 300 * 86400, "anne@nic.xd", "reject", "contact_refused", "xd")
        self.request(2, day - 3600, "ben@nic.xd", "reject", "contact_not_in_copy", "xd")
        self.assertEqual(self.next_of()["xd"], ("none", "contact refused"))
        self.ccgate("outreach", "invite", "xg", "--now", NOW)
        self.assertNotIn("xd", " ".join(self.daily(NOW)))
        self.ccgate("outreach", "invite", "--again", "xd", "--now", NOW)
        self.assertEqual(self.next_of()["xd"], ("none", "invited"))

    def test_mail_that_came_back(self):
        self.ccgate("outreach", "invite", "xd", "--now", NOW)
        with sqlite3.connect(os.path.join(self.folder, "ccgate.db")) as base:
            [(decision,)] = base.execute("SELECT id FROM ledger WHERE request = 'invite'")
            columns = [row[1] for row in base.execute("PRAGMA table_info(events)")]
            values = {"decision_id": decision, "at": 1894709000, "kind": "bounced", "who": "hostmaster@nic.xd",
                      "detail": "no such user", "times": 1, "latest": 0}
            used = [column for column in columns if column in values]
            base.execute(f"INSERT INTO events ({', '.join(used)}) VALUES ({', '.join('?' for _ in used)})",
                         [values[column] for column in used])
        self.assertEqual(self.next_of("2030-01-16T12:00:00Z")["xd"], ("none", "bounced"))
        status, out, err = self.run_it("outreach", "invite", "xd", "xg", "--now", "2030-01-16T12:00:00Z")
        self.assertEqual((status, out), (1, ""))
        self.assertIn(f".xd is not written to: bounced 2030-01-15 [{decision}]", err)
        self.assertEqual(self.ccgate("outreach", "invite", "--again", "xd", "--now", "2030-01-16T12:00:00Z"),
                         "tld-ops: .xd, hostmaster@nic.xd is invited\n")

    def test_two_at_once_begin_each_once(self):
        self.ccgate("outreach", "invite", "xg", "--now", "2030-01-14T12:00:00Z")
        runs = [self.start("daily", "--now", NOW) for _ in range(3)]
        runs += [self.start("outreach", "invite", "xa", "--now", NOW) for _ in range(2)]
        lines = []
        for run in runs:
            out, err = run.communicate()
            self.assertIn(run.returncode, (0, 1), err)
            lines += [line for line in out.splitlines() if "is invited" in line and line.startswith("tld-ops")]
        self.assertEqual(sorted(lines), ["tld-ops: .xa, .xc, hostmaster@nic.xa is invited",
                                         "tld-ops: .xd, hostmaster@nic.xd is invited"])
        self.assertEqual([kind for kind, _ in self.tasks()], ["follow_up"] + 3 * ["invite"])

    def test_what_is_wrong(self):
        for arguments, want in ((("invite", "zz", "xyzzy"), "`zz` is no ccTLD\nccgate: `xyzzy` is no ccTLD"),
                                (("note", "zz", "text"), "`zz` is no ccTLD"),
                                (("note", "xa", " \n"), "the text is empty"),
                                (("decline", "xyzzy", "--why", "x"), "`xyzzy` is no ccTLD"),
                                (("invite", "xf"), ".xf is not written to: an address of ours"),
                                (("next", "--list", "tldops"), "did you mean `tld-ops`?")):
            status, out, err = self.run_it("outreach", *arguments, "--now", NOW)
            self.assertEqual((status, out), (1, ""), arguments)
            self.assertIn(want, err)
        for arguments in (("invite", "--next", "0"), ("invite", "--next", "1", "xa"), ("invite", "--again"),
                          ("decline", "xa"), ("note", "xa")):
            self.assertEqual(self.run_it("outreach", *arguments)[0], 2, arguments)
        self.assertEqual(self.tasks(), [])
        self.write("ccgate.yaml", re.sub(r" +outreach:.*\n", "", CONFIG).replace("STORE", self.url))
        status, _, err = self.run_it("outreach", "--now", NOW)
        self.assertEqual((status, "has no `outreach`" in err), (1, True))
        self.write("ccgate.yaml", CONFIG.replace('store: "STORE"\nreport: {file: page.html}\n', ""))
        status, _, err = self.run_it("outreach", "--now", NOW)
        self.assertEqual((status, "`outreach` needs `store`" in err), (1, True))
        os.unlink(os.path.join(self.folder, "ccgate.yaml"))
        self.assertEqual(self.run_it("outreach", "--now", NOW)[0], 3)


if __name__ == "__main__":
    unittest.main()
