"""A store as the version before this one left it: by the migrations of milter/store/migrations.cc but the last."""
import os
import re
import sqlite3

from inside import SOURCE, read

NAMES = {"{text}": "TEXT", "{serial}": "INTEGER PRIMARY KEY AUTOINCREMENT"}  # as SQLite has them


def migrations():
    """The statements of each step, first to last."""
    text = read(os.path.join(SOURCE, "milter", "store", "migrations.cc"))
    steps = {}
    for name, body in re.findall(r"^const Migration& (\w+)\(\) \{\n  static const Migration step\{\n(.*?)\n  \};",
                                 text, re.MULTILINE | re.DOTALL):
        body = re.sub(r"^\s*//.*\n", "", body, flags=re.MULTILINE)
        statements = [""]
        for literal, other in re.findall(r'"((?:[^"\\]|\\.)*)"|([^"\s]+)', body):
            if other == ",":
                statements.append("")
            elif other:
                raise ValueError(f"{name}: what is {other}?")
            statements[-1] += literal
        steps[name] = [each for each in statements if each]
    order = re.search(r"std::vector<Migration> steps\{(.*?)\};", text, re.DOTALL)[1]
    return [steps[name] for name in re.findall(r"(\w+)\(\)", order)]


def make(path, decision_id):
    """With one decision in it, that of an acceptance. How many steps it has, and how many there are."""
    steps = migrations()
    store = sqlite3.connect(path)
    store.execute("CREATE TABLE schema_version (version BIGINT NOT NULL)")
    store.execute("INSERT INTO schema_version (version) VALUES (?)", (len(steps) - 1,))
    for step in steps[:-1]:
        for statement in step:
            for name, type_ in NAMES.items():
                statement = statement.replace(name, type_)
            store.execute(statement)
    columns = store.execute("PRAGMA table_info(ledger)").fetchall()
    values = {name: 0 if type_ == "BIGINT" else "" for _, name, type_, *_ in columns if name != "number"}
    values.update(id=decision_id, decided=1893456000, list="tld-ops", request="subscribe", cctlds='["xa"]',
                  author="anne@nic.example", author_domain="nic.example", recipients="[]", people="[]",
                  verdict="accept", ground="rule", rule="admin-copied", keep_until=1 << 40)
    store.execute(f"INSERT INTO ledger ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                  tuple(values.values()))
    store.commit()
    store.close()
    return len(steps) - 1, len(steps)


def version(path):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return store.execute("SELECT version FROM schema_version").fetchone()[0]
    finally:
        store.close()
