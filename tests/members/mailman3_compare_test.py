"""`ccgate members compare` with what a Mailman 3 core of Debian prints: members, and those to whom mail comes back."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "hooks"))

import mailman_core  # noqa: E402

SKIPPED = 77  # exit status that ctest takes for "skipped"
CCGATE = os.environ["CCGATE"]
LIST, LIST_ID = "tld-ops@lists.example", "tld-ops.lists.example"
CSV = """\
cctld,name,email,phone
xa,Anne,anne@nic.xa,+999 1
xa,Ben,ben@nic.xa,
xb,Cleo,cleo@nic.xb,
"""
core = None


class Compared(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.url = f"sqlite:{self.folder}/ccgate.db"
        subprocess.run([os.environ["CCGATE_LEDGER_FILL"], self.url, os.path.join(os.path.dirname(HERE), "ledger")],
                       check=True)
        status, _, err = self.members("import", "-", input=CSV, now="2029-01-01T00:00:00Z")
        self.assertEqual((status, err), (0, ""))

    def members(self, command, *arguments, now="2030-01-15T12:00:00Z", **options):
        clock = [] if command == "show" else ["--now", now]
        done = subprocess.run([CCGATE, "members", command, "--store", self.url, "--list", "tld-ops", *clock,
                               *arguments], capture_output=True, encoding="utf-8", check=False, **options)
        return done.returncode, done.stdout, done.stderr

    def mailman(self, *arguments):
        """What `mailman members` writes into a file."""
        path = os.path.join(self.folder, f"printed-{len(os.listdir(self.folder))}")
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": core.path("python")}
        root = ["--run-as-root"] if os.geteuid() == 0 else []  # else it refuses
        done = subprocess.run([mailman_core.PYTHON, os.path.join(mailman_core.PROGRAMS, "mailman"), *root, "-C",
                               core.path("mailman.cfg"), "members", *arguments, LIST],
                              env=environment, cwd=core.folder, capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(path, "w", encoding="utf-8") as file:
            file.write(done.stdout)
        return path

    def test_members_and_bounces(self):
        for email, name in (("Anne@nic.xa", "Anne, #1, .xa"), ("cleo@nic.xb", ""), ("dora@nic.xd", "Dörte \u202e")):
            core.call("POST", "/members", list_id=LIST_ID, subscriber=email, display_name=name, pre_verified="yes",
                      pre_confirmed="yes", pre_approved="yes")
        found = core.call("POST", "/members/find", list_id=LIST_ID, subscriber="cleo@nic.xb")
        member = found["entries"][0]["member_id"]
        core.call("PATCH", f"/members/{member}/preferences", delivery_status="by_bounces")
        printed, bouncing = self.mailman(), self.mailman("--nomail", "bybounces")
        status, out, err = self.members("compare", "--bouncing", bouncing, printed)
        self.assertEqual((status, err), (1, ""))
        self.assertEqual(out, "on the list, and nobody vouched for them:\n  dora@nic.xd\n"
                              "members that are not on the list:\n  .xa ben@nic.xa\n"
                              "members to whom mail comes back:\n  .xb cleo@nic.xb\n")
        status, out, err = self.members("compare", "--apply", "--bouncing", bouncing, printed)
        self.assertEqual((status, err), (1, ""))
        self.assertIn("ended 1 member\n", out)
        status, out, _ = self.members("show")
        self.assertEqual([line.split()[2] for line in out.splitlines()[1:]], ["anne@nic.xa", "cleo@nic.xb"])
        self.assertIn("bouncing", out.splitlines()[2])


if __name__ == "__main__":
    reason = mailman_core.why_not()
    if reason:
        print(reason)
        sys.exit(SKIPPED)
    core = mailman_core.MailmanCore()
    try:
        core.call("POST", "/domains", mail_host="lists.example")
        core.call("POST", "/lists", fqdn_listname=LIST)
        core.call("PATCH", f"/lists/{LIST_ID}/config", send_welcome_message="false")
        unittest.main()
    finally:
        core.stop()
