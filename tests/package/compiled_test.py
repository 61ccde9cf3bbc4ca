"""take_compiled.sh: programs are taken from where the same commands made them, and from nowhere else."""
import os
import shutil
import subprocess
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "take_compiled.sh")
NINJA = """build a.o: CXX
  DEFINES = -DA
  FLAGS = -O3{flags} -fPIE
  INCLUDES = -I{source}
build ccgate: LINK
  LINK_FLAGS = -pie
  LINK_LIBRARIES = liba.a  /usr/lib/libfmt.so
"""


class Compiled(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-compiled-")
        self.addCleanup(shutil.rmtree, self.folder)

    def build(self, name, flags="", compiler="/usr/bin/c++", more=""):
        folder = os.path.join(self.folder, name)
        source = f"/srv/source-of-{name}"
        os.makedirs(os.path.join(folder, "completion"))
        for file, text in (("build.ninja", NINJA.format(flags=flags, source=source) + more),
                           ("CMakeCache.txt", f"CMAKE_HOME_DIRECTORY:INTERNAL={source}\n"
                                              f"CMAKE_CXX_COMPILER:FILEPATH={compiler}\n")):
            with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        return folder

    def take(self, from_, to):
        for name in ("ccgate", "ccgate-milter", "completion/ccgate.bash"):
            with open(os.path.join(from_, name), "w", encoding="utf-8") as out:
                out.write(name)
        done = subprocess.run([SCRIPT, from_, to], stderr=subprocess.PIPE, encoding="utf-8", check=False)
        taken = [name for name in ("ccgate", "ccgate-milter", "completion/ccgate.bash")
                 if os.path.exists(os.path.join(to, name))]
        return done.returncode, len(taken), done.stderr

    def test_the_same_commands(self):
        """Of another folder; there warnings are errors, and more is compiled."""
        from_ = self.build("from", flags=" -Werror", more="  FLAGS = -O0\n")
        self.assertEqual(self.take(from_, self.build("to")), (0, 3, ""))

    def test_others(self):
        for name, options in (("flags", {"flags": " -DNDEBUG"}), ("compiler", {"compiler": "/usr/bin/clang++"}),
                              ("more", {"more": "  LINK_LIBRARIES = /usr/lib/libpsl.so\n"})):
            with self.subTest(name):
                status, taken, said = self.take(self.build("from-" + name), self.build("to-" + name, **options))
                self.assertEqual((status, taken), (1, 0))
                self.assertIn(list(options.values())[0].strip(), said)

    def test_nothing_was_configured(self):
        to = self.build("to")
        with open(os.path.join(to, "build.ninja"), "w", encoding="utf-8"):
            pass
        self.assertEqual(self.take(self.build("from"), to)[:2], (1, 0))


if __name__ == "__main__":
    unittest.main(verbosity=2)
