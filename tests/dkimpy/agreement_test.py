"""Messages made of every octet that mail can hold are signed with every knob turned, some are changed on the way,
and library, own reading and dkimpy say the same of each signature, but for what RFC 6376 and its successors let a
verifier judge otherwise: the tables below.

CCGATE_SEED chooses other messages, CCGATE_MESSAGES how many.
"""
import base64
import collections
import os
import random
import subprocess
import sys
import unittest

try:
    import dkim
    import signing
except ImportError:
    if "CCGATE_NO_SKIP" in os.environ:
        raise
    print("skipped: no dkimpy, or no PyNaCl for it")
    sys.exit(77)

MESSAGES = int(os.environ.get("CCGATE_MESSAGES", "1000"))
BLANKS = [b" ", b"\t", b"  ", b" \t "]
# A control character in a header, and a CR or LF alone, are refused before anything is verified.
HEADER_OCTETS = bytes([*range(0x21, 0x7f), *range(0x80, 0x100)])
BODY_OCTETS = bytes(octet for octet in range(256) if octet not in b"\r\n")

# Where dkimpy says pass and ccgate does not, and why.
STRICTER = {
    "l=": "RFC 6376 8.2: a part of the body is not signed",
    "a=rsa-sha1": "RFC 8301 3.1",
    "t= in the future": "RFC 6376 3.5; dkimpy grants ten hours, ccgate five minutes",
    "x= is over": "likewise",
    "t= before DKIM": "there was no DKIM in 1970",
    "x= is not after t=": "RFC 6376 3.5",
    "x= of many digits": "RFC 6376 3.5: twelve are enough",
    "h= without From": "RFC 6376 5.4",
    "h= with an empty name": "RFC 6376 3.5",
    "i= without @": "RFC 6376 3.5",
    "key: h= without sha256": "RFC 6376 3.6.1",
    "key: t=y": "RFC 6376 3.6.1: as if it were not signed",
    "key: t=s": "RFC 6376 3.6.1",
    "key: p= is no base64": "RFC 6376 3.6.1",
    "a= of another kind of key": "RFC 6376 3.6.1, RFC 8463 4; dkimpy goes by the key alone",
    "key: v= is not first": "RFC 6376 3.6.1",
}
# Where ccgate says pass and dkimpy does not.
MILDER = {
    "a= in capitals": "RFC 5234 2.3: what the grammar spells has no letter case",
    "c= in capitals": "likewise",
    "q= in capitals": "likewise",
    "key: k= in capitals": "likewise",
    "q= with several ways": "RFC 6376 3.5: one that is known is enough",
    "q=dns": "as DomainKeys wrote it; it asks for the same record",
    "key: s= with several services": "RFC 6376 3.6.1",
    "b= without padding": "it has one meaning",
    "b= in another tag": "RFC 6376 3.7: it is a part of that value",
    "b= right behind the colon": "RFC 6376 3.2",
    "blanks behind b=": "RFC 6376 3.7: they are left out with it",
    "blanks at the end": "RFC 6376 3.4.1: simple changes nothing; dkimpy leaves them out",
}


