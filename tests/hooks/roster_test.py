"""ccgate-hook-roster: what it writes into a roster, and what it takes back."""
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from hook import DONE, FAILED, HOOKS, LATER, NEVER, event, people, run  # noqa: E402


class RosterTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-roster-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.roster = os.path.join(self.folder, "roster")

    def hook(self, told, status=DONE):
        code, said = run("ccgate-hook-roster", ["--list", "tld-ops", self.roster], told)
        self.assertEqual(code, status, said)
        return said

    def write(self, text):
        with open(self.roster, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def read(self, suffix=""):
        with open(self.roster + suffix, encoding="utf-8", newline="") as file:
            return file.read()

    def journal(self):
        return [json.loads(line) for line in self.read(".journal").splitlines()]

    def test_a_roster_begins_with_the_first_member(self):
        said = self.hook(event("d1"))
        self.assertEqual(self.read(), "xa anne@nic.xa\n")
        self.assertIn("d1: added xa anne@nic.xa", said)
        self.assertEqual(os.listdir(self.folder).count("roster"), 1)
        self.assertEqual(sorted(os.listdir(self.folder)), ["roster", "roster.journal"])

    def test_every_person_for_every_cctld(self):
        self.hook(event("d1", cctlds=["xa", "xn--p1ai"], people=people("anne@nic.xa", "ben@nic.xa")))
        self.assertEqual(self.read(), "xa anne@nic.xa\nxa ben@nic.xa\nxn--p1ai anne@nic.xa\nxn--p1ai ben@nic.xa\n")

    def test_the_author_where_no_person_is_named(self):
        self.hook(event("d1", people=[]))
        self.hook(event("d2", cctlds=["xb"], people=[{"name": "Ben", "email": "", "phone": "1"}]))
        self.assertEqual(self.read(), "xa anne@nic.xa\nxb anne@nic.xa\n")

    def test_a_person_without_an_address_is_told(self):
        said = self.hook(event("d1", people=[{"name": "Ben\n", "email": ""}, {"name": "", "email": "anne@nic.xa"}]))
        self.assertEqual(self.read(), "xa anne@nic.xa\n")
        self.assertIn("d1: `Ben\\n` has no address", said)

    def test_an_objection_takes_back_what_the_decision_added_and_nothing_else(self):
        self.write("# members\n\nxa anne@nic.xa\n?\nxb ben@nic.xb")
        self.hook(event("d1", cctlds=["xa", "xb"]))
        self.assertEqual(self.read(), "# members\n\nxa anne@nic.xa\n?\nxb ben@nic.xb\nxb anne@nic.xa\n")
        self.hook(event("d2", cctlds=["xc"]))
        self.hook(event("d1", "objected", cctlds=["xa", "xb"]))
        self.assertEqual(self.read(), "# members\n\nxa anne@nic.xa\n?\nxb ben@nic.xb\nxc anne@nic.xa\n")

    def test_who_is_no_member_any_more_has_no_line(self):
        self.write("# members\nxa anne@nic.xa\nxb Anne@nic.xa\nxb ben@nic.xb\n")
        told = event("removed-17", "removed", request="", author="", cctlds=["xb"])
        self.assertIn("removed-17: removed xa anne@nic.xa", self.hook(told))
        self.assertEqual(self.read(), "# members\nxb ben@nic.xb\n")
        self.assertIn("nothing to change", self.hook(told))

    def test_a_second_run_changes_nothing(self):
        self.hook(event("d1"))
        self.write("")  # by hand, later
        self.assertEqual(self.hook(event("d1")), "")
        self.assertEqual(self.read(), "")
        self.hook(event("d1", "objected"))
        self.write("xa anne@nic.xa\n")
        self.assertEqual(self.hook(event("d1", "objected")), "")
        self.assertEqual(self.read(), "xa anne@nic.xa\n")

    def test_a_run_that_was_cut_off_is_finished(self):
        self.hook(event("d1", cctlds=["xa", "xb"]))
        lines = self.read(".journal").splitlines(keepends=True)
        for torn in ("", lines[1][:7]):
            with self.subTest(torn):
                self.write("xa anne@nic.xa\n")
                with open(self.roster + ".journal", "w", encoding="utf-8") as file:
                    file.write(lines[0] + torn)
                self.hook(event("d1", cctlds=["xa", "xb"]))
                self.assertEqual(self.read(), "xa anne@nic.xa\nxb anne@nic.xa\n")
                self.assertEqual(self.read(".journal"), "".join(lines))

    def test_an_objection_that_comes_first_wins(self):
        self.hook(event("d1", "objected"))
        self.assertIn("there was an objection", self.hook(event("d1")))
        self.assertFalse(os.path.exists(self.roster))

    def test_case_makes_no_other_member(self):
        self.write("XA Anne@NIC.xa\n")
        self.hook(event("d1"))
        self.assertEqual(self.read(), "XA Anne@NIC.xa\n")

    def test_who_leaves_is_removed(self):
        self.write("xa anne@nic.xa\nxb anne@nic.xa\nxa ben@nic.xa\n")
        self.hook(event("d1", request="unsubscribe", cctlds=["xb"], people=[]))
        self.assertEqual(self.read(), "xa anne@nic.xa\nxa ben@nic.xa\n")
        self.hook(event("d2", request="unsubscribe", cctlds=[], people=[]))
        self.assertEqual(self.read(), "xa ben@nic.xa\n")
        self.hook(event("d2", "objected", request="unsubscribe", cctlds=[], people=[]))
        self.assertEqual(self.read(), "xa ben@nic.xa\nxa anne@nic.xa\n")

    def test_other_requests_change_nothing(self):
        self.write("xa anne@nic.xa\n")
        for number, request in enumerate(("confirm", "other", "post", "owner")):
            self.hook(event(f"d{number}", request=request, people=people("ben@nic.xa")))
        self.assertEqual(self.read(), "xa anne@nic.xa\n")

    def test_what_is_no_plain_address_is_left_out(self):
        odd = ["", "anne", "@nic.xa", "anne@", "anne@nic", "a b@nic.xa", "a\tb@nic.xa", "anne@nic.xa\nxb ben@nic.xb",
               "anne@nic.xa\n", " anne@nic.xa", "#anne@nic.xa", "an#ne@nic.xa", "\"anne\"@nic.xa", "anne@[192.0.2.1]",
               "anne@nic..xa", ".anne@nic.xa", "anne@-nic.xa", "<anne@nic.xa>", "anne@nic.xa,ben@nic.xa",
               "anne\u0085@nic.xa", "anne\u00a0b@nic.xa", "anne\u2028@nic.xa", "anne\u202e@nic.xa",
               "anne@nic.xa\u200b", "anne@nic\u3002xa x", "a" * 250 + "@nic.xa", "\ud800@nic.xa"]
        for number, address in enumerate(odd):
            with self.subTest(address):
                said = self.hook(event(f"d{number}", people=people(address, "ben@nic.xa")))
                self.assertEqual(self.read(), "xa ben@nic.xa\n")
                self.assertTrue(said.isascii() and "\r" not in said and said.count("\n") <= 3, said)
        self.hook(event("dx", cctlds=["xb"], people=people("o'neil+tld=ops/x@nic.xa", "пример@nic.example")))
        self.assertEqual(self.read(), "xa ben@nic.xa\nxb o'neil+tld=ops/x@nic.xa\nxb пример@nic.example\n")

    def test_lines_are_kept_octet_by_octet(self):
        text = b"# M\xfcnchen \r\nxa  ben@nic.xa \r\n\x0cxb\x85x\xe2\x80\xa8y\n"
        with open(self.roster, "wb") as file:
            file.write(text)
        self.hook(event("d1"))
        with open(self.roster, "rb") as file:
            self.assertEqual(file.read(), text + b"xa anne@nic.xa\n")

    def test_mode_owner_and_link_are_kept(self):
        real = os.path.join(self.folder, "real")
        self.roster, link = real, self.roster
        self.write("")
        os.symlink("real", link)
        os.chmod(real, 0o604)
        self.roster = link
        if os.geteuid() == 0:
            os.chown(real, 12, 34)
        self.hook(event("d1"))
        after = os.stat(real)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(stat.S_IMODE(after.st_mode), 0o604)
        if os.geteuid() == 0:
            self.assertEqual((after.st_uid, after.st_gid), (12, 34))
        self.assertEqual(self.read(), "xa anne@nic.xa\n")

    def test_new_files_are_not_for_everybody(self):
        self.hook(event("d1"))
        for suffix in ("", ".journal"):
            self.assertEqual(os.stat(self.roster + suffix).st_mode & 0o007, 0)

    def test_events_that_make_no_sense(self):
        for told in ("", "x", "[]", "{}", '"\xff', {**event("d1"), "ccgate_hook": 2}, event("d1", "other"), event(""),
                     event("d 1"), event("d1\n"), event("d1", cctlds=["xa b"]), event("d1", cctlds=["x#"]),
                     event("d1", cctlds="xa"), event("d1", cctlds=[1]), event("d1", people=[1]), event("d1", people={}),
                     event("d1", author=1), event("d1", request=None), " " * (1 << 20) + "{}"):
            with self.subTest(told):
                self.assertNotIn("Traceback", self.hook(told, FAILED))
                self.assertEqual(os.listdir(self.folder), [])

    def test_a_journal_that_cannot_be_read_stops_everything(self):
        with open(self.roster + ".journal", "w", encoding="utf-8") as file:
            file.write("{}\nx\n")
        self.assertIn("roster.journal:2: ", self.hook(event("d1"), FAILED))
        self.assertFalse(os.path.exists(self.roster))

    def test_a_folder_that_is_not_there(self):
        self.roster = os.path.join(self.folder, "missing", "roster")
        self.assertNotIn("Traceback", self.hook(event("d1"), LATER))

    def test_several_at_once(self):
        """They begin while the lock is taken, and are let go together: nothing of one is lost by another."""
        programs = []
        with open(self.roster + ".journal", "a", encoding="utf-8") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            for number in range(8):
                program = subprocess.Popen([sys.executable, os.path.join(HOOKS, "ccgate-hook-roster"),
                                            "--list", "tld-ops", self.roster],
                                           stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
                program.stdin.write(json.dumps(event(f"d{number}", people=people(f"p{number}@nic.xa"))).encode("ascii"))
                program.stdin.close()
                programs.append(program)
        self.assertEqual([program.wait(60) for program in programs], [DONE] * 8)
        self.assertEqual(sorted(self.read().splitlines()), [f"xa p{number}@nic.xa" for number in range(8)])
        self.assertEqual(len(self.journal()), 16)

    def test_events_of_another_list_are_refused(self):
        """A site's `hooks` bring the events of all its lists."""
        self.hook(event("d1"))
        before = sorted(os.listdir(self.folder)), self.read(), self.read(".journal")
        for told in (event("d2", list="other", people=people("ben@nic.xa")), event("d3", list=""),
                     event("d4", list="TLD-OPS"), event("d1", "objected", list="other"),
                     event("removed-1", "removed", list="other", request="", author=""),
                     event("d5", list="other\nxb", request="unsubscribe")):
            with self.subTest(told["list"]):
                said = self.hook(told, NEVER)
                self.assertRegex(said, rf"^ccgate-hook-roster: {told['id']}: this is of list `.*`, and the hook is for "
                                       r"`tld-ops`: nothing done; [^\n]*\n$")
                self.assertEqual((sorted(os.listdir(self.folder)), self.read(), self.read(".journal")), before)

    def test_help_and_usage(self):
        for arguments in ([], [self.roster], ["--list", "tld-ops"]):
            self.assertEqual(run("ccgate-hook-roster", arguments, json.dumps(event("d1")))[0], 2)
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    unittest.main()
