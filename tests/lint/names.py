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


def without_arguments(text):
    """`std::function<void(int)> f` as `std::function f`; a specialization keeps its `<`."""
    while True:
        text, found = re.subn(r"(?<=\w)\s*<[^<>{};]*>(?=\s*[\w&*>,)]|\s*::)", "", text)
        if not found:
            return text


def declared(statement):
    """The name that a declaration brings in; None for a mere announcement (`struct X;`)."""
    text = re.sub(r"\[\[.*?\]\]", "", statement).strip()
    text = re.sub(r"^template\s*<(?:[^<>]|<[^<>]*>)*>\s*", "", text)
    text = re.sub(r"\b(alignas|noexcept|requires)\s*\((?:[^()]|\([^()]*\))*\)", "", text)
    text = re.sub(r"^extern\s+(?!\"|template\b)", "", text)
    if re.match(r"(using\s+namespace|using\s+enum|static_assert|extern|friend)\b", text):
        return None
    text = without_arguments(text)
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


# What is found in a header of that text.
SAMPLES = [
    ("struct A;", []),
    ("struct A { int b; };", ["A"]),
    ("class A final : public B<int> { void c(); };", ["A"]),
    ("struct alignas(64) A { int b; };", ["A"]),
    ("enum class A { b };", ["A"]),
    ("template <> struct EnumWords<A> { int b; };", []),
    ("template <typename T> struct A { T b; };", ["A"]),
    ("template <typename T> concept A = requires(T b) { b(); };", ["A"]),
    ("using A = std::map<int, std::function<void(int)>>;", ["A"]),
    ("template <typename T> using A = std::vector<T>;", ["A"]),
    ("using enum A;", []),
    ("inline constexpr std::int64_t kA = 24 * b(1);", ["kA"]),
    ("inline constexpr std::array<std::string_view, 2> kA{\"b\", \"c\"};", ["kA"]),
    ("inline const std::function<void(int)> kA = b;", ["kA"]),
    ("extern const int kA;", ["kA"]),
    ("constexpr auto a = [](int b) { return b; };", ["a"]),
    ("[[nodiscard]] std::optional<std::vector<A>> a(const std::map<B, C>& b = {});", ["a"]),
    ("[[nodiscard]] constexpr bool a(char b) noexcept { return b == 'c'; }", ["a"]),
    ("template <typename T> requires (sizeof(T) > 1) auto a(T b) noexcept(noexcept(b())) { return b; }", ["a"]),
    ("bool operator==(const A& a, const A& b);", []),
    ("namespace ccgate { namespace test { void a(); } void b(); }", ["a", "b"]),
]


def own_faults():
    for text, names in SAMPLES:
        found = [name for name in map(declared, statements(text)) if name]
        if found != names:
            yield f"this lint finds {found} in `{text}`"


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
    faults += own_faults()
    if len(places) < 100:
        faults.append("these headers cannot be read by this lint")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
