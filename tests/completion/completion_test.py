"""What bash, zsh and fish offer for half-typed command lines, by the scripts that the programs print."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

CCGATE = os.environ["CCGATE"]
CCGATE_MILTER = os.environ["CCGATE_MILTER"]

BASH = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
compopt() { :; }
"$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
printf '%s\\n' "${COMPREPLY[@]}"
"""
# zsh's own functions need a terminal: they are stood in for, and what the script hands to them is filtered.
ZSH = """
_describe() { for each in ${(P)2}; do [[ $each == $PREFIX* ]] && print -r -- "${each%%:*}"; done; true; }
compadd() { for each in ${@[2,-1]}; do [[ $each == $PREFIX* ]] && print -r -- "$each"; done; true; }
_files() { for each in $PREFIX*(N); do print -r -- "$each"; done; }
script=$1
shift
complete_it() { local words=("$@") CURRENT=$# PREFIX=${@[-1]}; eval "$(<$script)"; }
complete_it "$@"
"""
FISH = 'source "$argv[1]"; complete -C "$argv[2]" | string replace -r "\\t.*" ""; true'


def output(*command, cwd=None):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=cwd)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Shell:
    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.scripts = {}
        for program, words in ((CCGATE, ["completion", name]), (CCGATE_MILTER, ["--completion", name])):
            script = os.path.join(folder, f"{os.path.basename(program)}.{name}")
            with open(script, "w", encoding="utf-8") as file:
                file.write(output(program, *words))
            self.scripts[os.path.basename(program)] = script

    def offers(self, *words):
        script = self.scripts[words[0]]
        if self.name == "bash":
            text = output("bash", "--norc", "-c", BASH, "bash", script, *words, cwd=self.folder)
        elif self.name == "zsh":
            text = output("zsh", "-f", "-c", ZSH, "zsh", script, *words, cwd=self.folder)
        else:
            text = output("fish", "--no-config", "-c", FISH, script, " ".join(words), cwd=self.folder)
        return sorted(text.split())


class Completion(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-completion-")
        self.addCleanup(shutil.rmtree, self.folder)
        with open(os.path.join(self.folder, "request.eml"), "w", encoding="utf-8"):
            pass
        self.shells = []
        for name in ("bash", "zsh", "fish"):
            if shutil.which(name):
                self.shells.append(Shell(name, self.folder))
            elif os.environ.get("CCGATE_NO_SKIP") == "1":
                self.fail(f"there is no {name}")

    def check(self, line, want):
        for shell in self.shells:
            with self.subTest(shell=shell.name, line=line):
                self.assertEqual(shell.offers(*line), want)

    def test_subcommands(self):
        self.check(["ccgate", "che"], ["check"])
        self.check(["ccgate", "contacts", "fet"], ["fetch"])
        self.check(["ccgate", "-c", "x", "contacts", "dif"], ["diff"])

    def test_all_subcommands_of_help_and_no_hidden_one(self):
        text = output(CCGATE, "--help")
        named = sorted(re.findall(r"^  ([a-z]+) ", text[text.index("Subcommands:"):], re.MULTILINE))
        self.assertIn("explain", named)
        self.assertNotIn("completion", named)
        for shell in self.shells:
            with self.subTest(shell=shell.name):
                self.assertEqual(shell.offers("ccgate", ""), named)

    def test_options(self):
        self.check(["ccgate", "check", "--js"], ["--json"])
        self.check(["ccgate", "contacts", "fetch", "--adop"], ["--adopt"])
        self.check(["ccgate-milter", "--has"], ["--has-lists"])

    def test_words_of_an_option(self):
        self.check(["ccgate", "report", "--region", "E"], ["EU"])
        self.check(["ccgate", "log", "--verdict", "acc"], ["accept"])

    def test_files(self):
        self.check(["ccgate", "test", "req"], ["request.eml"])
        self.check(["ccgate", "check", "--config", "req"], ["request.eml"])
        self.check(["ccgate-milter", "-c", "req"], ["request.eml"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
