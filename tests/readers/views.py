"""What a program makes of a header section: who wrote the mail, and who is copied."""
import dataclasses
import unicodedata
from typing import FrozenSet, Optional, Tuple


@dataclasses.dataclass(frozen=True)
class View:
    """None where the program cannot be asked for it, or takes no such mail."""
    authors: Optional[Tuple[str, ...]] = None
    copied: Optional[FrozenSet[str]] = None
    asked_is_copied: Optional[bool] = None


NOTHING = View()


def unicode_label(label):
    """xn--bcher-kva -> b\u00fccher."""
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            pass
    return unicodedata.normalize("NFC", label)


def same(address):
    """One text for all that means the same: letter case and the form of domain names are nothing to go by."""
    address = address.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    local, at, domain = address.rpartition("@")
    folded = "".join(c.lower() if c.isascii() else c for c in local)
    return folded + at + ".".join(map(unicode_label, domain.lower().split(".")))


def view(authors, copied):
    return View(tuple(map(same, authors)), frozenset(map(same, copied)))
