"""scripts/update-cctlds: what it changes, what it tells, what it refuses. Works on a copy of the tree's files."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
VERSION = "# Version 2026112400, Last Updated Tue Nov 24 07:07:01 2026 UTC\n"


def read(*names):
    with open(os.path.join(*names), encoding="utf-8") as file:
        return file.read()


class UpdateCctlds(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-cctlds-")
        self.addCleanup(shutil.rmtree, self.folder)
        os.makedirs(os.path.join(self.folder, "scripts"))
        os.makedirs(os.path.join(self.folder, "milter", "iana"))
        shutil.copy(os.path.join(SOURCE, "scripts", "update-cctlds"), os.path.join(self.folder, "scripts"))
        self.csv = os.path.join(self.folder, "milter", "iana", "cctlds.csv")
        shutil.copy(os.path.join(SOURCE, "milter", "iana", "cctlds.csv"), self.csv)
        rows = [line.split(",") for line in read(self.csv).splitlines() if not line.startswith(("#", "a_label"))]
        self.labels = [row[0] for row in rows if row[3] == "1"]

    def run_with(self, text):
        """(exit status, what it said)"""
        path = os.path.join(self.folder, "list.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([sys.executable, "-B", os.path.join(self.folder, "scripts", "update-cctlds"), path],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    @staticmethod
    def root_zone(labels):
        return VERSION + "".join(label.upper() + "\n" for label in [*labels, "example"])

    def test_nothing_new(self):
        before = read(self.csv)
        self.assertEqual(self.run_with(self.root_zone(self.labels)), (0, "nothing changed with version 2026112400\n"))
        self.assertEqual(read(self.csv), before.replace("version 2026072401", "version 2026112400"))
        self.assertNotEqual(read(self.csv), before)

    def test_changes(self):
        before = read(self.csv)
        labels = [label for label in self.labels if label not in ("su", "xn--p1ai")] + ["eh", "xa", "xn--zckzah"]
        status, said = self.run_with(self.root_zone(labels))
        self.assertEqual(status, 0)
        self.assertEqual(said.splitlines(), [
            "eh: now delegated", "su: no longer delegated", "xn--p1ai: no longer delegated",
            "xa: new, added with the ISO code XA: look up whether that is one",
            "without a region, to be looked up at https://meetings.icann.org/en/regions: eh, xa",
            "to be looked up at https://www.iana.org/domains/root/db, may be ccTLDs: xn--zckzah"])
        after = read(self.csv).splitlines()
        changed = set(after) - set(before.splitlines())
        self.assertEqual({line for line in changed if not line.startswith("#")},
                         {"eh,eh,EH,1,", "su,su,,0,EU", "xn--p1ai,рф,RU,0,EU", "xa,xa,XA,1,"})
        rows = [line for line in after if not line.startswith("#")][1:]
        self.assertEqual(rows, sorted(rows))
        self.assertEqual(self.run_with(self.root_zone(labels))[1].splitlines()[0],
                         "nothing changed with version 2026112400")

    def test_refused(self):
        before = read(self.csv)
        for text, why in (
                ("", "it does not start with a line `# Version ...`"),
                ("<html>\n", "it does not start with a line `# Version ...`"),
                (VERSION + "FR\n", "it has fewer than 200 labels of two letters: it may be cut short"),
                (self.root_zone([*self.labels, "co.uk"]), "'co.uk' is no top-level domain"),
                (self.root_zone([*self.labels, "xn--"]), "'xn--' is no top-level domain")):
            with self.subTest(why=why, text=text[:20]):
                status, said = self.run_with(text)
                self.assertEqual(status, 1)
                self.assertTrue(said.startswith("update-cctlds: "), said)
                self.assertTrue(said.endswith(f" is no tlds-alpha-by-domain.txt: {why}\n"), said)
        self.assertEqual(self.run_with("\u0440\u0444\n")[0], 1)
        self.assertEqual(read(self.csv), before)


if __name__ == "__main__":
    unittest.main()
