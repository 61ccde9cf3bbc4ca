"""DKIM signatures with every knob turned: tags in any order and form, keys of any size, key records of any kind.

`odd` of a signature names what about it dkimpy and ccgate are known to judge in two ways: see agreement_test.py.
"""
import base64
import dataclasses
import hashlib
import subprocess
import time
from typing import List, Set

import dkim
import dkim.canonicalization
import dkim.crypto
import nacl.signing

CANONICALIZATIONS = [(header, body) for header in (b"simple", b"relaxed") for body in (b"simple", b"relaxed")]
RSA_BITS = (512, 768, 1024, 2048, 4096)
DOMAINS = (b"nic.xa", b"mail.nic.xa", b"elsewhere.example")
NAMES = [b"X-A", b"x-a", b"X-Long-Name", b"Cc", b"Reply-To"]


def openssl(*arguments, octets=None):
    return subprocess.run(["openssl", *arguments], input=octets, check=True, capture_output=True).stdout


def rsa_public(private, *form):
    return base64.b64encode(openssl("rsa", *form, "-outform", "DER", octets=private))


# What a key record looks like, and what is odd about it. {k} is the kind of key, {p} the key, {s} the key in pieces.
RECORDS = {
    b"plain": (b"v=DKIM1; k={k}; p={p}", ""),
    b"bare": (b"k={k}; p={p}", ""),
    b"spaced": (b" v = DKIM1 ;\t k\t= {k} ; p = {s} ;", ""),
    b"notes": (b"v=DKIM1; n=for you; x_1=2; k={k}; y=; p={p}", ""),
    b"granular": (b"v=DKIM1; g=*; k={k}; p={p};", ""),
    b"sha256": (b"v=DKIM1; h=sha256; k={k}; p={p}", ""),
    b"hashes": (b"v=DKIM1; h=sha1 : sha256; k={k}; p={p}", ""),
    b"sha1": (b"v=DKIM1; h=sha1; k={k}; p={p}", "key: h= without sha256"),
    b"email": (b"v=DKIM1; s=email; k={k}; p={p}", ""),
    b"any": (b"v=DKIM1; k={k}; s=*; p={p}", ""),
    b"services": (b"v=DKIM1; k={k}; s=other:email; p={p}", "key: s= with several services"),
    b"service": (b"v=DKIM1; k={k}; s=other; p={p}", ""),
    b"testing": (b"v=DKIM1; k={k}; t=y; p={p}", "key: t=y"),
    b"tests": (b"v=DKIM1; k={k}; t=s : y; p={p}", "key: t=y"),
    b"exact": (b"v=DKIM1; k={k}; t=s; p={p}", ""),
    b"flags": (b"v=DKIM1; k={k}; t=x:z; p={p}", ""),
    b"revoked": (b"v=DKIM1; k={k}; p=", ""),
    b"empty": (b"v=DKIM1; k={k}", ""),
    b"kind": (b"v=DKIM1; k=dsa; p={p}", ""),
    b"capitals": (b"v=DKIM1; k={K}; p={p}", "key: k= in capitals"),
    b"version": (b"v=DKIM2; k={k}; p={p}", ""),
    b"last": (b"k={k}; p={p}; v=DKIM1", "key: v= is not first"),
    b"twice": (b"v=DKIM1; k={k}; k={k}; p={p}", ""),
    b"letters": (b"v=DKIM1; k={k}; p=!{p}", "key: p= is no base64"),
    b"none": (b"no key at all", ""),
}


