"""How much the units leave open to whoever breaks in: systemd-analyze(1) security, of the files alone."""
import glob
import os
import re
import shutil
import subprocess
import sys
import unittest

SKIPPED = 77  # exit status that ctest takes for "skipped"
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MOST = 1.0


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", *arguments],
                          capture_output=True, encoding="utf-8", check=False)


class Exposure(unittest.TestCase):
    def test_each_service(self):
        units = sorted(glob.glob(os.path.join(SOURCE, "conf", "*.service")))
        self.assertEqual(len(units), 3)
        for unit in units:
            with self.subTest(os.path.basename(unit)):
                said = analyze(unit)
                level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said.stdout)
                self.assertIsNotNone(level, said.stderr)
                self.assertLessEqual(float(level.group(1)), MOST, said.stdout)


if __name__ == "__main__":
    if not shutil.which("systemd-analyze") or "--offline" not in subprocess.run(
            ["systemd-analyze", "--help"], capture_output=True, encoding="utf-8", check=False).stdout:
        print("SKIPPED: there is no systemd-analyze that looks at files", file=sys.stderr)
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED)
    unittest.main(verbosity=2)
