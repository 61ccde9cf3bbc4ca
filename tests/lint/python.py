"""Every Python file parses, as the oldest Python that it has to run with reads it."""
import ast
import os
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OLDEST = (3, 9)  # on mail servers


def main():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=SOURCE,
                            check=True, capture_output=True).stdout
    seen = status = 0
    for name in sorted(os.fsdecode(listed).split("\0")):
        path = os.path.join(SOURCE, name)
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            octets = file.read()
        first = octets.split(b"\n", 1)[0]
        if not name.endswith(".py") and not (first.startswith(b"#!") and b"python" in first):
            continue
        seen += 1
        try:
            ast.parse(octets, name, feature_version=OLDEST)
        except SyntaxError as error:
            print(f"{name}:{error.lineno}: {error.msg}")
            status = 1
    if not seen:
        print("no Python file was found")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