class Author:
    """Writes, signs and changes messages, the same ones for the same seed."""

    def __init__(self, keys, seed):
        self.random = random.Random(seed)
        self.signer = signing.Signer(keys, self.random)

    def octets(self, choice, most):
        """Mostly few; some more than the buffers of a library."""
        most = most if self.random.random() < 0.99 else 300 * most
        return bytes(self.random.choices(choice, k=self.random.randrange(most)))

    def value(self):
        parts = [self.octets(HEADER_OCTETS, 12) for _ in range(self.random.randrange(6))]
        text = self.random.choice([b"", b" ", b"\r\n ", b"\t"])
        for part in parts:
            fold = b"\r\n" if self.random.random() < 0.3 else b""
            text += part + self.random.choice([b"", *BLANKS]) + fold + self.random.choice(BLANKS)
        return text.rstrip(b"\r\n \t") + self.random.choice([b"", b"", b" ", b"\t "])

    def header(self):
        fields = [(b"From", b" a@nic.xa"), (b"To", self.value()), (b"Subject", self.value())]
        fields += [(self.random.choice(signing.NAMES), self.value()) for _ in range(self.random.randrange(6))]
        self.random.shuffle(fields)
        return [(name, value + b"\r\n") for name, value in fields]

    def line(self):
        return (self.octets(BODY_OCTETS, 20) + self.random.choice([b"", *BLANKS]) + self.octets(BODY_OCTETS, 20) +
                self.random.choice([b"", b"", *BLANKS]) + b"\r\n")

    def body(self):
        kinds = [self.line, self.line, lambda: b"\r\n", lambda: self.random.choice(BLANKS) + b"\r\n"]
        return b"".join(self.random.choice(kinds)() for _ in range(self.random.randrange(9)))

    def signed(self):
        """(a message, its signatures from top to bottom)"""
        header, body = self.header(), self.body()
        domains = [b"nic.xa"] + self.random.choices(signing.DOMAINS, k=self.random.choice((0, 0, 0, 0, 1, 2, 4)))
        self.random.shuffle(domains)
        signatures = [self.signer.sign(header, body, domain) for domain in domains]
        if self.random.random() < 0.05:
            broken = self.random.choice(signatures)
            broken.field = self.refolded(broken.field)
        message = b"".join(name + b":" + value for name, value in header) + b"\r\n" + body
        return b"".join(each.field for each in signatures) + self.change(message), signatures

    @staticmethod
    def refolded(field):
        return field.replace(b";", b";\r\n\t", 1)

    def change(self, message):
        """What happens to it on the way: often nothing, or what relaxed does not mind."""
        head, body = message.split(b"\r\n\r\n", 1)
        lines = body.split(b"\r\n")
        at = self.random.randrange(len(lines))
        kind = self.random.randrange(10)
        if kind == 0:
            body += b"\r\n"
        elif kind == 1:
            lines[at] += self.random.choice(BLANKS)
            body = b"\r\n".join(lines) if lines[-1] == b"" else body
        elif kind == 2:
            body = body.replace(b" ", b"\t ", 1)
        elif kind == 3:
            head = head.replace(b" ", b"\r\n\t", 1)
        elif kind == 4:
            head = head.replace(b"X-A:", b"x-a:", 1).replace(b"Subject:", b"SUBJECT:", 1)
        elif kind == 5:
            body = self.line() + body
        elif kind == 6:
            head = head.replace(b"To:", b"To:x", 1)
        return head + b"\r\n\r\n" + body


def by_dkimpy(keys, message, index):
    """pass or fail of one signature."""
    try:
        return "pass" if dkim.DKIM(message).verify(index, dnsfunc=keys.dns) else "fail"
    except (dkim.DKIMException, dkim.crypto.UnparsableKeyError, ValueError, KeyError, IndexError, AttributeError,
            TypeError):
        return "fail"


class Agreement(unittest.TestCase):
    def test_library_own_reading_and_dkimpy_agree(self):
        seed = int(os.environ.get("CCGATE_SEED", "6376"))
        keys = signing.Keys(seed.to_bytes(32, "big"))
        author = Author(keys, seed)
        mails = [author.signed() for _ in range(MESSAGES)]
        self.count = collections.Counter()
        for number, ((message, signatures), told) in enumerate(zip(mails, self.told(keys, mails))):
            for index, signature in enumerate(signatures):
                with self.subTest(seed=seed, number=number, index=index, knobs=signature.knobs, odd=signature.odd,
                                  field=signature.field):
                    self.judge(signature, by_dkimpy(keys, message, index), *told[index].split("/"))
        for what, count in sorted(self.count.items()):
            print(f"{count:6} {what}")
        print(f"{MESSAGES} messages of seed {seed}, {sum(len(each) for _, each in mails)} signatures")
        self.assertGreater(self.count["all say pass"], MESSAGES // 3)
        self.assertGreater(self.count["all say fail"], MESSAGES // 10)

    def judge(self, signature, theirs, library, own):
        passes = [result == "pass" for result in (library, own)]
        self.assertEqual(passes[0], passes[1], f"library {library}, own reading {own}")
        if passes[0] == (theirs == "pass"):
            self.count[f"all say {theirs}"] += 1
            return
        reasons = signature.odd & set(MILDER if passes[0] else STRICTER)
        self.assertTrue(reasons, f"ccgate {library}, dkimpy {theirs}")
        self.count[f"ccgate alone says {'pass' if passes[0] else 'no'}: {min(reasons)}"] += 1

    def told(self, keys, mails):
        command = [os.environ["CCGATE_DKIM_RESULTS"], *(part for pair in keys.records.items() for part in pair)]
        lines = b"".join(base64.b64encode(message) + b"\n" for message, _ in mails)
        out = subprocess.run(command, input=lines, check=True, capture_output=True).stdout.decode("ascii")
        told = [line.split() for line in out.splitlines()]
        self.assertEqual([len(each) for each in told], [len(signatures) for _, signatures in mails])
        return told


if __name__ == "__main__":
    unittest.main()
