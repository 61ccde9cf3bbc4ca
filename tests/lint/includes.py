"""policy/ is pure, and each C library is known to one file only.

policy/ includes the standard library, policy/, and in one .cc file each yaml-cpp, libidn2 and libpsl; it
includes nothing that reads files, clocks or sockets. milter/ is never included by policy/, main_*.cc by
nobody. Every library header is included by exactly one .cc file and by no header.
"""
import os
import re
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Header prefix of a library -> its name.
LIBRARIES = {
    "libmilter/": "libmilter", "opendkim/": "libopendkim", "spf2/": "libspf2", "yaml-cpp/": "yaml-cpp",
    "unbound.h": "libunbound", "idn2.h": "libidn2", "libpsl.h": "libpsl",
    "curl/": "libcurl", "sqlite3.h": "SQLite", "libpq-fe.h": "libpq",
}
IN_POLICY = {"yaml-cpp", "libidn2", "libpsl"}
# Parts of the standard library through which the world comes in.
WORLDLY = {"chrono", "condition_variable", "cstdio", "ctime", "filesystem", "fstream", "future", "iostream",
           "mutex", "random", "shared_mutex", "thread"}


def includes(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return re.findall(r'^\s*#\s*include\s+([<"][^>"]+)[>"]', file.read(), re.MULTILINE)


def library(header):
    return next((name for prefix, name in LIBRARIES.items() if header.startswith(prefix)), None)


def main():
    faults = []
    users = {}
    for folder in ("policy", "milter"):
        for root, _, names in sorted(os.walk(os.path.join(SOURCE, folder))):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(root, name), SOURCE)
                if not name.endswith((".cc", ".h")):
                    continue
                for include in includes(path):
                    kind, header = include[0], include[1:]
                    if kind == '"':
                        if header.startswith("milter/") and folder == "policy":
                            faults.append(f"{path}: policy/ includes {header}")
                        if not header.startswith(("policy/", "milter/")):
                            faults.append(f"{path}: {header} is not named from the top of the tree")
                        continue
                    used = library(header)
                    if used:
                        users.setdefault(used, set()).add(path)
                    if folder == "policy" and used not in IN_POLICY and (
                            not re.fullmatch("[a-z_0-9]+", header) or header in WORLDLY):
                        faults.append(f"{path}: policy/ includes <{header}>")
    for name, paths in sorted(users.items()):
        if len(paths) > 1 or not all(path.endswith(".cc") for path in paths):
            faults.append(f"{name} is included by {', '.join(sorted(paths))}: one .cc file is enough")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