class Keys:
    """Private keys by size, and the records of the public ones."""

    def __init__(self, seed):
        self.rsa = {}
        self.records = {}
        self.odd = {}
        for bits in RSA_BITS:
            private = openssl("genrsa", "-traditional", str(bits))
            self.rsa[bits] = dkim.crypto.parse_pem_private_key(private)
            name = b"r%d" % bits
            self.add(name, b"rsa", rsa_public(private, "-pubout"))
            self.add(name + b"-pkcs1", b"rsa", rsa_public(private, "-RSAPublicKey_out"), (b"plain",))
        self.ed25519 = nacl.signing.SigningKey(seed)
        self.add(b"ed", b"ed25519", base64.b64encode(bytes(self.ed25519.verify_key)))

    def add(self, name, kind, public, forms=tuple(RECORDS)):
        for form in forms:
            text, odd = RECORDS[form]
            pieces = b" ".join(public[at:at + 60] for at in range(0, len(public), 60))
            for mark, value in ((b"{k}", kind), (b"{K}", kind.upper()), (b"{p}", public), (b"{s}", pieces)):
                text = text.replace(mark, value)
            for domain in DOMAINS:
                self.records[name + b"." + form + b"._domainkey." + domain] = text
            self.odd[name + b"." + form] = odd

    def dns(self, name, timeout=5):
        del timeout
        return self.records.get(name.rstrip(b".").lower())


@dataclasses.dataclass
class Signed:
    field: bytes
    odd: Set[str]
    knobs: List[str]


