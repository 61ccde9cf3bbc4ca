"""A mail of the corpus, and the lists that it is for: those of tests/scenarios/site."""
import dataclasses
from typing import List, Tuple

LISTS = {"mailman3": "tld-ops@lists.example", "sympa": "sym@sympa.example", "mlmmj": "mlm@mlmmj.example"}
AUTHOR = "anne@nic.xa"


@dataclasses.dataclass
class Mail:
    manager: str
    story: str  # what is special about it, for people
    rcpt_to: str
    fields: List[Tuple[str, str]]  # folds as LF and a blank; may hold raw octets as Latin-1
    body: bytes
    mail_from: str = AUTHOR

    def octets(self):
        head = "".join(f"{name}: {value}\n" for name, value in self.fields)
        return head.encode("latin-1") + b"\n" + self.body

    def line(self):
        """As the programs that read mails take it."""
        return f"{self.mail_from} {self.rcpt_to} {self.octets().hex()}\n"


def recipient(manager, word="", detail=""):
    """The command address `word` of the manager's list."""
    local, domain = LISTS[manager].split("@")
    if word == "sympa":
        local = "sympa"
    elif word:
        local += ("+" if manager == "mlmmj" else "-") + word
    return local + ("+" + detail if detail else "") + "@" + domain


def plain(manager, word, subject="", text="", detail="", more=(), to=None, story=""):
    """A mail as mail programs write it, with `more` fields on top of the others."""
    address = recipient(manager, word, detail)
    fields = list(more) + [("From", f"Anne Example <{AUTHOR}>"), ("To", to or address)]
    fields += [("Subject", subject), ("Date", "Tue, 15 Jan 2030 11:59:00 +0000"), ("Message-ID", "<1@nic.xa>")]
    return Mail(manager, story or subject or text, address, fields, text.encode("utf-8"))
