"""Addresses of lists and people, as people, programs and attackers write them.

Every function takes a random.Random first, so that a seed tells the whole of a mail.
"""
import shapes
from mails import AUTHOR, recipient

CODE = "0123456789abcdef0123456789abcdef01234567"
WORDS = {
    "mailman3": ("request", "request", "request", "request", "request", "request", "leave", "unsubscribe",
                 "confirm", "confirm", "join", "owner", ""),
    "sympa": ("sympa", "sympa", "sympa", "sympa", "sympa", "sympa", "request", "request", "unsubscribe",
              "subscribe", "owner"),
}
MLMMJ_WORDS = ("subscribe", "subscribe", "subscribe", "subscribe-digest", "subscribe-nomail", "subscribe-both",
               "unsubscribe", "help", "faq", "list", "get-1", "owner", "bounces-help", "confsub-" + CODE[:16],
               "permit-" + CODE[:16], "moderate-" + CODE[:16], "", "Subscribe", "subscribe+xa", "subscribe-xa",
               "sub", "subscribe-digest-both", "subscribe%", "nonsense")
OTHER_LISTS = (("mlm", "MLM", 1), ("mlm", "mlm2", 1), ("mlm", "xmlm", 1), ("@mlmmj", "@MLMMJ"),
               ("@mlmmj", "@other"), ("@mlmmj", "@lists.mlmmj"))
ADDRESS_TOKENS = ("(", ")", "<", ">", "\"", "\\", ",", ";", ":", " ", "\n ", "@", "+", "%", "=", "\t", "a",
                  "x@nic.xa", "mlm+", "subscribe", "mlm", "@mlmmj.example")
RECIPIENT_FIELDS = ("Cc", "Cc", "Delivered-To", "Delivered-to", "X-Original-To", "Envelope-To", "Apparently-To",
                    "X-Delivered-To", "To", "Resent-To", "X-Envelope-To", "Original-Recipient", "Bcc")


def author(rng):
    way = rng.random()
    if way < 0.85:
        return f"Anne Example <{AUTHOR}>"
    if way < 0.9:
        return shapes.mutated(rng, f"Anne Example <{AUTHOR}>")
    return rng.choice((f"Anne Example <{AUTHOR}>", AUTHOR, f"<{AUTHOR}>", f'"Example, Anne" <{AUTHOR}>',
                       f"{AUTHOR} (Anne)", f'"bob@nic.xb" <{AUTHOR}>',
                       f"=?utf-8?q?bob=40nic=2Exb=2C?= <{AUTHOR}>", f"Anne (<bob@nic.xb>) <{AUTHOR}>",
                       f"Anne\n <{AUTHOR}>", "ANNE@nic.xa", f"\u00c9 <{AUTHOR}>", f'"<bob@nic.xb>" <{AUTHOR}>',
                       f"=?utf-8?q?=3Cbob=40nic=2Exb=3E?= <{AUTHOR}>", f"Anne <@nic.xb:{AUTHOR}>",
                       f"bob@nic.xb, {AUTHOR}", f"Anne:{AUTHOR};",
                       f"Anne Example <{AUTHOR}> <bob@nic.xb>", "anne+xa@nic.xa", "\"anne\"@nic.xa",
                       f"(bob@nic.xb) {AUTHOR}", f"a\\@b <{AUTHOR}>"))


def to_field(rng, manager, word, address):
    """The command address as people, programs and attackers write it."""
    local, domain = address.rsplit("@", 1)
    other = recipient(manager, rng.choice(WORDS[manager]) if manager in WORDS else rng.choice(MLMMJ_WORDS))
    return rng.choice((address, address, address, f"<{address}>", f"List <{address}>", f'"{other}" <{address}>',
                       f"{address}, {other}", f"{other}, {address}", f"({other}) {address}",
                       f"{address} ({other})", f"List ({other}) <{address}>", f'"a, {other}" <{address}>',
                       f"List:{address}, {other};", f'"{local}"@{domain}', f"{local}@{domain.upper()}",
                       f"List\n <{address}>", f"{address},\n {other}",
                       f"=?utf-8?q?{other.replace('@', '=40')}?= <{address}>", f'"{other}, " <{address}>',
                       f'"\\"{other}" <{address}>', f"List <@nic.xa:{address}>", f"<{other}> <{address}>",
                       other, recipient(manager, word), f"{address} <{other}>", f"a+b <{address}>",
                       f'"a+b@c" <{address}>', f"{address}, a+{CODE}@nic.xa",
                       f"a+{CODE}@nic.xa, {address}", f"a b <{address}>, (c) {other}"))
