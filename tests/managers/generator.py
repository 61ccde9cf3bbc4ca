"""Mails by a seed: what somebody may write who wants to join without being seen, and what honest people write.

Every mail has a joining command or none, in the Subject, in the text or in an address,
written in one of the ways
of shapes.py, among harmless commands and prose.
"""
import random

import bodies
import shapes
from addresses import (ADDRESS_TOKENS, CODE, MLMMJ_WORDS, OTHER_LISTS, RECIPIENT_FIELDS, WORDS, author, to_field)
from mails import AUTHOR, Mail, plain, recipient

PROSE = ("Dear all, we have seen what you wrote last week and are glad that it works", "hello",
         "thank you for the list", "Kind regards", "Anne Example", "NIC XA", "--", "-- ", "Name: Anne",
         "E-mail: anne@nic.xa", "we are the registry of .xa", "> On Monday you wrote:", "> hello",
         "please see below", "", "sincerely", "# note", "Phone: +999 1234567", "Ben <ben@nic.xa>",
         "unsubscribe info below")
JOINING = {
    "mailman3": ("join", "subscribe", "join digest=no", "join address=bob@nic.xb",
                 "subscribe address=bob@nic.xb",
                 "please join", "Re: join", "please subscribe", "join xa", "subscribe me",
                 "join address=anne@nic.xa"),
    "sympa": ("sub sym", "subscribe sym", "sub sym Anne Example", "add sym bob@nic.xb",
              "add sym bob@nic.xb Bob",
              "invite sym bob@nic.xb", "inv sym anne@nic.xa", "quiet sub sym", "auth abcd1234 sub sym",
              "auth abcd1234 add sym bob@nic.xb", "sub sym2", "Re: sub sym", "subscribe",
              "sub sym@sympa.example",
              "subscribe sym xa", "quiet auth abcd1234 quiet sub sym"),
    "mlmmj": ("subscribe", "join"),
}
OWN = {"mailman3": "join", "sympa": "sub sym"}
FOR_OTHERS = {
    "mailman3": ("join address=bob@nic.xb", "subscribe address=bob@nic.xb", "please join digest=no address=bob@nic.xb",
                 "join address=anne@nic.xa.xb"),
    "sympa": ("add sym bob@nic.xb", "invite sym bob@nic.xb Bob", "auth abcd1234 add sym bob@nic.xb",
              "quiet add sym bob@nic.xb", "inv sym anne@nic.xa.xb"),
}
HARMLESS = {
    "mailman3": ("help", "help join", "end", "stop", "who", "echo", "leave", "unsubscribe", "confirm " + CODE,
                 "Re: confirm " + CODE),
    "sympa": ("help", "lists", "which", "quit", "end", "stop", "info sym", "review sym", "signoff sym",
              "unsubscribe sym",
              "del sym bob@nic.xb", "set sym digest", "confirm abcd1234", "get sym log",
              "auth abcd1234 del sym bob@nic.xb",
              "quiet signoff sym", "signoff *"),
    "mlmmj": ("help", "unsubscribe"),
}
MORE_FIELDS = (("X-Mailer", "join"), ("Precedence", "normal"), ("X-Ack", "yes"), ("Reply-To", AUTHOR),
               ("Sender", AUTHOR), ("X-Sympa-Auth-Level", "md5"), ("X-Sympa-Sender", "bob@nic.xb"),
               ("X-MailFrom", "bob@nic.xb"), ("X-Loop", "nobody@nic.xa"), ("Comments", "join"),
               ("Keywords", "subscribe"), ("In-Reply-To", "<2@nic.xa>"), ("MIME-Version", "1.0"),
               ("Thread-Topic", "join"), ("X-Subject", "sub sym"), ("Errors-To", "bob@nic.xb"),
               ("List-Unsubscribe", "<mailto:a@nic.xa>"), ("X-List-Command", "join"), ("Cc", "ben@nic.xa"))



def text_of(rng, manager, joins):
    """Lines, the joining one among them."""
    lines = [rng.choice(PROSE) for _ in range(rng.choice((0, 0, 1, 2, 4, 9, 11)))]
    for _ in range(rng.choice((0, 1, 1, 2))):
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(HARMLESS[manager]))
    if joins:
        at = rng.choice((0, 0, rng.randrange(len(lines) + 1)))
        lines.insert(at, shapes.disguised(rng, rng.choice(JOINING[manager])))
    return "".join(line + (rng.choice(bodies.LINE_ENDS) if rng.random() < 0.15 else "\n") for line in lines)


