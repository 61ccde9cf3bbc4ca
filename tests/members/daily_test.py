"""`ccgate daily`: exit status, output, and what is begun by it, by two at once."""
import os
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CCGATE = os.environ["CCGATE"]
NOW = "2030-01-15T12:00:00Z"
CONFIG = """\
ccgate: 1
listen: fd:3
contacts: {file: contacts.json}
store: "sqlite:ccgate.db"
lists:
  tld-ops:
    address: tld-ops@lists.example
    manager: mailman3
    policy: p.policy.yaml
    review: {per_day: 2}
    repository: {every: monthly}
"""
POLICY = "ccgate: 1\npolicy: p\nrules: [{id: admin, when: [from_is_admin_contact], then: accept}]\n"
CONTACTS = """{"ccgate_contacts": 1, "fetched": "2030-01-15T00:00:00Z", "cctlds": {%s}}"""
CONTACT = """"%s": {"admin": {"email": "hostmaster@nic.%s", "changed": "2015-01-01", "first_seen": "2015-01-01"}}"""


class Daily(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.url = f"sqlite:{self.folder}/ccgate.db"
        self.write("ccgate.yaml", CONFIG.replace("sqlite:ccgate.db", self.url))
        self.write("p.policy.yaml", POLICY)
        self.write("contacts.json", CONTACTS % ",".join(CONTACT % (label, label) for label in ("xa", "xb", "xc")))
        subprocess.run([os.environ["CCGATE_LEDGER_FILL"], self.url, os.path.join(os.path.dirname(HERE), "ledger")],
                       check=True)
        rows = "".join(f"{label},P,p@nic.{label},\n" for label in ("xa", "xb", "xc"))
        self.ccgate("members", "import", "--list", "tld-ops", "--now", NOW, self.write("m.csv", "cctld,name,email,phone\n"
                                                                                     + rows))

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def start(self, *arguments):
        return subprocess.Popen([CCGATE, *arguments, "-c", "ccgate.yaml"], cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, encoding="utf-8")

    def ccgate(self, *arguments):
        running = self.start(*arguments)
        out, err = running.communicate()
        self.assertEqual((running.returncode, err), (0, ""), out)
        return out

    def test_dry_run_begins_nothing(self):
        want = ("tld-ops: review of .xa, hostmaster@nic.xa is asked (never)\n"
                "tld-ops: review of .xb, hostmaster@nic.xb is asked (never)\n"
                "tld-ops: who is on the list, told to tld-ops@lists.example (2030-01)\n")
        for _ in range(2):
            self.assertEqual(self.ccgate("daily", "--dry-run", "--now", NOW), want + "nothing was begun\n")
        self.assertEqual(self.ccgate("daily", "--now", NOW), want)
        self.assertEqual(self.ccgate("daily", "--now", NOW), "nothing is due\n")
        self.assertEqual(self.ccgate("daily", "--now", "2030-01-14T12:00:00Z"), "nothing is due\n")
        self.assertEqual(self.ccgate("daily", "--now", "2030-01-16T12:00:00Z"),
                         "tld-ops: review of .xc, hostmaster@nic.xc is asked (never)\n")
        marks = [line.split()[-1] for line in self.ccgate("members", "--now", "2030-01-17T00:00:00Z").splitlines()]
        self.assertEqual(marks, ["MARKS", "asked", "asked", "asked"])
        marks = [line.split()[-1] for line in self.ccgate("members", "--now", "2030-04-01T00:00:00Z").splitlines()]
        self.assertEqual(marks, ["MARKS", "overdue", "overdue", "overdue"])
        log = self.ccgate("log", "--request", "review", "--now", NOW)
        self.assertEqual([line.split()[3:6] for line in log.splitlines()[1:]][-3:],
                         [["review", label, "tld-ops@lists.example"] for label in ("xa", "xb", "xc")])
        shown = self.ccgate("show", log.splitlines()[-1].split()[0])
        self.assertIn("hostmaster@nic.xc for .xc: open", shown)
        self.assertNotIn("cannot be read", shown)

    def test_a_clock_that_was_ahead_stops_nobody(self):
        self.ccgate("daily", "--now", "2030-02-18T12:00:00Z")
        want = ["tld-ops: review of .xa, hostmaster@nic.xa is asked (never)",
                "tld-ops: review of .xb, hostmaster@nic.xb is asked (never)",
                "tld-ops: review of .xc, hostmaster@nic.xc is asked (never)"]
        lines = []
        for day in (15, 16, 17, 18):
            lines += [line for line in self.ccgate("daily", "--now", f"2030-01-{day}T12:00:00Z").splitlines() if "review" in line]
        self.assertEqual(lines, want)

    def test_two_at_once_begin_each_once(self):
        runs = [self.start("daily", "--now", NOW) for _ in range(4)]
        lines = []
        for run in runs:
            out, err = run.communicate()
            self.assertEqual((run.returncode, err), (0, ""))
            lines += [line for line in out.splitlines() if line != "nothing is due"]
        self.assertEqual(len(lines), 3, lines)
        self.assertEqual(len(set(lines)), 3, lines)

    def test_what_is_wrong(self):
        self.write("ccgate.yaml", CONFIG.replace('store: "sqlite:ccgate.db"\n', ""))
        running = self.start("daily")
        _, err = running.communicate()
        self.assertEqual(running.returncode, 1)
        self.assertIn("`review` needs `store`", err)
        os.unlink(os.path.join(self.folder, "ccgate.yaml"))
        running = self.start("daily")
        running.communicate()
        self.assertEqual(running.returncode, 3)


if __name__ == "__main__":
    unittest.main()
