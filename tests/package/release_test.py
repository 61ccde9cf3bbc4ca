"""What scripts/release refuses: in a repository with the files that it reads, made ready for a release."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILES = ("CMakeLists.txt", "CHANGELOG.md", "debian/changelog", "scripts/release", "man/ccgate.1", "man/ccgate.yaml.5")
PACKAGE = "#!/bin/sh\nset -e\ncd \"$(dirname \"$0\")/..\"\nmkdir -p build/package\nls man > build/package/ccgate.deb\n"
VERSION = "9.8.7"
GIT = {"GIT_AUTHOR_NAME": "test", "GIT_AUTHOR_EMAIL": "test@example.org", "GIT_COMMITTER_NAME": "test",
       "GIT_COMMITTER_EMAIL": "test@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


class Release(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-release-")
        self.addCleanup(shutil.rmtree, self.folder)
        for name in FILES:
            os.makedirs(os.path.dirname(os.path.join(self.folder, name)), exist_ok=True)
            shutil.copy(os.path.join(SOURCE, name), os.path.join(self.folder, name))
        self.edit("CMakeLists.txt", r"^project\(ccgate VERSION \S+", f"project(ccgate VERSION {VERSION}")
        self.edit("CHANGELOG.md", r"(^## \[Unreleased\]\n)(?s:.*)",
                  rf"\1\n## [{VERSION}] - 2030-01-05\n\n### Added\n\n- all\n")
        self.edit("debian/changelog", r"(?s:.*)", f"ccgate ({VERSION}) unstable; urgency=medium\n\n  * All.\n\n"
                  " -- The ccgate authors <maintainers@example.org>  Sat, 05 Jan 2030 12:00:00 +0000\n")
        for page in ("ccgate.1", "ccgate.yaml.5"):
            self.edit(f"man/{page}", r"^\.Dd .*", ".Dd January 5, 2030")
        path = os.path.join(self.folder, "scripts", "package")  # in place of the real one: what it is run on
        with open(path, "w", encoding="utf-8") as file:
            file.write(PACKAGE)
        os.chmod(path, 0o755)
        self.git("init", "--quiet")
        self.commit()

    def edit(self, name, pattern, text):
        path = os.path.join(self.folder, name)
        with open(path, encoding="utf-8") as file:
            old = file.read()
        new = re.sub(pattern, text, old, count=1, flags=re.MULTILINE)
        self.assertNotEqual(old, new, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(new)

    def git(self, *arguments):
        subprocess.run(["git", "-C", self.folder, *arguments], check=True, env={**os.environ, **GIT})

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "all")

    def release(self, *arguments):
        """(exit status, what it said)"""
        done = subprocess.run([os.path.join(self.folder, "scripts", "release"), *arguments], capture_output=True,
                              encoding="utf-8", check=False, env={**os.environ, **GIT})
        return done.returncode, done.stdout + done.stderr

    def refused(self, *reasons, version=VERSION):
        """With exactly these reasons, one a line."""
        status, said = self.release("--check", version)
        self.assertEqual(said, "".join(f"release: {reason}\n" for reason in reasons))
        self.assertEqual(status, 1)

    def test_nothing_is_in_the_way(self):
        self.assertEqual(self.release("--check", VERSION), (0, f"release: nothing is in the way of {VERSION}\n"))
        self.assertFalse(os.path.exists(os.path.join(self.folder, "build")))

    def test_made(self):
        """Of what is committed, and the package of what is in the tarball."""
        self.edit(".git/info/exclude", r"\Z", "/build/\n/man/own.1\n")
        with open(os.path.join(self.folder, "man", "own.1"), "w", encoding="utf-8") as file:
            file.write(".Dd January 5, 2030\n")
        self.assertEqual(self.release(VERSION)[0], 0)
        made = os.path.join(self.folder, "build", "release-" + VERSION)
        tarball = f"ccgate-{VERSION}.tar.gz"
        self.assertEqual(sorted(os.listdir(made)), ["SHA256SUMS", f"ccgate-{VERSION}.tar.gz", "ccgate.deb"])
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made, check=True)
        listed = subprocess.run(["tar", "-tzf", tarball], cwd=made, stdout=subprocess.PIPE, encoding="utf-8",
                                check=True).stdout
        files = sorted(line for line in listed.splitlines() if not line.endswith("/"))
        self.assertEqual(files, sorted(f"ccgate-{VERSION}/{name}" for name in (*FILES, "scripts/package")))
        with open(os.path.join(made, "ccgate.deb"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "ccgate.1\nccgate.yaml.5\n")
        self.refused(f"there is build/release-{VERSION} already")

    def test_usage(self):
        for wrong in ((), ("--check",), ("v1.0.0",), ("1.0",), ("1.0.0-1",), (VERSION, VERSION), ("--make", VERSION)):
            status, said = self.release(*wrong)
            self.assertEqual((status, said.startswith("usage: ")), (2, True), wrong)
        self.assertEqual(self.release("--help")[0], 0)

    def test_each_file_may_disagree(self):
        for name, pattern, text, reason in (
                ("CMakeLists.txt", r"VERSION 9.8.7", "VERSION 9.8.6", "CMakeLists.txt has 9.8.6, not 9.8.7"),
                ("CHANGELOG.md", r"\[9.8.7\]", "[9.8.6]",
                 "CHANGELOG.md has ## [9.8.6] - 2030-01-05, not ## [9.8.7] - 2030-01-05"),
                ("CHANGELOG.md", r"2030-01-05", "2030-02-30",
                 "CHANGELOG.md has ## [9.8.7] - 2030-02-30, not ## [9.8.7] - YYYY-MM-DD"),
                ("CHANGELOG.md", r"## \[Unreleased\]\n", "## [Unreleased]\n\n- docs: more\n",
                 "CHANGELOG.md still has something under Unreleased"),
                ("debian/changelog", r"9.8.7", "9.8.7-1", "debian/changelog has 9.8.7-1, not 9.8.7"),
                ("debian/changelog", "unstable", "UNRELEASED", "debian/changelog is for UNRELEASED"),
                ("debian/changelog", "Sat, 05", "Sun, 06",
                 "debian/changelog, last line of its first entry, has 2030-01-06, not 2030-01-05"),
                ("man/ccgate.1", r"January 5,", "January 4,",
                 "man/ccgate.1 has January 4, 2030, not January 5, 2030")):
            with self.subTest(reason):
                self.edit(name, pattern, text)
                self.commit()
                self.refused(reason)
                self.git("reset", "--quiet", "--hard", "HEAD^")

    def test_the_tree(self):
        with open(os.path.join(self.folder, "left"), "w", encoding="utf-8") as file:
            file.write("over\n")
        status, said = self.release("--check", VERSION)
        self.assertEqual((status, said), (1, "release: the tree is not clean:\n  ?? left\n"))
        os.remove(os.path.join(self.folder, "left"))
        self.git("tag", "v" + VERSION)
        self.refused(f"there is a tag v{VERSION} already")
        shutil.rmtree(os.path.join(self.folder, ".git"))
        status, said = self.release("--check", VERSION)
        self.assertEqual((status, "not a git repository" in said), (1, True), said)

    def test_all_reasons_are_told_at_once(self):
        self.edit("debian/changelog", "unstable", "UNRELEASED")
        self.commit()
        self.git("tag", "v9.8.8")
        self.refused("CMakeLists.txt has 9.8.7, not 9.8.8",
                     "CHANGELOG.md has ## [9.8.7] - 2030-01-05, not ## [9.8.8] - 2030-01-05",
                     "debian/changelog has 9.8.7, not 9.8.8", "debian/changelog is for UNRELEASED",
                     "there is a tag v9.8.8 already", version="9.8.8")


if __name__ == "__main__":
    unittest.main(verbosity=2)
