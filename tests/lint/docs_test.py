"""The documents say what the code says, in both directions.

Keys of the schema (schema.cc), facts, grounds, log events and fields, series of the metrics, reply codes and options
against man/; every key and fact used in conf/, in README.md and in the examples of man/ against the schema; files
named in the documents against the tree.

A key is documented as `.It Ic PATH Pq TYPE`, with `, default VALUE` or `, required` as in the schema; a fact
as `.It Ic NAME Pq TYPE`.
"""
import glob
import json
import os
import re
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Where the keys of each file are documented: page, first section, section behind the last.
PLACES = {
    "config": ("ccgate.yaml.5", "KEYS", "CONTACTS.JSON"),
    "contacts": ("ccgate.yaml.5", "CONTACTS.JSON", "REGISTRIES.YAML"),
    "registries": ("ccgate.yaml.5", "REGISTRIES.YAML", "ALIASES"),
    "policy": ("ccgate-policy.5", "KEYS", "FACTS"),
    "scenario": ("ccgate-policy.5", "SCENARIO FILES", "EXAMPLES"),
}

# What a document can name: files, and folders as the files below them have them.
FOLDERS = ("cmake", "conf", "man", "milter", "policy", "scripts", "tests")
FILES = {os.path.relpath(os.path.join(root, name), SOURCE)
         for folder in FOLDERS for root, _, names in os.walk(os.path.join(SOURCE, folder)) for name in names}

faults = []


def read(*names):
    with open(os.path.join(SOURCE, *names), encoding="utf-8") as file:
        return file.read()


def read_source(name):
    """The source file of that name, in whichever folder it is."""
    found = [path for path in FILES if os.path.basename(path) == name and path.startswith(("policy/", "milter/"))]
    if len(found) != 1:
        raise ValueError(f"{len(found)} files are called {name}")
    return read(found[0])


def strings(arguments):
    """The C string literals of a row, neighbours joined as the compiler does."""
    values = []
    for literals in re.findall(r'((?:"(?:[^"\\]|\\.)*"\s*)+)', arguments):
        parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
        values.append("".join(parts).replace('\\"', '"').replace("\\\\", "\\"))
    return values


def schema():
    """file -> path -> how it is documented"""
    keys = {}
    rows = re.findall(r'\{k(Config|Policy|Registries|Scenario|Contacts),\s*((?:"(?:[^"\\]|\\.)*"[\s,]*)+)\}',
                      read_source("schema.cc"))
    for file, arguments in rows:
        path, type_, default, _ = strings(arguments)
        ending = "" if not default else ", required" if default == "required" else f", default {default}"
        keys.setdefault(file.lower(), {})[path] = type_ + ending
    return keys


def facts():
    """name -> how it is documented"""
    rows = re.findall(r'\{Fact::\w+,\s*"(\w+)",\s*FactType::(\w+),\s*"([^"]*)"',
                      read_source("fact_table.cc"))
    return {name: f"word: {words}" if type_ == "word" else type_ for name, type_, words in rows}


def section(page, first, last=None):
    text = read("man", page)
    start = text.index(f".Sh {first}\n")
    end = text.index(f".Sh {last}\n", start) if last else text.find("\n.Sh ", start + 1)
    return text[start:end if end > 0 else None]


def items(text):
    """Documented name -> what stands in parentheses"""
    return dict(re.findall(r"^\.It Ic (\S+)(?: Pq (.*))?$", text, re.MULTILINE))


def compare(what, where, wanted, found):
    for name in sorted(set(wanted) - set(found)):
        faults.append(f"{what} `{name}` is not in {where}")
    for name in sorted(set(found) - set(wanted)):
        faults.append(f"{where} documents {what} `{name}`, which does not exist")
    if isinstance(wanted, dict):
        for name in sorted(set(wanted) & set(found)):
            if wanted[name] != found[name]:
                faults.append(f"{where}: {what} `{name}` is `{wanted[name]}`, not `{found[name]}`")


def listed(text):
    """Names in `.It Li name , name`"""
    names = re.findall(r"^\.It Li (.*)$", text, re.MULTILINE)
    return {word for line in names for word in re.split(r"\s*,\s*|\s+", line.strip()) if word}


