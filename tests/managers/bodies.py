"""Bodies of mails that one reader takes for another than the next: charsets, transfer encodings, parts.

Every function takes a random.Random first, so that a seed tells the whole of a mail.
"""
import base64
import binascii
import quopri

import shapes

LINE_ENDS = ("\n", "\n", "\n", "\n\n", " \n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\u0085", "\u2028",
             "\u2029", "=\n", "\\n", "<br>\n", "\n\u00a0")
SOUP = ("--b\n", "--b\n", "--b\n\n", "--b--\n", "--c\n", "--c--\n", "\n", "\n", "Content-Type: text/plain\n\n",
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n", "Content-Transfer-Encoding: base64\n",
        "Content-Type: multipart/alternative; boundary=c\n\n", "Content-Type: message/rfc822\n\n", "Subject: x\n",
        "Content-Type: text/html\n\n", "Content-Type: image/png\n\n", "--b\nContent-Type: text/plain\n\n", "-- \n",
        " ")
ODD_TYPES = ("text", "text/", "/plain", "plain", "text/plain/x", "text/x-plain", "TEXT / PLAIN", "text/plain (a)",
             "(a) text/plain", "text/enriched", "text/calendar", "text/rfc822-headers", "message/rfc822",
             "message/partial", "message/delivery-status", "multipart/mixed", "application/octet-stream",
             "application/x-subscribe", "application/pgp", "image/png", "", "text/plain, text/html", "text/plain;;",
             "\"text/plain\"", "text/\u00e9")


def transfer_encoded(rng, octets):
    """(Content-Transfer-Encoding or None, body)"""
    way = rng.randrange(20)
    if way < 10:
        return None, octets
    if way < 14:
        return rng.choice(("quoted-printable", "quoted-printable", "Quoted-Printable ",
                           "quoted-printable (a)")), broken_qp(rng, octets)
    if way < 18:
        return rng.choice(("base64", "base64", "BASE64", " base64", "base64;")), base64_lines(rng, octets)
    if way == 18:
        lines = [binascii.b2a_uu(octets[i:i + 45]) for i in range(0, len(octets), 45)]
        return rng.choice(("x-uuencode", "uuencode", "x-uue")), b"begin 644 a\n" + b"".join(lines) + b" \nend\n"
    return rng.choice(("7bit", "8bit", "binary", "", "unknown", "x-token", "7-bit", "utf-8",
                       "quoted_printable")), octets


def broken_qp(rng, octets):
    coded = quopri.encodestring(octets)
    if octets and rng.random() < 0.5:
        at = rng.randrange(len(octets))
        coded = (quopri.encodestring(octets[:at]).rstrip(b"=\n") + rng.choice((b"=\n", b"= \n",
                                                                               b"=%02x" % octets[at]))
                 + quopri.encodestring(octets[at + 1 if rng.random() < 0.5 else at:]))
    return coded


def base64_lines(rng, octets):
    text = base64.b64encode(octets)
    if rng.random() < 0.2:
        text = text.rstrip(b"=")
    if rng.random() < 0.1:
        text = text[:4] + rng.choice((b"!", b" ", b"=", b"\xe9", b"\n\n")) + text[4:]
    if rng.random() < 0.1:
        text += b"\n" + base64.b64encode(b"and more\n")
    return b"\n".join(text[i:i + 76] for i in range(0, len(text), 76)) + b"\n"


def text_part(rng, text, kind="text/plain"):
    """(fields, body, in what way)"""
    charset = shapes.some_charset(rng)
    octets = shapes.encoded(charset, text)
    coding, body = transfer_encoded(rng, octets)
    fields = []
    if rng.random() < 0.1:
        kind = shapes.as_field(rng.choice(ODD_TYPES))
    way = [kind]
    if kind != "text/plain" or rng.random() < 0.7:
        value = rng.choice((kind, kind, kind, kind.upper(), kind + " "))
        if rng.random() < 0.8:
            value += rng.choice(("; charset=%s", "; charset=%s", "; charset=%s", ";charset=\"%s\"",
                                 "; CHARSET=%s", "; charset*=us-ascii'en'%s",
                                 "; charset=%s; charset=utf-8", ";\n charset=%s",
                                 "; x=y; charset=%s")) % charset.strip('"')
            way.append(charset)
        if rng.random() < 0.2:
            value += rng.choice(("; format=flowed", "; format=flowed; delsp=yes"))
            way.append("flowed")
        fields.append(("Content-Type", value))
    if coding is not None:
        fields.append(("Content-Transfer-Encoding", coding))
        way.append(coding)
    if rng.random() < 0.05:
        fields.insert(rng.randrange(len(fields) + 1), rng.choice((
            ("Content-Type", "text/html"), ("Content-Type", "text/plain"), ("Content-Type",
                                                                            "application/octet-stream"),
            ("Content-Transfer-Encoding", "base64"), ("Content-Transfer-Encoding", "7bit"),
            ("Content-Encoding", "gzip"))))
        way.append("a field twice")
    if rng.random() < 0.05:
        fields.append(("Content-Disposition", rng.choice(("attachment; filename=a.txt", "inline"))))
    return fields, body, " ".join(way)


