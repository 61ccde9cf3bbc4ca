"""`ccgate status`, `ask`, `held`, `replay` and `log --group-by` tell the same, octet for octet, whichever database the
store is in; and what is done by them is done.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(os.path.dirname(HERE), "support"))

import postgresql  # pylint: disable=wrong-import-position

postgresql.skip_unless_found()

CCGATE = os.environ["CCGATE"]
CONFIG = """\
ccgate: 1
listen: unix:/nowhere/ccgate.sock
contacts: {file: contacts.json}
store: STORE
lists:
  tld-ops: {address: tld-ops@lists.example, manager: mailman3, policy: some.policy.yaml}
"""
POLICY_TIME = 1893456000  # 2030-01-01
REASON = "ccgate held00000006: hold rule too-many-contacts .xa"
STATUS = f"""\
daemon
  unix:/nowhere/ccgate.sock  does not answer: No such file or directory
rules
  tld-ops  FOLDER/some.policy.yaml of 2030-01-01T00:00:00Z, the newest decision was by another one (aaaaaaaaaaaa)
last 24 hours
  tld-ops  1 accept, 1 hold
questions: 1
  QUESTION  DECISION      LIST     CONTACT            CCTLDS  ASKED                 WAITS   UNTIL
  q1        bq0000000002  tld-ops  hostmaster@nic.xb  .xb     2030-01-12T09:00:00Z  3 days  2030-01-19T09:00:00Z
held mail: 1
  DECISION      LIST     REQUEST    CCTLDS  AUTHOR       QUEUE ID  WAITS  LETS IT GO           REASON
  held00000006  tld-ops  subscribe  .xa     anne@nic.xa  4XyZ12    0 min  postsuper -H 4XyZ12  {REASON}
outbox: 0
contacts: fetched 2030-01-10T00:00:00Z, 5 days ago
anomalies: 1
  .xb  the record could not be read
"""


class Site:
    def __init__(self, folder, url=None):
        self.folder = folder
        self.url = url or f"sqlite:{folder}/ccgate.db"
        self.write("ccgate.yaml", CONFIG.replace("STORE", self.url))
        self.write("some.policy.yaml", "ccgate: 1\npolicy: some\nrules: [{id: all, then: hold}]\n")
        os.utime(os.path.join(folder, "some.policy.yaml"), (POLICY_TIME, POLICY_TIME))
        cctlds = {name: {"admin": {"email": f"hostmaster@nic.{name}"}} for name in ("xa", "xb")}
        cctlds["xb"]["anomaly"] = "the record could not be read"
        self.write("contacts.json",
                   json.dumps({"ccgate_contacts": 1, "fetched": "2030-01-10T00:00:00Z", "cctlds": cctlds}))
        for more in ([], ["held"]):
            subprocess.run([os.environ["CCGATE_LEDGER_FILL"], self.url, HERE, *more], check=True)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments, now="2030-01-15T09:00:00Z"):
        done = subprocess.run([CCGATE, *arguments, "-c", os.path.join(self.folder, "ccgate.yaml"), "--now", now],
                              capture_output=True, encoding="utf-8", env={"PATH": "/nowhere"}, check=False)
        return done.returncode, done.stdout.replace(self.folder, "FOLDER"), done.stderr


class Status(unittest.TestCase):
    maxDiff = None

    def test_both_databases(self):
        with postgresql.PostgreSql() as server, tempfile.TemporaryDirectory() as one, \
                tempfile.TemporaryDirectory() as other:
            sites = [Site(one), Site(other, server.url)]
            for arguments in (["status"], ["status", "--json"], ["ask", "list"], ["held", "list"],
                              ["held", "list", "--json"], ["replay"], ["replay", "--json"],
                              ["log", "--group-by", "ground"], ["log", "--group-by", "cctld", "--json"],
                              ["log", "--group-by", "day"], ["log", "--group-by", "author_domain"]):
                with self.subTest(arguments):
                    told = [site.run(*arguments) for site in sites]
                    self.assertEqual(told[0][::2], (0, ""))
                    self.assertEqual(told[0], told[1])
            for site in sites:
                with self.subTest(site.url):
                    self.steps(site)

    def steps(self, site):
        self.assertEqual(site.run("status")[1], STATUS)
        status, out, _ = site.run("replay", "--json", "--expect-same")
        self.assertEqual(status, 1)
        self.assertIn('"to":{"decision":"hold","ground":"rule","rule":"all"}', out)

        self.assertEqual(site.run("ask", "resend", "bq0000000002"),
                         (0, "mailed again: question q1 to hostmaster@nic.xb\n", ""))
        self.assertEqual(site.run("ask", "resend", "q1"),
                         (1, "", "ccgate: question q1 was mailed again in this hour already\n"))
        self.assertIn("outbox: 1\n", site.run("status")[1])
        self.assertEqual(site.run("ask", "resend", "q1", now="2030-01-15T10:00:00Z")[0], 0)

        self.assertEqual(site.run("ask", "cancel", "--why", "a mistake", "q1"),
                         (0, "taken back: question q1 to hostmaster@nic.xb\n", ""))
        self.assertEqual(site.run("ask", "cancel", "--why", "a mistake", "q1")[0], 1)
        self.assertEqual(site.run("ask", "list")[1], "no question is open\n")

        self.assertEqual(site.run("held", "release", "--why", "contact called", "4xyz12"),
                         (0, "recorded: held00000006 is held no more\n"
                             "the message itself is let go by: postsuper -H 4XyZ12\n", ""))
        self.assertIn("held mail: 0\n", site.run("status")[1])
        shown = subprocess.run([CCGATE, "show", "--store", site.url, "held00000006"], capture_output=True,
                               encoding="utf-8", check=True).stdout
        self.assertIn("held        " + REASON, shown)
        self.assertIn("released    contact called\n", shown)


if __name__ == "__main__":
    unittest.main()
