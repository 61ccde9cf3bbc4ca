"""Ways of writing words that one reader takes for others than the next, above all in a header field.

Every function takes a random.Random first, so that a seed tells the whole of a mail.
"""
import base64

# What a joining command is written in, or what a reader may find in it; and what each breaks.
CHARSETS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "koi8-r", "utf-7", "utf-16",
            "utf-16le", "utf-32", "iso-2022-jp", "shift_jis", "gb2312", "big5", "hz-gb-2312", "euc-kr", "cp037",
            "cp500", "utf8", "UTF8", "latin1", "ascii", "unicode_escape", "raw_unicode_escape", "punycode", "idna",
            "rot13", "unknown-8bit", "x-user-defined", "utf-8*en", "\"utf-8\"", "", "none")
USUAL = ("utf-8", "utf-8", "us-ascii", "iso-8859-1", "windows-1252")
BLANKS = (" ", "  ", "\t", "\u00a0", "\u2003", "\u3000", "\x0b", "\x0c", "\x1c", "\x1f", "\u0085", "\u200b",
          "\u2028")
HIDDEN = ("\u00e9", "\u00ad", "\u200b", "\u200d", "\ufeff", "\u0301", "\x7f", "\x01", "\u00a0", "\ud7ff",
          "\U000e0061")
MUTANTS = "=?_ \t-.,;:+/!()<>[]\"'0aAqQbB\xe9\xa0\xad\x85~"
SUBJECT_TOKENS = ("=?utf-8?q?", "=?utf-8?b?", "=?us-ascii?Q?", "?=", "?=", "=?", "?", " ", " ", "\n ", "\t", "_",
                  "=20", "=6A", "am9pbg==", "c3ViIHN5bQ==", "Re:", "help", "=?utf-8?q?jo?=", "=?utf-8?b?am9pbg==?=",
                  "\u00e9", "=", "in")
ALIKE = {"s": "\u017fS\u0455\uff53", "i": "I\u0131\u0130\u0456\uff49", "j": "J\u0458\uff4a", "o": "O\u043e\u03bf\uff4f",
         "b": "B\u042c\uff42", "u": "U\u03c5\uff55", "n": "N\uff4e", "a": "A\u0430\uff41", "d": "D\uff44",
         "k": "K\u212a", "e": "E\u0435\u00e9", "c": "C\u0441", "r": "R\uff52", "v": "V\u03bd"}


def some_charset(rng):
    return rng.choice(USUAL if rng.random() < 0.8 else CHARSETS)


def codec(charset):
    """The name by which Python knows it, or None."""
    name = charset.strip('"').split("*")[0]
    try:
        "a".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    return name


def encoded(charset, text):
    """`text` in `charset` as far as that is known here and can hold it."""
    name = codec(charset)
    if name is None or name in ("idna", "punycode"):
        return text.encode("utf-8", "surrogatepass")
    return text.encode(name, "ignore")


def disguised(rng, words, always=False):
    """`words` with something changed about one letter, blank or the case; often nothing, unless `always`."""
    choice = rng.randrange(3 if always else 0, 9)
    if not words or choice < 3:
        return words
    at = rng.randrange(len(words))
    if choice == 3:
        return "".join(rng.choice((c.lower(), c.upper())) for c in words)
    if choice == 4:
        return words[:at] + rng.choice(HIDDEN) + words[at:]
    if choice == 5:
        letter = ALIKE.get(words[at].lower())
        return words[:at] + rng.choice(letter) + words[at + 1:] if letter else words
    if choice == 6:
        before, blank, behind = words.rpartition(" ") if rng.random() < 0.5 else words.partition(" ")
        return before + (rng.choice(BLANKS) if blank else "") + behind
    if choice == 7:  # for a reader that joins lines
        return words[:at] + rng.choice((" \n", "=\n", "\n", " \n ")) + words[at:]
    return rng.choice((" ", "\t", "> ", ">", ">> ", "\u00a0", "\ufeff", "* ", "- ", "\"", "#")) + words


def encoded_word(rng, octets, charset):
    kind = rng.choice("qQbB")
    if kind in "qQ":
        text = "".join(chr(c) if chr(c).isalnum() and c < 128 and rng.random() < 0.8 else
                       "_" if c == 32 and rng.random() < 0.8 else
                       ("=%02X" if rng.random() < 0.9 else "=%02x") % c for c in octets)
    else:
        text = base64.b64encode(octets).decode("ascii")
        if rng.random() < 0.25:
            text = text.rstrip("=")
        if rng.random() < 0.05:
            text = text[:2] + rng.choice((" ", "\n ", "-", "=")) + text[2:]
    return f"=?{charset}?{kind}?{text}?="


def pieces(rng, sequence):
    """Cut into one to three."""
    cuts = sorted(rng.randrange(len(sequence) + 1) for _ in range(rng.choice((0, 0, 1, 2))))
    return [sequence[a:b] for a, b in zip([0] + cuts, cuts + [len(sequence)])]


def folded(rng, text):
    """With some blanks made folds, or a fold put in where none was."""
    out = "".join(rng.choice(("\n ", "\n\t", " \n ",
                              c)) if c == " " and rng.random() < 0.3 else c for c in text)
    if out and rng.random() < 0.1:
        at = rng.randrange(len(out))
        out = out[:at] + "\n " + out[at:]
    return out


def as_field(text):
    """A field's body as Latin-1 of its octets."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def soup(rng, tokens, most):
    """Some of the tokens in any order: what no grammar foresees."""
    return "".join(rng.choice(tokens) for _ in range(rng.randrange(1, most)))


def mutated(rng, text):
    """With one to three characters put in, taken out, doubled or exchanged."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(text) + 1)
        way = rng.randrange(4)
        if way == 0:
            text = text[:at] + rng.choice(MUTANTS) + text[at:]
        elif way == 1:
            text = text[:at] + text[at + 1:]
        elif way == 2:
            text = text[:at] + text[at:at + 1] + text[at:]
        else:
            text = text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
    return text


def subject(rng, words):
    """(what stands in the field, in what way)"""
    way = rng.randrange(11)
    if way == 10:
        halves = (words[:len(words) // 2], words[len(words) // 2:], words)
        return as_field(soup(rng, SUBJECT_TOKENS + halves, 12)), "soup"
    if way < 3:
        return as_field(folded(rng, words)), "as it is"
    charset = some_charset(rng)
    if way == 3:  # octets that nobody marked
        octets = encoded(charset, words).translate(None, b"\r\n")
        return octets.decode("latin-1"), f"raw {charset}"
    octets = pieces(rng, encoded(charset if rng.random() < 0.5 else "utf-8", words))
    if way == 4:  # an encoded word in an encoded word
        inner = encoded_word(rng, b"".join(octets), charset)
        return folded(rng, encoded_word(rng, inner.encode("ascii", "ignore"), "utf-8")), "twice encoded"
    written = []
    for piece in octets:
        if rng.random() < 0.75:
            written.append(encoded_word(rng, piece, charset))
        else:
            written.append(piece.decode("latin-1").replace("\n", "").replace("\r", ""))
        if rng.random() < 0.1:
            charset = some_charset(rng)
    glue = rng.choice(("", "", " ", " ", "  ", "\n ", "\t", "_", "\u00a0"))
    return folded(rng, as_field(glue).join(written)), f"encoded words in {charset}"