class Yaml:
    """The part of YAML that the samples use, read into dicts, lists and strings."""

    def __init__(self, text):
        self.lines = []
        for line in text.split("\n"):
            self.lines.append(self.without_comment(line).rstrip())
        self.at = 0

    @staticmethod
    def without_comment(line):
        quote = ""
        for i, char in enumerate(line):
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'" and (i == 0 or line[i - 1] in " [{,:"):
                quote = char
            elif char == "#" and (i == 0 or line[i - 1] == " "):
                return line[:i]
        return line

    @staticmethod
    def indent(line):
        return len(line) - len(line.lstrip())

    def skip_blank(self):
        while self.at < len(self.lines) and not self.lines[self.at].strip():
            self.at += 1
        return self.at < len(self.lines)

    def block(self, indent=0):
        if not self.skip_blank():
            return None
        line = self.lines[self.at]
        if line.lstrip().startswith("- "):
            value = []
            while self.skip_blank() and self.indent(self.lines[self.at]) == indent and \
                    self.lines[self.at].lstrip().startswith("- "):
                line = self.lines[self.at]
                inner = indent + len(line.lstrip()) - len(line.lstrip()[2:].lstrip())
                self.lines[self.at] = " " * inner + line[inner:]
                mapping = re.match(r"[\w*.]+:( |$)", line[inner:])
                value.append(self.block(inner) if mapping else self.rest(line[inner:], indent))
            return value
        value = {}
        while self.skip_blank() and self.indent(self.lines[self.at]) == indent:
            key, colon, rest = self.lines[self.at].strip().partition(":")
            if not colon:
                raise ValueError(f"no key in `{self.lines[self.at]}`")
            value[key.strip('"')] = self.rest(rest.strip(), indent)
        return value

    def rest(self, rest, indent):
        """A value whose first line is `rest`; further lines are indented deeper."""
        self.at += 1
        if not rest:
            if not self.skip_blank():
                return None
            deeper = self.indent(self.lines[self.at])
            sequence = deeper == indent and self.lines[self.at].lstrip().startswith("- ")
            return self.block(deeper) if deeper > indent or sequence else None
        more = []
        while self.at < len(self.lines) and (
                not self.lines[self.at].strip() or self.indent(self.lines[self.at]) > indent):
            more.append(self.lines[self.at].strip())
            self.at += 1
        if rest in ("|", ">"):
            return "\n".join(more)
        return Flow(" ".join([rest, *more])).value()


class Flow:
    """`{a: b, c: [d, "e"]}` or a scalar."""

    def __init__(self, text):
        self.text = text.strip()
        self.at = 0

    def peek(self):
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at:self.at + 1]

    def value(self, ends=""):
        opening = self.peek()
        if opening == "[":
            return self.items("]", lambda: self.value(",]"))
        if opening == "{":
            return dict(self.items("}", self.entry))
        if opening and opening in "\"'":
            end = self.text.index(opening, self.at + 1)
            word, self.at = self.text[self.at + 1:end], end + 1
            return word
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            if ends and self.text.startswith(": ", self.at):
                break
            self.at += 1
        return self.text[start:self.at].strip()

    def items(self, closing, one):
        self.at += 1
        values = []
        while self.peek() != closing:
            if not self.peek():
                raise ValueError(f"`{closing}` is missing in `{self.text}`")
            values.append(one())
            if self.peek() == ",":
                self.at += 1
        self.at += 1
        return values

    def entry(self):
        key = self.value(":,}")
        if self.peek() != ":":
            return key, None
        self.at += 1
        return key, self.value(",}")


class Used:
    """Checks the keys and facts that one file uses."""

    def __init__(self, where, keys, known_facts):
        self.where = where
        self.keys = keys
        self.facts = known_facts
        self.defined = set()

    def fault(self, what):
        faults.append(f"{self.where}: {what}")

    def type_of(self, file, path):
        """What the schema says of a path, a list of names; `*` there stands for any name."""
        for known, type_ in self.keys[file].items():
            names = known.split(".")
            if len(names) == len(path) and all(a in ("*", b) for a, b in zip(names, path)):
                return type_
        return None

    def walk(self, file, node, path=()):
        if isinstance(node, list):
            for item in node:
                if isinstance(item, (dict, list)):
                    self.walk(file, item, (*path[:-1], path[-1] + "[]"))
            return
        if file == "policy" and not path:
            self.defined |= set(node.get("define", {}))
        for key, value in node.items():
            full = (*path, key)
            type_ = self.type_of(file, full)
            if type_ is None:
                self.fault(f"`{'.'.join(full)}` is no key of the schema")
                continue
            kind = type_.partition(",")[0]
            if kind in ("condition", "list of conditions"):
                self.condition(value)
            elif kind == "outcome":
                if isinstance(value, dict):
                    self.walk("policy", value, ("default",))
            elif file == "scenario" and key in ("policy", "registries") and isinstance(value, dict):
                self.walk(key, value)
            elif isinstance(value, (dict, list)):
                self.walk(file, value, full)

    def condition(self, node):
        if isinstance(node, list):
            for each in node:
                self.condition(each)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in ("any", "all", "not"):
                    self.condition(value)
                elif key not in self.facts and key not in self.defined:
                    self.fault(f"`{key}` is no fact")
                elif isinstance(value, dict) and not set(value) <= {"more_than", "less_than", "in", "not"}:
                    self.fault(f"`{key}` is compared by an unknown word")
        elif node not in self.facts and node not in self.defined:
            self.fault(f"`{node}` is no fact")


