"""The table of series (milter/metrics/series.cc), and what expressions of Prometheus name."""
import os
import re

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVERS = os.path.join(SOURCE, "build", "servers", "root")
PROMTOOL = os.path.join(SERVERS, "usr", "bin", "promtool")


def table():
    """name -> (type, labels)"""
    with open(os.path.join(SOURCE, "milter", "metrics", "series.cc"), encoding="utf-8") as file:
        rows = re.findall(r'\{Metric::\w+,\s*"(\w+)",\s*"(\w+)",\s*"([\w ]*)",', file.read())
    return {name: (type_, labels.split()) for name, type_, labels in rows}


def samples():
    """Name of each sample -> its labels, those that Prometheus itself adds included."""
    found = {"up": {"job", "instance"}}
    for name, (type_, labels) in table().items():
        known = {*labels, "job", "instance"}
        if type_ == "histogram":
            found.update({f"{name}_bucket": known | {"le"}, f"{name}_sum": known, f"{name}_count": known})
        else:
            found[name] = known
    return found


def faults_of(expression, known):
    """What an expression names that is not there."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    for name in sorted(set(re.findall(r"\b(?:ccgate_\w+|up)\b", bare))):
        if name not in known:
            yield f"`{name}` in `{expression}` is no series"
    for name, matchers in re.findall(r"\b(\w+)\{([^}]*)\}", bare):
        for label in re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers):
            if label not in known.get(name, ()):
                yield f"`{label}` in `{expression}` is no label of `{name}`"
    every = {"job", "instance"}.union(*known.values())
    for labels in re.findall(r"\b(?:by|without|ignoring|on)\s*\(([^)]*)\)", bare):
        for label in filter(None, re.split(r"\s*,\s*", labels.strip())):
            if label not in every:
                yield f"`{label}` in `{expression}` is no label"
