#!/usr/bin/env python3
"""alone.py BUILD: each source of policy/ and milter/ compiles by itself, with what it includes and nothing else.

Asks the compiler of that build, clang++, to read each file only. Builds that compile a folder as one file do not
show it when a file relies on the includes of its neighbour. The large headers of libraries are read once, for all
files: of these it does not show who includes them.
"""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys
import tempfile

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


# What takes the compiler longest, time after time.
LARGE = """algorithm array atomic chrono condition_variable functional map memory mutex optional random set string
string_view thread unordered_map utility variant vector fmt/format.h""".split()
# For a source that names one of them: the others need not read so much.
LARGEST = ["nlohmann/json.hpp", "CLI/CLI.hpp"]


def commands(build):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            path = os.path.relpath(entry["file"], SOURCE)
            if not path.startswith(("policy/", "milter/")):
                continue
            words = shlex.split(entry["command"])
            at = words.index("-o")
            yield path, entry["directory"], [word for word in [*words[:at], *words[at + 2:]] if word != "-c"]


def precompile(entry, names, folder):
    """The option that gives a source the headers `names`, precompiled."""
    path, directory, command = entry
    header = os.path.join(folder, f"large{len(names)}.h")
    with open(header, "w", encoding="utf-8") as file:
        file.writelines(f"#include <{name}>\n" for name in names)
    options = [word for word in command if not word.endswith(path)]
    subprocess.run([*options, "-x", "c++-header", header, "-o", f"{header}.pch"], cwd=directory, check=True)
    return ["-include-pch", f"{header}.pch"]


def names_one(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        text = file.read()
    return any(f"#include <{name}>" in text for name in LARGEST)


def read(entry, options):
    path, directory, command = entry
    done = subprocess.run([*command, *options, "-fsyntax-only"], cwd=directory, stderr=subprocess.PIPE, text=True,
                          check=False)
    return f"{path}:\n{done.stderr}" if done.returncode else ""


def main():
    entries = list(commands(sys.argv[1]))
    if not entries:
        sys.exit(f"{sys.argv[1]} has no command for policy/ and milter/")
    jobs = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        large = precompile(entries[0], LARGE, folder)
        largest = precompile(entries[0], LARGE + LARGEST, folder)
        said = pool.map(lambda entry: read(entry, largest if names_one(entry[0]) else large), entries)
        faults = [fault for fault in said if fault]
    print("".join(faults), end="")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