def kind_of_sample(tree):
    if "story" in tree:
        return "scenario"
    if "ccgate" in tree:
        return "policy" if "policy" in tree else "config"
    return "registries"


def samples():
    """(where, kind or None, tree) of every sample of a file."""
    for path in sorted(glob.glob(os.path.join(SOURCE, "conf", "**", "*"), recursive=True)):
        name = os.path.relpath(path, SOURCE)
        if name.startswith(("conf/prometheus/", "conf/grafana/")):
            continue  # for other programs
        if path.endswith(".json"):
            yield name, "contacts", json.loads(read(name))
        elif path.endswith(".yaml"):
            tree = Yaml(read(name)).block()
            yield name, kind_of_sample(tree), tree
    fenced = re.findall(r"^```(yaml|json)\n(.*?)^```$", read("README.md"), re.MULTILINE | re.DOTALL)
    for language, text in fenced:
        tree = json.loads(text) if language == "json" else Yaml(text).block()
        yield "README.md", "contacts" if language == "json" else kind_of_sample(tree), tree
    for page in sorted(os.listdir(os.path.join(SOURCE, "man"))):
        for text in re.findall(r"^\.Bd -literal.*\n((?:.*\n)*?)\.Ed$", read("man", page), re.MULTILINE):
            if text.startswith("{"):
                tree = json.loads(text)
                if "ccgate_hook" not in tree:
                    yield page, "contacts", tree
            elif re.match(r"(ccgate: 1|story: |xa: )", text):
                tree = Yaml(text).block()
                yield page, kind_of_sample(tree), tree


def check_keys(keys, known_facts):
    for file, (page, first, last) in PLACES.items():
        documented = items(section(page, first, last))
        compare(f"key of {file}", f"{page} {first}", keys[file], documented)
    compare("fact", "ccgate-policy.5 FACTS", known_facts, items(section("ccgate-policy.5", "FACTS")))


def check_grounds():
    table = re.search(r"EnumWords<Ground> \{.*?\n\};", read_source("verdict.h"), re.DOTALL).group()
    grounds = set(re.findall(r'\{\w+, "(\w+)"\}', table))
    compare("ground", "ccgate-policy.5 GROUNDS", grounds, listed(section("ccgate-policy.5", "GROUNDS")))


def check_replies():
    """Wherever one is made: `{550, "5.7.2"`, `code = "452"` with its status, another status of a 451."""
    code = "".join(read(path) for path in sorted(FILES)
                   if path.startswith(("policy/", "milter/")) and path.endswith(".cc"))
    status = r'"([245]\.\d+\.\d+)"'
    wanted = {" ".join(each) for row in (r"\{(\d{3}),\s*" + status, r'code = "(\d{3})",\s*status = ' + status)
              for each in re.findall(row, code)}
    wanted |= {f"451 {each}" for each in re.findall(r"reply\.status = " + status, code)}
    documented = set(re.findall(r"Ta (\d{3} \d\.\d+\.\d+)", section("ccgate-policy.5", "REPLIES")))
    compare("reply", "ccgate-policy.5 REPLIES", wanted, documented)


def check_log():
    sources = glob.glob(os.path.join(SOURCE, "milter", "**", "*.cc"), recursive=True)
    events = {name for path in sources for name in re.findall(r'LogLevel::\w+, "(\w+)"', read(path))}
    log = section("ccgate-milter.8", "LOG")
    start = log.index(".Ss Fields of a decision")
    compare("event", "ccgate-milter.8 LOG", events, listed(log[:start]))
    line = re.search(r"LogLine decision_line\(.*?\n\}\n", read_source("decision_line.cc"), re.DOTALL)
    wanted = set(re.findall(r'line\.add\("(\w+)"', line.group(0)))
    compare("log field", "ccgate-milter.8 LOG", wanted, listed(log[start:]))


def check_metrics():
    rows = re.findall(r"\{Metric::\w+,\s*((?:\"(?:[^\"\\]|\\.)*\"[\s,]*)+)\}", read_source("series.cc"))
    wanted = {}
    for name, type_, labels, _ in map(strings, rows):
        wanted[name] = f"{type_} by {', '.join(labels.split())}" if labels else type_
    compare("series", "ccgate-milter.8 METRICS", wanted, items(section("ccgate-milter.8", "METRICS")))


