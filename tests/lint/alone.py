#!/usr/bin/env python3
"""alone.py BUILD: each source of policy/ and milter/ compiles by itself, with what it includes and nothing else.

Asks the compiler of that build, clang++ for one, to read each file only. Builds that compile a folder as one
file do not show it when a file relies on the includes of its neighbour.
"""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def commands(build):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            path = os.path.relpath(entry["file"], SOURCE)
            if not path.startswith(("policy/", "milter/")):
                continue
            words = shlex.split(entry["command"])
            at = words.index("-o")
            yield path, entry["directory"], [*words[:at], *words[at + 2:], "-fsyntax-only"]


def read(entry):
    path, directory, command = entry
    done = subprocess.run(command, cwd=directory, stderr=subprocess.PIPE, text=True, check=False)
    return f"{path}:\n{done.stderr}" if done.returncode else ""


def main():
    entries = list(commands(sys.argv[1]))
    if not entries:
        sys.exit(f"{sys.argv[1]} has no command for policy/ and milter/")
    jobs = len(os.sched_getaffinity(0))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        faults = [fault for fault in pool.map(read, entries) if fault]
    print("".join(faults), end="")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
