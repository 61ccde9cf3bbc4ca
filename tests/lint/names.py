"""A name at namespace scope is declared in one header, so that any two headers can be included together.

Types, enumerations, aliases, constants and functions of policy/ and milter/. `to_string` is the one name that
each enumeration brings for itself.
"""
import os
import re
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OVERLOADED = {"to_string"}


def headers():
    for half in ("policy", "milter"):
        for root, folders, names in os.walk(os.path.join(SOURCE, half)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".h"):
                    yield os.path.relpath(os.path.join(root, name), SOURCE)


def bare(text):
    """Without comments, directives and the insides of strings."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", "", text, flags=re.MULTILINE)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"'(?:\\.|[^'\\\n])+'", "''", text)


def statements(text):
    """The declarations at namespace scope, what is in braces left out."""
    depth, here = 0, ""
    for octet in bare(text):
        if octet == "{":
            if depth == 0 and re.search(r"\bnamespace(\s+[\w:]+)?\s*$", here):
                here = ""  # its closing brace ends nothing: see below
                continue
            depth += 1
            here += "{" if depth == 1 else ""
        elif octet == "}":
            if depth == 0:
                here = ""
                continue
            depth -= 1
            here += "}" if depth == 0 else ""
            if depth == 0 and re.search(r"\)[^(){}=;]*\{\}$", here):  # a function with its body
                yield here
                here = ""
        elif depth == 0:
            if octet == ";":
                yield here
                here = ""
            else:
                here += octet


def declared(statement):
    """The name that a declaration brings in; None for a mere announcement (`struct X;`)."""
    text = re.sub(r"\[\[.*?\]\]", "", statement).strip()
    text = re.sub(r"^template\s*<(?:[^<>]|<[^<>]*>)*>\s*", "", text)
    if re.match(r"(using\s+namespace|static_assert|extern|friend)\b", text):
        return None
    head = text.split("{")[0]
    kind = re.match(r"(?:struct|class|union|enum(?:\s+class|\s+struct)?)\s+(\w+)(<|::)?", text)
    if kind and "(" not in head:
        return kind.group(1) if "{" in text and not kind.group(2) else None
    alias = re.match(r"using\s+(\w+)\s*=", text)
    if alias:
        return alias.group(1)
    function = re.search(r"(operator\s*[^\s\w(]+|[\w:]+)\s*\(", head)
    if function and "=" not in head[:function.start()]:
        name = function.group(1)
        return None if name.startswith("operator") or "::" in name else name
    value = re.search(r"(\w+)\s*(\[\w*\])?\s*(=|\{|$)", text)
    return value.group(1) if value else None


def main():
    places = {}
    for path in headers():
        with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
            for statement in statements(file.read()):
                name = declared(statement)
                if name and name not in OVERLOADED:
                    places.setdefault(name, set()).add(path)
    faults = [f"{name} is declared in {' and '.join(sorted(paths))}"
              for name, paths in sorted(places.items()) if len(paths) > 1]
    if len(places) < 100:
        faults.append("these headers cannot be read by this lint")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