class Signer:
    """The same signatures for the same seed."""

    def __init__(self, keys, rng):
        self.keys = keys
        self.random = rng
        self.odd = set()
        self.knobs = []

    def turned(self, knob, chance, odd=""):
        """Whether a knob is turned this time."""
        if self.random.random() >= chance:
            return False
        self.knobs.append(knob)
        if odd:
            self.odd.add(odd)
        return True

    def choice(self, rows):
        """A value from [(weight, value, odd)]."""
        _, value, odd = self.random.choices(rows, [row[0] for row in rows])[0]
        self.knobs.append(repr(value))
        if odd:
            self.odd.add(odd)
        return value

    def sign(self, header, body, domain):
        """`header`: [(name, value with CRLF)]."""
        self.odd, self.knobs = set(), []
        canonical = self.random.choice(CANONICALIZATIONS)
        policy = dkim.canonicalization.CanonicalizationPolicy.from_c_value(b"/".join(canonical))
        tags, kind = self.tags(canonical, domain, header)
        digest = hashlib.sha1 if dict(tags)[b"a"].lower() == b"rsa-sha1" else hashlib.sha256
        hashed = policy.canonicalize_body(body)
        length = dict(tags).get(b"l")
        if length is not None:
            hashed = hashed[:int(length)] if length.isdigit() else hashed
        tags = [(name, base64.b64encode(digest(hashed).digest()) if name == b"bh" else value) for name, value in tags]
        if self.turned("bh= in pieces", 0.1):
            tags = [(name, self.pieces(value) if name == b"bh" else value) for name, value in tags]
        parts = self.parts(tags)
        if self.joined(parts, b"x")[-1:] in (b" ", b"\t"):
            self.odd.add("blanks at the end")
        text = digest()
        for name, value in self.selected(policy, header, dict(tags)[b"h"]):
            text.update(name + b":" + value)
        [(name, value)] = policy.canonicalize_headers([(b"DKIM-Signature", self.joined(parts, b""))])
        text.update(name + b":" + value.removesuffix(b"\r\n"))
        signature = base64.b64encode(self.signature(text, kind))
        if self.turned("b= in pieces", 0.3):
            signature = self.pieces(signature)
        elif self.turned("b= without padding", 0.03, "b= without padding"):
            signature = signature.rstrip(b"=")
        elif self.turned("b= that is none", 0.03):
            signature = self.random.choice((b"", b"!" + signature, signature[:-4], b"A" + signature[1:]))
        return Signed(b"DKIM-Signature:" + self.joined(parts, signature) + b"\r\n", set(self.odd), list(self.knobs))

    @staticmethod
    def selected(policy, header, names):
        names = [name.strip().lower() for name in names.split(b":")]
        return dkim.select_headers(policy.canonicalize_headers(header), names)

    def signature(self, text, kind):
        if kind == "ed25519":
            return self.keys.ed25519.sign(text.digest()).signature
        return dkim.crypto.RSASSA_PKCS1_v1_5_sign(dkim.HashThrough(text), self.keys.rsa[kind])

    def tags(self, canonical, domain, header):
        kind = self.random.choices(("ed25519", 1024, 2048, 4096, 768, 512), (60, 24, 8, 2, 3, 3))[0]
        self.knobs.append(str(kind))
        rsa = kind != "ed25519"
        algorithm = b"rsa-sha256" if rsa else b"ed25519-sha256"
        if rsa and self.turned("sha1", 0.05, "a=rsa-sha1"):
            algorithm = b"rsa-sha1"
        if self.turned("another a=", 0.01):
            algorithm = self.random.choice((b"rsa-sha512", b"rsa"))
        if self.turned("a= of another kind of key", 0.01, "a= of another kind of key"):
            algorithm = b"ed25519-sha256" if rsa else b"rsa-sha256"
        if self.turned("a= in capitals", 0.02, "a= in capitals"):
            algorithm = algorithm.upper()
        form = b"plain" if self.random.random() < 0.5 else self.random.choice(list(RECORDS))
        name = (b"r%d" % kind if rsa else b"ed")
        if rsa and self.turned("pkcs1", 0.05):
            name, form = name + b"-pkcs1", b"plain"
        selector = name + b"." + form
        self.odd.add(self.keys.odd[selector])
        tags = [(b"v", self.choice(((97, b"1", ""), (1, b"2", ""), (1, b"", ""), (1, b"1.0", "")))),
                (b"a", algorithm), (b"d", domain), (b"s", selector), (b"h", self.names(header)), (b"bh", b""),
                (b"b", b"")]
        self.add_canonicalization(tags, canonical)
        self.add_identity(tags, domain, form)
        self.add_times(tags)
        self.add_others(tags)
        if self.turned("tags in any order", 0.7):
            self.random.shuffle(tags)
        return tags, kind

    def names(self, header):
        names = [b"from", b"to", b"subject"] + self.random.choices([name.lower() for name in NAMES],
                                                                   k=self.random.randrange(8))
        if self.turned("oversigned", 0.3):
            names += self.random.choices((b"from", b"to", b"cc", b"subject", b"x-none"), k=self.random.randrange(1, 4))
        if self.turned("all of them", 0.05):
            names += [name.lower() for name, _ in header]
        if self.turned("many names", 0.02):
            names += [b"x-n%d" % at for at in range(150)]
        if self.turned("no From", 0.02, "h= without From"):
            names = [name for name in names if name != b"from"]
        if self.turned("an empty name", 0.02, "h= with an empty name"):
            names.append(b"")
        self.random.shuffle(names)
        names = [name.title() if self.random.random() < 0.1 else name for name in names]
        return self.random.choice((b":", b":", b" : ", b":\r\n ", b"\t:")).join(names)

    def add_canonicalization(self, tags, canonical):
        header, body = canonical
        forms = [(90, header + b"/" + body, ""), (1, b"nofws/simple", ""), (1, header + b"/", ""),
                 (2, (header + b"/" + body).title(), "c= in capitals")]
        if body == b"simple":
            forms.append((10, header, ""))
        if canonical == (b"simple", b"simple"):
            forms.append((10, None, ""))
        value = self.choice(forms)
        if value is not None:
            tags.append((b"c", value))

    def add_identity(self, tags, domain, form):
        below = "key: t=s" if form == b"exact" else ""
        value = self.choice(((60, None, ""), (10, b"@" + domain, ""), (10, b"anne@" + domain, ""),
                             (10, b"anne@mail." + domain, below), (3, b"@" + domain.upper(), ""),
                             (3, b"a=3Db=20c@" + domain, ""), (2, b"@elsewhere.xb", ""), (2, b"anne@x" + domain, ""),
                             (1, domain, "i= without @"), (1, b"", "")))
        if value is not None:
            tags.append((b"i", value))

    def add_times(self, tags):
        now = int(time.time())
        signed = self.choice(((60, None, ""), (30, -self.random.randrange(1, 10 ** 7), ""), (2, 600, "t= in the future"),
                              (2, 10 ** 6, ""), (1, -now, "t= before DKIM"), (1, b"x", ""), (1, b"-1", ""), (1, b"", "")))
        ends = self.choice(((80, None, ""), (14, 10 ** 6, ""), (2, -10 ** 6, ""), (2, -600, "x= is over"), (1, b"y", ""),
                            (1, b"9" * 13, "x= of many digits")))
        for name, value in ((b"t", signed), (b"x", ends)):
            if value is not None:
                tags.append((name, value if isinstance(value, bytes) else b"%d" % (now + value)))
        if isinstance(signed, int) and isinstance(ends, int) and ends <= signed:
            self.odd.add("x= is not after t=")

    def add_others(self, tags):
        value = self.choice(((70, None, ""), (20, b"dns/txt", ""), (2, b"dns/txt:http", "q= with several ways"),
                             (2, b"dns", "q=dns"), (2, b"DNS/TXT", "q= in capitals"), (2, b"http", ""), (1, b"", "")))
        if value is not None:
            tags.append((b"q", value))
        if self.turned("l=", 0.04, "l="):
            tags.append((b"l", self.random.choice((b"0", b"1", b"5", b"99999", b"x"))))
        for knob, tag in (("z=", (b"z", b"From:anne@nic.xa|To:x=20y")), ("unknown", (b"x_y", b"a:b c")),
                          ("unknown, empty", (b"n", b"")), ("a name that ends with b", (b"xb", b"1"))):
            if self.turned(knob, 0.08):
                tags.append(tag)
        if self.turned("b= in another tag", 0.02, "b= in another tag"):
            tags.append((b"x_b", b"a b=c"))
        if self.turned("twice", 0.02):
            tags.append(self.random.choice(tags))
        if self.turned("missing", 0.02):
            del tags[self.random.choice([at for at, (name, _) in enumerate(tags) if name in (b"v", b"d", b"s")])]
        if self.turned("in capitals", 0.02):
            at = self.random.choice([at for at, (name, _) in enumerate(tags) if name in (b"v", b"d", b"s")])
            tags[at] = (tags[at][0].upper(), tags[at][1])

    def blank(self):
        return self.random.choice((b"", b"", b"", b" ", b"\r\n ", b"\t", b" \r\n\t"))

    def pieces(self, value):
        at = self.random.randrange(1, max(2, len(value)))
        return value[:at] + self.random.choice((b" ", b"\r\n ", b"\r\n\t", b"\t")) + value[at:]

    def parts(self, tags):
        """[(name and equals sign, blanks, value, blanks)]: the value of b= is empty."""
        spaced = self.turned("blanks", 0.3)
        out = []
        for at, (name, value) in enumerate(tags):
            lead = self.blank() if spaced else self.random.choice((b" ", b" ", b"\r\n "))
            before, behind, last = (self.blank(), self.blank(), self.blank()) if spaced else (b"", b"", b"")
            out.append((lead + name + before + b"=", behind, value, last))
            if name == b"b":
                if at == 0 and not lead:
                    self.odd.add("b= right behind the colon")
                if last:
                    self.odd.add("blanks behind b=")
        end = self.choice(((80, b"", ""), (15, b";", ""), (3, b"; ", ""), (1, b";;", ""), (1, b"; x", "")))
        out.append((end, b"", b"", b""))
        return out

    @staticmethod
    def joined(parts, signature):
        """The field's body with this signature as b=. Without one it is what is signed: RFC 6376 3.7 leaves out the
        blanks around it too."""
        *tags, (end, _, _, _) = parts
        text = []
        for name, before, value, behind in tags:
            is_signature = name.strip(b" \t\r\n=") == b"b"
            text.append(name + (before + signature + behind if is_signature and signature else
                                b"" if is_signature else before + value + behind))
        return b";".join(text) + end
