"""Who may include whom: rooms stand on floors, policy/ is pure, each C library is known to one file only.

A file includes its own room and lower floors, and no two files include each other in a circle. The test of a
source includes what the source may, and tests/support. policy/ includes
the standard library, fmt's formatting and policy/, and in one .cc file each yaml-cpp, libidn2 and libpsl; it
includes nothing that reads files, clocks or sockets, and neither does milter/coverage. Every library header is included by exactly one .cc file
and by no header. Each source has the header of its own name; an adapter PORT_LIBRARY.cc has that of its port.

    includes.py            what is wrong, one line each; status 1 if anything is
    includes.py --graph    the rooms and what each includes, from the top floor down
"""
import collections
import os
import re
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Lowest first. Rooms on one floor know nothing of each other.
FLOORS = [
    ["policy/text"],
    ["policy/names"],
    ["policy/message", "policy/yaml"],
    ["policy/evidence", "policy/prose", "policy/registry"],
    ["policy/leave"],
    ["policy/request"],
    ["policy/answer"],
    ["policy/rules"],
    ["policy/verdict"],
    ["milter/system"],
    ["milter/metrics"],
    ["milter/evidence", "milter/mime", "milter/confine"],
    ["milter/store", "milter/texts", "milter/contacts"],
    ["milter/site", "milter/iana"],
    ["milter/notice"],
    ["milter/decision", "milter/members", "milter/coverage"],
    ["milter/report"],
    ["milter/ledger", "milter/outbox", "milter/daily"],
    ["milter/session"],
    ["milter/scenario", "milter/daemon", "milter/doctor"],
    ["milter/tool"],
    ["milter"],
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Header prefix of a library -> its name.
LIBRARIES = {
    "openssl/": "OpenSSL",
    "libmilter/": "libmilter", "opendkim/": "libopendkim", "spf2/": "libspf2", "yaml-cpp/": "yaml-cpp",
    "unbound.h": "libunbound", "idn2.h": "libidn2", "libpsl.h": "libpsl",
    "curl/": "libcurl", "sqlite3.h": "SQLite", "libpq-fe.h": "libpq",
    "unicode/": "ICU", "seccomp.h": "libseccomp",
}
# Of what is several libraries in one, the adapters: hashes, keys of others, keys of stories.
ADAPTERS = {"OpenSSL": {"milter/system/sha256.cc", "milter/evidence/public_key_cache_openssl.cc",
                        "milter/evidence/dkim_check_openssl.cc",
                        "milter/scenario/scenario_sign.cc"}}
IN_POLICY = {"yaml-cpp", "libidn2", "libpsl"}
# The only header of a library of C++ that policy/ may include anywhere.
FORMATTING = {"fmt/core.h", "fmt/format.h"}
# Parts of the standard library through which the world comes in; of <chrono> the calendar is none.
WORLDLY = {"condition_variable", "cstdio", "ctime", "filesystem", "fstream", "future", "iostream",
           "mutex", "random", "shared_mutex", "thread"}
PURE = ("policy/", "milter/coverage/")
CLOCK = re.compile(r"::now\s*\(")
# Names of libraries and systems in the names of their adapters.
ADAPTED = {"curl", "icu", "idn2", "libmilter", "libspf2", "opendkim", "openssl", "psl", "seccomp", "unbound", "yamlcpp"}


# Tests of a source that need more than it: what they say of it is said of whole messages, of keys to sign
# with, or of what is built on it.
OF_MORE = {
    "tests/milter/evidence/dkim_check_test.cc", "tests/milter/evidence/dkim_test.cc",
    "tests/milter/evidence/public_key_cache_test.cc",
    "tests/milter/ledger/ledger_entry_test.cc", "tests/milter/notice/smtputf8_test.cc",
    "tests/policy/request/closed_set_test.cc", "tests/policy/text/enum_words_test.cc",
}


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def sources():
    for half in ("policy", "milter"):
        for root, folders, names in os.walk(os.path.join(SOURCE, half)):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".cc", ".h", ".cc.in")):
                    yield os.path.relpath(os.path.join(root, name), SOURCE)


def tests():
    """(test, its source without ending) of every test of one source."""
    for half in ("policy", "milter"):
        for root, folders, names in os.walk(os.path.join(SOURCE, "tests", half)):
            folders.sort()
            for name in sorted(names):
                path = os.path.relpath(os.path.join(root, name), SOURCE)
                source = path.removeprefix("tests/").removesuffix("_test.cc")
                if name.endswith("_test.cc") and os.path.exists(os.path.join(SOURCE, f"{source}.h")):
                    yield path, source


def includes(text):
    return re.findall(r'^\s*#\s*include\s+([<"][^>"]+)[>"]', text, re.MULTILINE)


def library(header):
    return next((name for prefix, name in LIBRARIES.items() if header.startswith(prefix)), None)


def stem(path):
    return re.sub(r"\.(cc\.in|cc|h)$", "", path)


