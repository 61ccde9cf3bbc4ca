"""What upgrade.py and quickstart.py share, as root in the container of package_test.py: commands, README's among them,
and debian/tests/gate as a module."""
import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGES = os.path.join(SOURCE, "build", "package")


def load_gate():
    loader = importlib.machinery.SourceFileLoader("gate", os.path.join(SOURCE, "debian", "tests", "gate"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("gate", loader))
    loader.exec_module(module)
    return module


gate = load_gate()
run = gate.run


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def shown(unit, name):
    return run("systemctl", "show", unit, "--property=" + name, "--value").stdout.strip()


def same(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found!r}, not {wanted!r}")
    print(f"{what}: {found}", flush=True)


def steps_of_readme(heading):
    """(kind, text) in the order of README: `yaml` and `json` blocks, lines of `shell` blocks, `words` between backticks
    that are a command or a setting."""
    section = read(os.path.join(SOURCE, "README.md")).partition(f"## {heading}\n")[2].partition("\n## ")[0]
    pattern = re.compile(r"^```(\w+)\n(.*?)^```$|((?:^    [^\n]*\n)+)|`([^`]+)`", re.MULTILINE | re.DOTALL)
    for fenced, text, indented, words in pattern.findall(section):
        if fenced:
            yield fenced, text
        elif indented:
            for line in re.sub(r"\s*\\\n\s*", " ", indented).splitlines():
                yield "shell", line.strip()
        else:
            yield "words", " ".join(words.split())


def shell(command):
    print(f"$ {command}", flush=True)
    done = subprocess.run(["/bin/sh", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    print(done.stdout, flush=True)
    if done.returncode != 0:
        log = run("journalctl", "--unit=ccgate-milter", "--unit=ccgate-contacts", "--output=cat").stdout
        sys.exit(f"README's `{command}`: exit status {done.returncode}\n{log}")
    return done.stdout
