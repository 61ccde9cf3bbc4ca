"""`ccgate log`, `show`, `replay`, `ask`, `held` and `lists`: exit status and exact output.

Each file expected/NAME.txt is one command: first line `$ ARGUMENTS`, last line `=> EXIT STATUS`, between them
standard output, then lines of standard error with `! ` before them. STORE is the URL of a ledger that
main_ledger_fill.cc has filled.
"""
import fcntl
import glob
import os
import pty
import re
import shlex
import signal
import struct
import subprocess
import tempfile
import termios
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CCGATE = os.environ["CCGATE"]
ENVIRONMENT = {"PATH": "/nowhere"}  # no journalctl


def fill(url, *more):
    subprocess.run([os.environ["CCGATE_LEDGER_FILL"], url, HERE, *more], check=True)


def run(arguments, **options):
    done = subprocess.run([CCGATE, *arguments], cwd=HERE, capture_output=True, encoding="utf-8",
                          env=ENVIRONMENT, check=False, **options)
    return done.returncode, done.stdout, done.stderr


class Ledger(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.url = cls.new("fixed.db")

    @classmethod
    def new(cls, name, more=()):
        url = f"sqlite:{cls.folder.name}/{name}"
        fill(url, *more)
        return url

    def test_output(self):
        files = sorted(glob.glob(os.path.join(HERE, "expected", "*.txt")))
        self.assertTrue(files)
        for path in files:
            with self.subTest(os.path.basename(path)), open(path, encoding="utf-8") as file:
                expected = file.read()
                command = re.match(r"\$ (.*)\n", expected).group(0)
                status, out, err = run(shlex.split(command[1:].replace("STORE", self.url)))
                told = "".join(f"! {line}\n" for line in err.splitlines())
                self.assertEqual(f"{command}{out}{told}=> {status}\n".replace(self.url, "STORE"), expected)

    def test_the_configuration_names_the_store(self):
        """Policy and contacts that it names do not exist: they do not matter here."""
        with open(os.path.join(HERE, "no-store.yaml"), encoding="utf-8") as file:
            text = file.read()
        path = os.path.join(self.folder.name, "ccgate.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'{text}store: "{self.url}"\n')
        self.assertEqual(run(["log", "-c", path]), run(["log", "--store", self.url]))
        self.assertEqual(run(["show", "-c", path, "7k2m9"])[0], 0)
        with open(path, "a", encoding="utf-8") as file:
            file.write("stroe: x\n")
        status, out, err = run(["log", "-c", path, "--store", self.url])
        self.assertEqual((status, out), (1, ""))
        self.assertIn("did you mean `store`?", err)

    def test_a_terminal_has_its_width(self):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
        with os.fdopen(ours, "rb") as terminal:
            subprocess.run([CCGATE, "log", "--store", self.url], stdout=theirs, env=ENVIRONMENT, check=True)
            os.close(theirs)
            lines = [terminal.readline().decode().rstrip("\r\n") for _ in range(6)]
        self.assertEqual(lines[0], "ID            TIME                  LIST      REQUEST      C")
        self.assertEqual({len(line) <= 60 for line in lines}, {True})

    def test_follow(self):
        url = self.new("followed.db")
        with subprocess.Popen([CCGATE, "log", "--store", url, "--follow", "--limit", "1"], env=ENVIRONMENT,
                              stdout=subprocess.PIPE, encoding="utf-8") as follower:
            self.assertRegex(follower.stdout.readline(), "^ID ")
            self.assertRegex(follower.stdout.readline(), "^dd0000000004 ")
            for number in ("ee0000000005", "ee0000000006"):
                fill(url, number)
                self.assertRegex(follower.stdout.readline(), f"^{number} ")
            follower.send_signal(signal.SIGINT)
            self.assertEqual(follower.wait(30), 0)

    def test_follow_what_is_chosen(self):
        url = self.new("chosen.db")
        with subprocess.Popen([CCGATE, "log", "--store", url, "--follow", "--json", "--since",
                               "2030-01-15T00:00:00Z"], env=ENVIRONMENT, stdout=subprocess.PIPE,
                              encoding="utf-8") as follower:
            fill(url, "ee0000000005")
            self.assertIn('{"id":"ee0000000005"', follower.stdout.readline())
            follower.send_signal(signal.SIGTERM)
            self.assertEqual(follower.wait(30), 0)

    def test_nobody_reads_any_more(self):
        with subprocess.Popen([CCGATE, "log", "--store", self.url, "--follow"], env=ENVIRONMENT,
                              stdout=subprocess.PIPE) as follower:
            follower.stdout.readline()
            follower.stdout.close()
            self.assertEqual(follower.wait(30), 0)

    def test_what_cannot_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            for command in (["log"], ["show", "7k2m9qx40c1d"]):
                status, out, err = run([*command, "--store", f"sqlite:{folder}/none.db"])
                self.assertEqual((status, out), (3, ""))
                self.assertEqual(err, f"ccgate: cannot open the store: sqlite:{folder}/none.db: cannot be opened: "
                                      "No such file or directory\n")
                self.assertEqual(run([*command, "-c", f"{folder}/none.yaml"])[0], 3)
            self.assertEqual(os.listdir(folder), [])
            with open(os.path.join(folder, "odd.db"), "w", encoding="utf-8") as file:
                file.write("no database\n" * 1000)
            status, _, err = run(["log", "--store", f"sqlite:{folder}/odd.db"])
            self.assertEqual(status, 3)
            self.assertIn("is no SQLite database", err)

    def test_what_is_not_in_the_store_is_looked_for_in_the_journal(self):
        journal = os.path.join(self.folder.name, "bin")
        os.mkdir(journal)
        program = os.path.join(journal, "journalctl")
        with open(program, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nprintf '%s\\n' \"$*\" >{journal}/asked\nexec /bin/cat {HERE}/sample.log\n")
        os.chmod(program, 0o755)
        environment = {"PATH": f"relative:{journal}"}
        for arguments in (["-c", "no-store.yaml"], ["--store", self.new("other.db", ["ee0000000005"])]):
            done = subprocess.run([CCGATE, "show", *arguments, "7k2m9qx"], cwd=HERE, capture_output=True,
                                  encoding="utf-8", env=environment, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("decision 7k2m9qx40c1d, as the log tells it", done.stdout)
            with open(os.path.join(journal, "asked"), encoding="utf-8") as file:
                self.assertIn("--unit=ccgate-milter --output=cat --no-pager --quiet --grep=7k2m9qx", file.read())
        done = subprocess.run([CCGATE, "show", "--log", "-", "7k2m9qx"], input="nothing\n", capture_output=True,
                              encoding="utf-8", env=environment, check=False)
        self.assertEqual((done.returncode, done.stderr), (1, "ccgate: no decision `7k2m9qx` in -\n"))

    def test_no_password_is_shown(self):
        status, _, err = run(["log", "--store", "postgresql://ccgate:secret@127.0.0.1:1/ccgate"])
        self.assertEqual(status, 3)
        self.assertNotIn("secret", err)


if __name__ == "__main__":
    unittest.main()