def circles(graph):
    """The sets of files that include each other, directly or around corners (Tarjan)."""
    number, lowest, stack, found = {}, {}, [], []

    def visit(node):
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for below in sorted(graph.get(node, ())):
            if below not in number:
                visit(below)
            if below in stack:
                lowest[node] = min(lowest[node], lowest[below])
        if lowest[node] == number[node]:
            at = stack.index(node)
            found.append(sorted(stack[at:]))
            del stack[at:]

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return [members for members in found if len(members) > 1]


class Tree:
    def __init__(self):
        self.texts = {path: read(path) for path in sources()}
        self.includes = {path: includes(text) for path, text in self.texts.items()}

    def ours(self):
        """(file, header) for every include of a header of ours."""
        for path, found in self.includes.items():
            for include in found:
                if include[0] == '"':
                    yield path, include[1:]

    def arrows(self):
        """How many includes run from one room to another."""
        rooms = [(os.path.dirname(path), os.path.dirname(header)) for path, header in self.ours()]
        return collections.Counter((room, below) for room, below in rooms if room != below)

    def climbing(self):
        for path in self.texts:
            if os.path.dirname(path) not in FLOOR or (
                    os.path.dirname(path) == "milter" and not os.path.basename(path).startswith("main_")):
                yield f"{path}: {os.path.dirname(path)} stands on no floor; see FLOORS"
        for path, found in self.includes.items():
            for include in found:
                if include.startswith(("<policy/", "<milter/")):
                    yield f"{path}: {include[1:]} is ours: it stands in quotes"
        for path, header in self.ours():
            room, below = os.path.dirname(path), os.path.dirname(header)
            if header not in self.texts:
                yield f"{path}: there is no {header}, named from the top of the tree"
            elif room != below and FLOOR.get(below, 0) >= FLOOR.get(room, 0):
                yield f"{path}: {header} is not on a lower floor"

    def tests_climbing(self):
        for path, source in tests():
            room = os.path.dirname(source)
            if path in OF_MORE:
                continue
            for include in includes(read(path)):
                below = os.path.dirname(include[1:])
                if include[0] == '"' and below not in (room, "tests/support") and FLOOR.get(below, 99) >= FLOOR[room]:
                    yield f"{path}: {source}.h does not know {include[1:]}; a test of the whole has another name"

    def going_round(self):
        graph = {}
        for path, header in self.ours():
            if stem(path) != stem(header):
                graph.setdefault(stem(path), set()).add(stem(header))
        for members in circles(graph):
            yield f"these include each other: {', '.join(members)}"

    def worldly(self):
        for path, text in self.texts.items():
            if not path.startswith(PURE):
                continue
            pure = next(folder for folder in PURE if path.startswith(folder))
            if CLOCK.search(text):
                yield f"{path}: {pure} asks a clock"
            for include in self.includes[path]:
                header = include[1:]
                if include[0] == "<" and library(header) not in IN_POLICY and header not in FORMATTING and (
                        not re.fullmatch("[a-z_0-9]+", header) or header in WORLDLY):
                    yield f"{path}: {pure} includes <{header}>"

    def libraries(self):
        users = {}
        for path, found in self.includes.items():
            for include in found:
                used = library(include[1:]) if include[0] == "<" else None
                if used:
                    users.setdefault(used, set()).add(path)
        for name, paths in sorted(users.items()):
            if name in ADAPTERS:
                for path in sorted(paths - ADAPTERS[name]):
                    yield f"{path}: {name} is for {', '.join(sorted(ADAPTERS[name]))}"
            elif len(paths) > 1 or not all(path.endswith(".cc") for path in paths):
                yield f"{name} is included by {', '.join(sorted(paths))}: one .cc file is enough"

    def headless(self):
        for path in self.texts:
            if not path.endswith((".cc", ".cc.in")) or os.path.basename(path).startswith("main_"):
                continue
            port, _, adapted = stem(path).rpartition("_")
            own = f"{stem(path)}.h"
            header = own if own in self.texts or adapted not in ADAPTED else f"{port}.h"
            if header not in self.texts:
                yield f"{path}: has no header of its name"
            elif f'"{header}' not in self.includes[path]:
                yield f"{path}: does not include {header}"

    def print_graph(self):
        arrows = self.arrows()
        for floor, rooms in reversed(list(enumerate(FLOORS))):
            for room in rooms:
                below = sorted(((FLOOR.get(to, 99), to, count) for (start, to), count in arrows.items()
                                if start == room), reverse=True)
                print(f"{floor:2} {room:16} {', '.join(f'{to} {count}' for _, to, count in below) or '-'}")
        up = [arrow for arrow in arrows if FLOOR.get(arrow[1], 99) >= FLOOR.get(arrow[0], 99)]
        print(f"{len(arrows)} arrows, {len(up)} of them not down")


def main():
    tree = Tree()
    if sys.argv[1:] == ["--graph"]:
        tree.print_graph()
        return 0
    faults = [fault for look in (tree.climbing, tree.tests_climbing, tree.going_round, tree.worldly, tree.libraries, tree.headless)
              for fault in look()]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