def command_mail(rng, manager):
    """For Mailman and Sympa: by Subject and text."""
    word = rng.choice(WORDS[manager])
    detail = ""
    if word == "confirm" or rng.random() < 0.1:
        detail = rng.choice((CODE, CODE, "xa", "", "xa+xb", "join", CODE[:8]))
    place = rng.choice(("subject", "text", "text", "both", "nowhere", "nowhere"))
    joins_by_subject = place in ("subject", "both")
    words = rng.choice(JOINING[manager] if joins_by_subject else HARMLESS[manager] + PROSE + ("", "", ""))
    if place == "nowhere" or rng.random() < 0.2:
        value, how = words, "as it is"
    else:
        words = shapes.disguised(rng, words) if rng.random() < 0.5 else words
        value, how = shapes.subject(rng, words)
        if rng.random() < 0.3:
            value, how = shapes.mutated(rng, value).lstrip("\n"), how + ", mutated"
    fields, octets, body_how = bodies.body(rng, text_of(rng, manager, place in ("text", "both")))
    if rng.random() < 0.15:
        octets = shapes.mutated(rng, octets.decode("latin-1")).encode("latin-1")
        body_how += ", mutated"
    if fields and rng.random() < 0.05:
        fields = [(name, shapes.mutated(rng, value).replace("\n", "\n ")) for name, value in fields]
    address = recipient(manager, word, detail)
    if rng.random() < 0.03:
        address = rng.choice((address.upper(), address.title(), address.replace("@", "+@", 1)))
    head = [("From", author(rng)),
            ("To", to_field(rng, manager, word, address) if rng.random() < 0.15 else address),
            ("Subject", value), ("Date", "Tue, 15 Jan 2030 11:59:00 +0000"), ("Message-ID", "<1@nic.xa>")]
    head += fields
    add_fields(rng, head)
    story = f"{place} of {word}: {words!r}, Subject {how}, {body_how}"
    return Mail(manager, story, address, latin(head), octets)


def second_mail(rng, manager):
    """The author's own plain command, and somebody else's hidden behind it."""
    word = "sympa" if manager == "sympa" else "request"
    other = shapes.disguised(rng, rng.choice(FOR_OTHERS[manager]), always=True)
    if rng.random() < 0.3:
        other = shapes.disguised(rng, other)
    mail = plain(manager, word, "", f"{OWN[manager]}\n{other}\n", story=f"the author and {other!r}")
    kind = rng.choice(("text/plain; charset=utf-8", "text/plain", "text/plain; charset=utf-8; format=flowed",
                       "text/plain; charset=utf-8; format=flowed; delsp=yes"))
    mail.fields.append(("Content-Type", kind))
    if rng.random() < 0.2:
        mail.fields.append(("Content-Transfer-Encoding", "quoted-printable"))
    return mail


def add_fields(rng, head):
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        field = rng.choice(MORE_FIELDS)
        if field[0] not in [name for name, _ in head]:
            head.insert(rng.randrange(len(head) + 1), field)
    if rng.random() < 0.02:
        head.append(("Subject", "join"))


def latin(head):
    return [(name, value if all(ord(c) < 256 for c in value) else shapes.as_field(value))
            for name, value in head]


def address_mail(rng, manager):
    """For mlmmj: by the addresses of envelope and header."""
    word = rng.choice(MLMMJ_WORDS)
    address = recipient(manager, word if rng.random() < 0.7 else rng.choice(MLMMJ_WORDS))
    meant = recipient(manager, word)
    if rng.random() < 0.1:
        meant = meant.replace(*rng.choice(OTHER_LISTS))
    head = [("From", author(rng)),
            ("To", to_field(rng, manager, "", meant) if rng.random() < 0.5 else meant),
            ("Subject", rng.choice(("", "subscribe", "hello"))),
            ("Date", "Tue, 15 Jan 2030 11:59:00 +0000"), ("Message-ID", "<1@nic.xa>")]
    for _ in range(rng.choice((0, 0, 1, 2))):
        name = rng.choice(RECIPIENT_FIELDS)
        other = recipient(manager, rng.choice(MLMMJ_WORDS))
        value = other if name not in ("Cc", "To") else to_field(rng, manager, "", other)
        if name not in ("Cc", "To", "Resent-To") and rng.random() < 0.3:
            value = shapes.soup(rng, (other, other, meant, meant) + ADDRESS_TOKENS, 9)
        shown = rng.choice((value, value, f"<{value}>", f"{value} ", f"a {value}", value.replace("+", "=2B"),
                            value + ", x@nic.xa"))
        head.insert(rng.randrange(len(head) + 1), (name, shown))
    add_fields(rng, head)
    fields, octets, _ = bodies.body(rng, text_of(rng, manager, rng.random() < 0.3))
    return Mail(manager, f"to {address}: {head[1][1]!r}", address, latin(head + fields), octets)


def mails(seed, manager, count):
    rng = random.Random(f"{seed} {manager}")
    for _ in range(count):
        if manager == "mlmmj":
            mail = address_mail(rng, manager)
        else:
            mail = (second_mail if rng.random() < 0.1 else command_mail)(rng, manager)
        if rng.random() < 0.1:
            mail.mail_from = "bob@nic.xb"
        yield mail