def joined(rng, parts):
    """A multipart of parts [(fields, body)]: (fields, body, in what way)"""
    kind = rng.choice(("mixed", "mixed", "alternative", "alternative", "related", "signed", "digest", "report",
                       "x-other"))
    boundary = rng.choice(("b", "=_b", "a b", "b=", "B" * 70))
    value = f"multipart/{kind}; boundary=" + rng.choice((f'"{boundary}"', f'"{boundary}"', boundary))
    named = boundary if rng.random() < 0.95 else boundary.upper()
    body = rng.choice((b"", b"", b"This is a message in parts.\n", b"join\n", b"sub sym\n"))
    for fields, octets in parts:
        head = "".join(f"{name}: {each}\n" for name, each in fields).encode("latin-1", "replace")
        body += b"--" + named.encode() + rng.choice((b"\n", b"\n", b" \n")) + head + b"\n" + octets
        if not octets.endswith(b"\n") and rng.random() < 0.9:
            body += b"\n"
    if rng.random() < 0.9:
        body += b"--" + named.encode() + b"--\n"
    body += rng.choice((b"", b"", b"\njoin\n", b"\nsub sym\n", b"\nbye\n"))
    return [("Content-Type", value)], body, f"multipart/{kind}"


def attachment(rng):
    return rng.choice((([("Content-Type", "image/png"), ("Content-Transfer-Encoding", "base64")],
                        b"iVBORw0KGgo=\n"),
                       ([("Content-Type", "application/pgp-signature")], b"-----BEGIN PGP SIGNATURE-----\n"),
                       ([("Content-Type", "text/vcard")], b"BEGIN:VCARD\nEND:VCARD\n"),
                       ([("Content-Type", "text/plain")], b""),
                       ([("Content-Type", "application/octet-stream")], b"join\n"),
                       ([], b"\n")))


def soup(rng, text):
    """Lines in any order: (fields, body, in what way)"""
    lines = [line + "\n" for line in text.split("\n")] + [base64.b64encode(text.encode("utf-8")).decode() + "\n"]
    octets = shapes.soup(rng, SOUP + tuple(lines), 16).encode("utf-8", "surrogatepass")
    fields = [("Content-Type", rng.choice(("multipart/mixed; boundary=b", "multipart/alternative; boundary=b",
                                           "multipart/signed; boundary=b", "multipart/digest; boundary=b",
                                           "message/rfc822", "text/plain", "multipart/mixed")))]
    return fields, octets, "soup"


def body(rng, text):
    """(fields, body, in what way)"""
    way = rng.randrange(11)
    if way == 10:
        return soup(rng, text)
    kind = "text/html" if rng.random() < 0.15 else "text/plain"
    if kind == "text/html":
        text = "<html><body>" + "".join(f"<p>{line}</p>\n" for line in text.split("\n")) + "</body></html>\n"
    fields, octets, how = text_part(rng, text, kind)
    if way < 6:
        return fields, octets, how
    if way == 6:  # in a message that is attached
        inner = [("Content-Type", "message/rfc822")], b"Subject: join\n" + "".join(
            f"{name}: {value}\n" for name, value in fields).encode("latin-1", "replace") + b"\n" + octets
        outer, octets, more = joined(rng, [inner] if rng.random() < 0.5 else [attachment(rng), inner])
        return outer, octets, f"attached message, {how}"
    parts = [(fields, octets)]
    for _ in range(rng.choice((0, 1, 1, 2))):
        parts.insert(rng.randrange(len(parts) + 1), attachment(rng))
    outer, octets, more = joined(rng, parts)
    if rng.random() < 0.3:
        outer, octets, outermost = joined(rng, [(outer, octets), attachment(rng)])
        more = f"{outermost} of {more}"
    return outer, octets, f"{more}, {how}"