def check_placeholders():
    table = re.search(r"kPlaceholders = .*?\n\}\);", read_source("template.cc"), re.DOTALL)
    wanted = set(re.findall(r'\{"(\w+)",', table.group(0)))
    notices = section("ccgate-milter.8", "NOTICES")
    rows = re.findall(r"^\.It Sy (.*)$", notices[notices.index(".Ss Texts"):], re.MULTILINE)
    compare("placeholder", "ccgate-milter.8 NOTICES", wanted, {word for row in rows for word in row.split(" , ")})


def subcommands(text):
    """`check`, `contacts show`: a group of subcommands is a variable of its own name."""
    return {name if parent == "app" else f"{parent} {name}"
            for parent, name in re.findall(r'(\w+)(?:\.|->)add_subcommand\(\s*"(\w+)"', text)}


def check_options():
    daemon = "daemon_options_cli.cc"
    tool = [os.path.basename(path) for path in glob.glob(os.path.join(SOURCE, "milter", "tool", "*cli.cc"))]
    for page, sources in (("ccgate-milter.8", [daemon]), ("ccgate.1", [name for name in tool if name != daemon])):
        code = "".join(read("milter", "tool", source) for source in sources)
        wanted = {name
                  for text in re.findall(r'add_(?:option|flag)(?:_callback|_function<[\w:]+>)?\(\s*"([^"]+)"', code)
                  for name in re.findall(r"--([\w-]+)", text)} | {"help", "version"}
        compare("option", page, wanted, set(re.findall(r"Fl Fl ([\w-]+)", read("man", page))))
    commands = subcommands(code)
    commands -= {command.rpartition(" ")[0] for command in commands}  # groups, told with what is in them
    documented = set(re.findall(r"^\.Ss ccgate (\w[\w ]*)$", read("man", "ccgate.1"), re.MULTILINE))
    compare("subcommand", "ccgate.1", commands, documented)


def check_findings():
    rows = dict(re.findall(r"^ +\{(\w+), (problem|hint),", read("milter", "doctor", "finding.cc"), re.MULTILINE))
    doctor = read("man", "ccgate.1")
    doctor = doctor[doctor.index(".Ss ccgate doctor"):]
    compare("finding", "ccgate.1 ccgate doctor", rows,
            dict(re.findall(r"^\.It Li (\w+) Pq (problem|hint)$", doctor, re.MULTILINE)))


def check_samples(keys, known_facts):
    for where, kind, tree in samples():
        Used(where, keys, known_facts).walk(kind, tree)


def paths_in(text):
    """What of a text is a path in the tree, or the bare name of a source file."""
    parts = "|".join(FOLDERS)
    named = set(re.findall(rf"(?<![\w./*-])((?:{parts})/[\w./-]*[\w/])(?![\w*{{])", text))
    named |= set(re.findall(r"`([\w-]+\.(?:cc|h|py|sh|cmake|csv))`", text))
    return named


def exists(name):
    if "/" not in name:
        return any(os.path.basename(path) == name for path in FILES)
    return name in FILES or any(path.startswith(name.rstrip("/") + "/") for path in FILES)


def check_paths():
    pages = {name for name in os.listdir(os.path.join(SOURCE, "man")) if name[-1].isdigit()}
    for document in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *sorted(FILES)):
        if not document.endswith(".md") and os.path.basename(document) not in pages:
            continue
        text = read(document)
        for name in sorted(paths_in(text)):
            if not exists(name):
                faults.append(f"{document} names {name}, which does not exist")
        for path in sorted(set(re.findall(r"\]\((\w[\w./-]*)\)", text))):
            if not path.startswith("http") and not os.path.exists(os.path.join(SOURCE, path)):
                faults.append(f"{document} links to {path}, which does not exist")
    for page in sorted(pages):
        for name, number in re.findall(r"^\.Xr (ccgate\S*) (\d)", read("man", page), re.MULTILINE):
            if f"{name}.{number}" not in pages:
                faults.append(f"{page} refers to {name}({number}), which does not exist")


def main():
    keys, known_facts = schema(), facts()
    if set(keys) != set(PLACES) or not known_facts:
        faults.append("schema.cc or fact_table.cc cannot be read by this test")
    else:
        check_keys(keys, known_facts)
        check_samples(keys, known_facts)
    check_grounds()
    check_replies()
    check_log()
    check_metrics()
    check_placeholders()
    check_options()
    check_findings()
    check_paths()
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
