"""`ccgate contacts show | diff | check`: exit status and exact output.

Each file expected/NAME.txt is one command: first line `$ ARGUMENTS`, last line `=> EXIT STATUS`, between them
standard output, then lines of standard error with `! ` before them. The commands run in this folder.
"""
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def run(arguments, folder=HERE):
    done = subprocess.run([os.environ["CCGATE"], "contacts", *arguments], cwd=folder, capture_output=True,
                          encoding="utf-8", env={"PATH": "/usr/bin:/bin"}, check=False)
    return done.returncode, done.stdout, done.stderr


class Contacts(unittest.TestCase):
    maxDiff = None

    def test_output(self):
        files = sorted(glob.glob(os.path.join(HERE, "expected", "*.txt")))
        self.assertTrue(files)
        for path in files:
            with self.subTest(os.path.basename(path)), open(path, encoding="utf-8") as file:
                expected = file.read()
                command = re.match(r"\$ (.*)\n", expected).group(0)
                status, out, err = run(command[1:].split())
                told = "".join(f"! {line}\n" for line in err.splitlines())
                self.assertEqual(f"{command}{out}{told}=> {status}\n", expected)

    def test_a_broken_policy_does_not_hinder(self):
        """The configuration here names a policy that does not exist."""
        self.assertFalse(os.path.exists(os.path.join(HERE, "there-is-none.yaml")))
        self.assertEqual(run(["show", "-c", "ccgate.yaml", "xa"])[0], 0)

    def test_what_cannot_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run(["check", "-c", "none.yaml"], folder)[0], 3)
            shutil.copy(os.path.join(HERE, "contacts.json"), folder)
            # No history beside it: that is fine.
            status, out, _ = run(["show", "--file", "contacts.json", "xa"], folder)
            self.assertEqual((status, "history" in out), (0, False))
            os.mkdir(os.path.join(folder, "contacts-history.jsonl"))
            self.assertEqual(run(["show", "--file", "contacts.json", "xa"], folder)[0], 3)
            self.assertEqual(run(["check", "--file", "contacts.json", "--overrides", "none.yaml"], folder)[0], 3)
            with open(os.path.join(folder, "bad.yaml"), "w", encoding="utf-8") as file:
                file.write("xa: {domans: [nic.example]}\n")
            self.assertEqual(run(["check", "--file", "contacts.json", "--overrides", "bad.yaml"], folder)[0], 1)

    def test_first_time(self):
        """Whoever has no contact data yet is told where it comes from."""
        with tempfile.TemporaryDirectory() as folder:
            status, out, err = run(["show", "--file", "contacts.json"], folder)
            self.assertEqual((status, out), (3, ""))
            self.assertEqual(err, "ccgate: cannot read contacts.json: No such file or directory\n"
                                  "help: `ccgate contacts fetch` writes it\n")

    def test_large(self):
        """As large as the daemon takes it: here more than would do for the ccTLDs of today."""
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "contacts.json"), "w", encoding="utf-8") as file:
                file.write('{"ccgate_contacts": 1, "cctlds": {}}' + " " * (65 << 20))
            self.assertEqual(run(["show", "--file", "contacts.json"], folder)[0], 0)

    def test_unknown_word(self):
        status, out, err = run(["shw"])
        self.assertEqual((status, out), (2, ""))
        self.assertRegex(err, r"^ccgate contacts: unknown subcommand `shw`; there are fetch, .*did you mean `show`\?$")
        self.assertEqual(run([])[0], 2)

    def test_help_of_each(self):
        for command in ("show", "diff", "check"):
            status, out, err = run([command, "--help"])
            self.assertEqual((status, err), (0, ""))
            self.assertIn("--json", out)
        self.assertIn("exit status", run(["diff", "--help"])[1])


if __name__ == "__main__":
    unittest.main()
