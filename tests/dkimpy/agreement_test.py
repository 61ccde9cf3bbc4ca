"""dkimpy signs 2,000 messages made of every octet that mail can hold, some are changed on the way, and library, own
reading and dkimpy say the same of each. CCGATE_SEED chooses other messages, CCGATE_MESSAGES how many."""
import base64
import os
import random
import subprocess
import sys
import unittest

try:
    import dkim
    import nacl.signing
except ImportError:
    if "CCGATE_NO_SKIP" in os.environ:
        raise
    print("skipped: no dkimpy, or no PyNaCl for it")
    sys.exit(77)

MESSAGES = int(os.environ.get("CCGATE_MESSAGES", "2000"))
CANONICALIZATIONS = [(header, body) for header in (b"simple", b"relaxed") for body in (b"simple", b"relaxed")]
BLANKS = [b" ", b"\t", b"  ", b" \t "]
# A control character in a header, and a CR or LF alone, are refused before anything is verified.
HEADER_OCTETS = bytes([*range(0x21, 0x7f), *range(0x80, 0x100)])
BODY_OCTETS = bytes(octet for octet in range(256) if octet not in b"\r\n")
NAMES = [b"X-A", b"x-a", b"X-Long-Name", b"Cc", b"Reply-To"]


def openssl(*arguments, octets=None):
    return subprocess.run(["openssl", *arguments], input=octets, check=True, capture_output=True).stdout


class Keys:
    def __init__(self, seed):
        self.rsa = openssl("genrsa", "-traditional", "1024")
        public = openssl("rsa", "-pubout", "-outform", "DER", octets=self.rsa)
        ed25519 = nacl.signing.SigningKey(seed)
        self.ed25519 = base64.b64encode(bytes(ed25519))
        self.records = {
            b"rsa._domainkey.nic.xa": b"v=DKIM1; k=rsa; p=" + base64.b64encode(public),
            b"ed._domainkey.nic.xa": b"v=DKIM1; k=ed25519; p=" + base64.b64encode(bytes(ed25519.verify_key))}


class Author:
    """Writes, signs and changes messages, the same ones for the same seed."""

    def __init__(self, keys, seed):
        self.keys = keys
        self.random = random.Random(seed)

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
        fields += [(self.random.choice(NAMES), self.value()) for _ in range(self.random.randrange(6))]
        self.random.shuffle(fields)
        return b"".join(name + b":" + value + b"\r\n" for name, value in fields)

    def line(self):
        return (self.octets(BODY_OCTETS, 20) + self.random.choice([b"", *BLANKS]) + self.octets(BODY_OCTETS, 20) +
                self.random.choice([b"", b"", *BLANKS]) + b"\r\n")

    def body(self):
        kinds = [self.line, self.line, lambda: b"\r\n", lambda: self.random.choice(BLANKS) + b"\r\n"]
        return b"".join(self.random.choice(kinds)() for _ in range(self.random.randrange(9)))

    def signed(self, number):
        message = self.header() + b"\r\n" + self.body()
        names = [b"from", b"to", b"subject"] + [self.random.choice(NAMES).lower()
                                                for _ in range(self.random.randrange(8))]
        rsa = self.random.random() < 0.3
        field = dkim.sign(message, b"rsa" if rsa else b"ed", b"nic.xa", self.keys.rsa if rsa else self.keys.ed25519,
                          canonicalize=CANONICALIZATIONS[number % 4], include_headers=names,
                          signature_algorithm=b"rsa-sha256" if rsa else b"ed25519-sha256")
        return field, message

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


class Agreement(unittest.TestCase):
    def test_library_own_reading_and_dkimpy_agree(self):
        seed = int(os.environ.get("CCGATE_SEED", "6376"))
        keys = Keys(seed.to_bytes(32, "big"))
        author = Author(keys, seed)
        messages = []
        for number in range(MESSAGES):
            field, message = author.signed(number)
            messages.append(field + author.change(message))
        told = self.told(keys, messages)
        passed = 0
        for number, (message, (library, own)) in enumerate(zip(messages, told)):
            theirs = "pass" if self.verified(keys, message) else "fail"
            passed += theirs == "pass"
            with self.subTest(seed=seed, number=number, message=message):
                self.assertEqual((library, own), (theirs, theirs))
        print(f"{MESSAGES} messages of seed {seed}: {passed} pass")
        self.assertGreater(passed, MESSAGES // 2)
        self.assertLess(passed, MESSAGES)

    @staticmethod
    def verified(keys, message):
        return dkim.verify(message, dnsfunc=lambda name, timeout=5: keys.records.get(name.rstrip(b".")))

    def told(self, keys, messages):
        command = [os.environ["CCGATE_DKIM_RESULTS"], *(part for pair in keys.records.items() for part in pair)]
        lines = b"".join(base64.b64encode(message) + b"\n" for message in messages)
        out = subprocess.run(command, input=lines, check=True, capture_output=True).stdout.decode("ascii")
        told = [tuple(line.split()) for line in out.splitlines()]
        self.assertEqual(len(told), len(messages))
        return told


if __name__ == "__main__":
    unittest.main()
