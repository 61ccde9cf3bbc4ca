"""Header sections by a seed: honest ones, and what somebody may write who wants to be taken for another, or whom he
copies for another, by one of the programs on the way."""
import dataclasses
import random

import shapes

AUTHOR = "anne@nic.xa"
CONTACT = "hostmaster@nic.xa"
OTHER = "bob@nic.xb"
COMMAND = "tld-ops-join@lists.example"
PEOPLE = (AUTHOR, CONTACT, OTHER, COMMAND)
FIELDS = ("From", "To", "Cc")

HONEST_NAMES = ("", "", "Anne", "Anne Example", '"Example, Anne"', "Anne Q. Example", "=?utf-8?q?Ann=C3=A9?=",
                "=?utf-8?b?QW5uw6k=?= Example", '"Anne (NIC XA)"', "Ann\u00e9 Example", '"a@b"', '"\\"Anne\\""',
                "=?utf-8?q?Example=2C_Anne?=", "=?utf-8?q?bob=40nic=2Exb?=", "O'Hara/Anne", '"Anne: NIC"', '""',
                '"hostmaster@nic.xa, bob"', '"<bob@nic.xb>"', '"Anne;"', "=?iso-8859-1?q?Ann=E9?=",
                "\u5b89\u59ae", "Anne  Example", "+", '"Anne" Example', "Anne \"Q\" Example", "Dr.Anne")
HONEST = ("ANNE@nic.xa", "anne@NIC.XA", "anne+list@nic.xa", "a.b-c_d@mail.nic.xa", "hostmaster@nic.xa",
          "x=y@nic.xa", "o'hara@nic.xa", "anne@xn--bcher-kva.xa", "anne@b\u00fccher.xa", "ann\u00e9@nic.xa", "1@nic.xa",
          "-a@nic.xa", "a!b@nic.xa", "a%b@nic.xa", "a/b@nic.xa", "{a}@nic.xa", "a?b@nic.xa", "a#b@nic.xa", "~a@nic.xa",
          "anne@nic.xn--p1ai", "anne@a.b.c.d.nic.xa", "|a@nic.xa", "*@nic.xa", "`a`@nic.xa", "$a@nic.xa", "a^b@nic.xa")

# {a} and {b} are addresses, {l} and {d} are local part and domain of {a}.
SHAPES = (
    "{a} ({b})", "({b}) {a}", "{a}({b})", "N ({b}) <{a}>", "<{a}> ({b})", "<{a} ({b})>", "<({b}){a}>", "{l}({b})@{d}",
    "{l}@({b}){d}", "({b} {a}", "{a} ({b}", "{a} (\\({b})", "{a} ((x) {b})", "{a} ({b}\\)", '"({b}" {a}', "{a} (\"{b})",
    "G: {a};", "G: {a}, {b};", "G:;", "{a}, G: {b};", "G: {a}; {b}", "G: {a}", "{a};", "{a}; {b}", "G: x: {a};;",
    "undisclosed-recipients:;", "G:;, {a}", "\"G\": {a};", ": {a}", ":{a};", "{l}:{b}@{d}", "G: ; {a}", "G {b}: {a};",
    "<@relay.xb:{a}>", "<@relay.xb,@r2.xb:{a}>", "@relay.xb:{a}", "<{b}:{a}>", "<{a}:{b}>", "<@{b}:{a}>",
    "<@,@x:{a}>",
    "<{a}> <{b}>", "<{a}><{b}>", "{a} <{b}>", "{a} {b}", "{a}<{b}>", "<{a}> {b}", "<{a}", "{a}>", "<<{a}>>", "<{a}>>",
    "<<{b}>{a}>", "<{a},{b}>", "<{a}, {b}>", "<{a} {b}>", "<{a};{b}>", "< {a} >", "<{a}\t>", "<>", "<> {a}", "<>, {a}",
    "N <{a}> x", "N <{a}> \"{b}\"", "N<{a}>", "\"N\"<{a}>", "\"N\r\n <{b}>\r\n \" <{a}>", "\"N,\r\n N\" <{a}>", "<{a}>N", "N <{a}>,", "N <{b}> <{a}>", "<\"{b}\"> {a}",
    "\"{b}\" {a}", "\"{b}\", {a}", "\"{b}\" <{a}>", "\"N\" {a}", "\"{b}{a}", "\"{b} <{a}>", "{a} \"{b}", "N\" <{a}>",
    "\"N\\\" <{b}>, \" <{a}>", "\"N\\\\\" <{b}>, \" <{a}>", "\"N\\\" <{a}>", "'{b}' <{a}>", "'{a}'", "'N <{b}>' <{a}>",
    "N, <{a}>", "N, {a}", "N {a}", "N N {a}", "{a}, N", ", {a}", "{a},", "{a},,{b}", ",,{a}", "{a} , , {b}", ",", " ",
    "", "N", "N N", "@", "<@>", "{l}", "<{l}>", "{l}@", "@{d}", "{l}@@{d}", "{a}@{b}", "{l}@{d}@{b}", "<{a}@{b}>",
    "{l}%{d}", "{l}%{d}@relay.xb", "{d}!{l}", "relay.xb!{a}", "{l}@[192.0.2.1]", "{l}@[IPv6:2001:db8::1]", "{l}@{d}.",
    "{l}@.{d}", "{l}..x@{d}", ".{l}@{d}", "{l}.@{d}", "{l}@x..{d}", "{l}@-{d}", "{l}@x_y.{d}", "{l}@{d}:25",
    "\"{l}\"@{d}", "\"{b}\"@{d}", "\"{l} x\"@{d}", "\"{l}\\@x\"@{d}", "\"\"@{d}", "\"{l}\".x@{d}", "x.\"{l}\"@{d}",
    "<\"{l}\"@{d}>", "<\"{b},\"@{d}>", "\"{l}\" @{d}", "\"<{b}>\"@{d}", "{l} @{d}", "{l}@ {d}", "{l} @ {d}", "{l} . x@{d}",
    "{l}.x @{d}", "<{l} @{d}>", "<{l}@ {d}>", "{l}@nic .xa", "{l}@nic. xa", "l {l}@{d}", "{l}\\@{d}", "{l}\\,@{d}",
    "\\{a}", "N \\<{b}\\> <{a}>", "{l}\\ x@{d}", "{l}=40{d}", "=?utf-8?q?{l}?=@{d}", "=?utf-8?q?{l}=40{d}?=",
    "=?utf-8?q?{a}?=", "<=?utf-8?q?{l}=40{d}?=>", "=?utf-8?q?N_=3C{l}=40{d}=3E?=", "=?utf-8?q?{b}=2C?= <{a}>",
    "=?utf-8?q?{b}?= {a}", "=?utf-8?q?N?={a}", "=?utf-8?q?N <{a}>?= <{b}>", "=?utf-8?b?,?= <{a}>",
    "=?x?q?=22?= <{b}>, \" <{a}>", "=?utf-8?q?=2C?= {a}", "\"=?utf-8?q?{b}?=\" <{a}>", "=?utf-8?q? <{b}> ?= <{a}>",
    "=?utf-8?q?a,b?= <{a}>", "=?utf-8?q?(?= <{a}>", "=?utf-8?q?\"?= <{a}>", "=?utf-8?q?;?= <{a}>",
    "N@x <{a}>", "{b} <{a}>", "N [x] <{a}>", "N: x <{a}>", "N; x <{a}>", "N, x <{a}>", "N\\ <{a}>", "N > <{a}>",
    "[{b}] {a}", "{{{b}}} {a}", "{l}@{d}]", "[{a}]", "{{{a}}}", "mailto:{a}", "<mailto:{a}>", "{a}?cc={b}", "{a}/{b}",
    "{a}|{b}", "{a}&{b}", "{a}+{b}", "{a};{b}", "{a}:{b}", "{a}={b}", "{a}.{b}", "{a}\t{b}", "{a}\u00a0{b}",
    "{a}\uff0c{b}", "{a}\u037e{b}", "{l}\uff20{d}", "{l}@nic\u3002xa", "{l}@nic\uff0exa", "{l}\u200b@{d}", "{l}@{d}\u200b",
    "{l}@\u200b{d}", "\u200e{a}", "{l}\u0301@{d}", "{l}\u00ad@{d}", "<{a}\u00a0>", "\uff1c{b}\uff1e <{a}>", "{l}\ufeff@{d}",
    "{a}\u2028, {b}", "{l}@\uff4eic.xa", "\u0130@{d}", "\u212a@{d}", "{l}@ni\u0441.xa", "{l}@xn--.xa",
    "{l}@xn--a.xa", "{l}@xn--nic-.xa", "{l}@b\u00dccher.xa", "{l}@bu\u0308cher.xa", "{l}@XN--BCHER-KVA.xa", "{l}@fa\u00df.xa",
    "{l}@xn--fa-hia.xa", "{l}@xn--fas-.xa", "{l}@ab--cd.xa",
)
# What cannot be written in a shape: octets.
BETWEEN = (b"\0", b"\r", b"\n", b"\r\n", b"\r\n ", b"\r\n\t", b"\n ", b"\r ", b"\r\r\n ", b"\r\n\r\n ", b"\r\n \r\n ",
           b" \r\n\t \r\n ", b"\x0b", b"\x0c", b"\x1c", b"\x1f", b"\x7f", b"\x01", b"\x80", b"\xff", b"\xc2\x85", b"\xc0\x80",
           b"\xe2\x80\xa8", b"\xc3", b"\xed\xa0\x80", b"\r\n,", b",\r\n ", b"\r\n (x)\r\n ", b"\x1b", b"\x08", b"\xa0",
           b"\r\nTo: bob@nic.xb\r\n", b"\rTo: bob@nic.xb\r", b"\nCc: hostmaster@nic.xa\n", b"\x0bFrom: bob@nic.xb\x0b",
           b"\r\n\x0c", b"\r\n\x00", b"\r\n\xa0", b"\n\n", b"\r\n.\r\n ")
NAMES = ("{0} ", "{0}\t", " {0}", "\t{0}", "{0}\r\n ", "{0}\0", "{0}\x0b", "{0}\u00a0", "\ufeff{0}", "{0}-", "X-{0}", "{0}(x)",
         "{0};", "{0}.", ">{0}", "{0}{0}", "\"{0}\"", "{0}\x08", "{0}\x7f", "\uff46rom", "{0} \t ", "{0} x", "", "\0{0}",
         "{0}\r", "\r{0}")
LINES = (b"no field at all\r\n", b": x\r\n", b" \r\n", b"\t\r\n", b"\r\n", b"\r\r\n", b"\n", b"\r", b"From bob@nic.xb\r\n",
         b">From: bob@nic.xb\r\n", b" To: bob@nic.xb\r\n", b"From bob@nic.xb  Tue Jan 15 2030\n", b"\0\r\n", b"x\r\n",
         b"bob@nic.xb\r\n", b"--x\r\n", b"X:\r\n", b"X: \r\n \r\n", b"\x0c\r\n", b"X-A: a\r\n\t \r\n", b"\xff: x\r\n",
         b"mail: x\r", b"From \r\n: x\r\n", b"From\r\n", b"From: \r\n", b"To:\r\n", b"Cc: \r\n \r\n", b".\r\n"[1:],
         b"X: a\r\n\r", b"X: a\rFrom: bob@nic.xb\r\n", b"X: a\nFrom: bob@nic.xb\r\n", b"X: a\x0bFrom: bob@nic.xb\r\n",
         b"X: a\x0cTo: hostmaster@nic.xa\r\n", b"X: a\xc2\x85Cc: hostmaster@nic.xa\r\n",
         b"X: a\x1cCc: hostmaster@nic.xa\r\n", b"X: a\xe2\x80\xa8Cc: hostmaster@nic.xa\r\n")
MORE = ("Sender", "Reply-To", "Bcc", "Resent-From", "Resent-To", "Resent-Cc", "Resent-Sender", "Apparently-To",
        "Errors-To", "Return-Path", "X-Original-To", "Original-From", "X-From", "Resent-Bcc", "X-To", "From-", "Cc-To",
        "Mail-Followup-To", "Disposition-Notification-To", "Original-Recipient", "Author", "On-Behalf-Of",
        "Return-Receipt-To", "Content-From", "Delivered-To", "Envelope-To")
TOKENS = ("(", ")", "<", ">", '"', "\\", ",", ";", ":", " ", "\r\n ", "@", ".", "%", "!", "=?utf-8?q?", "?=", "\t", "a", "[",
          "]", "nic.xa", "anne", "'", "\u00e9") + PEOPLE


@dataclasses.dataclass
class Written:
    """One message. `asked`: the address whose copy is asked for where a reader can only say yes or no."""
    story: str
    octets: bytes
    asked: str
    honest: bool

    def line(self):
        """As the programs that read mails take it."""
        return f"{AUTHOR} {COMMAND} {self.octets.hex()}\n"


def as_octets(text):
    return text.encode("utf-8", "surrogatepass")


def mailbox(rng):
    address = rng.choice(PEOPLE if rng.random() < 0.7 else HONEST)
    name = rng.choice(HONEST_NAMES)
    if not name:
        return rng.choice((address, f"<{address}>"))
    return name + rng.choice((" ", " ", " ", "\r\n ")) + f"<{address}>"


def honest_list(rng, most):
    text = mailbox(rng)
    for _ in range(rng.randrange(most)):
        text += rng.choice((", ", ", ", ",\r\n ", ",\r\n\t", ",")) + mailbox(rng)
    return text


def addressed(rng):
    """To the list, and maybe to others."""
    address = rng.choice((COMMAND, f"<{COMMAND}>", f"TLD-Ops <{COMMAND}>"))
    if rng.random() < 0.5:
        return address
    parts = [address, honest_list(rng, 3)]
    rng.shuffle(parts)
    return ", ".join(parts)


def honest(rng):
    fields = [["From", " " + mailbox(rng)], ["To", " " + addressed(rng)]]
    if rng.random() < 0.7:
        fields.append(["Cc", " " + rng.choice((CONTACT, honest_list(rng, 4)))])
    fields += [["Subject", " subscribe xa"], ["Date", " Tue, 15 Jan 2030 11:59:00 +0000"], ["Message-ID", " <1@nic.xa>"]]
    if rng.random() < 0.3:
        rng.shuffle(fields)
    for field in fields:
        if rng.random() < 0.1:
            field[0] = rng.choice((field[0].upper(), field[0].lower()))
        if rng.random() < 0.05:
            field[1] = rng.choice((field[1].lstrip(), " " + field[1], "\t" + field[1].lstrip(), field[1] + " "))
    return [[as_octets(name), as_octets(value)] for name, value in fields]


def find(rng, fields):
    """One of From, To and Cc, or of the rest where none is left."""
    whole = [field for field in fields if field[1] is not None]
    found = [field for field in whole if field[0].strip().lower() in (b"from", b"to", b"cc")]
    return rng.choice(found or whole)


def shaped(rng):
    address, other = rng.sample(PEOPLE, 2)
    if rng.random() < 0.2:
        address = rng.choice(HONEST)
    local, _, domain = address.rpartition("@")
    return rng.choice(SHAPES).format(a=address, b=other, l=local, d=domain)


def change_shape(rng, fields):
    text = shaped(rng)
    if rng.random() < 0.3:
        others = [rng.choice((shaped, mailbox))(rng), text]
        rng.shuffle(others)
        text = rng.choice((", ", ",", " , ", ",\r\n ")).join(others)
    find(rng, fields)[1] = as_octets(" " + text)


def change_characters(rng, fields):
    field = find(rng, fields)
    field[1] = shapes.mutated(rng, field[1].decode("latin-1")).encode("latin-1", "replace")


def change_octets(rng, fields):
    field = find(rng, fields)
    at = rng.randrange(len(field[1]) + 1)
    field[1] = field[1][:at] + rng.choice(BETWEEN) + field[1][at:]


def change_name(rng, fields):
    field = find(rng, fields)
    field[0] = as_octets(rng.choice(NAMES).format(field[0].decode("utf-8", "replace")))


def change_soup(rng, fields):
    find(rng, fields)[1] = as_octets(" " + shapes.soup(rng, TOKENS, 12))


def add_field(rng, fields):
    """Once more, or one that some take for another."""
    name = rng.choice(FIELDS if rng.random() < 0.6 else MORE)
    value = rng.choice((honest_list(rng, 2), shaped(rng), ""))
    fields.insert(rng.randrange(len(fields) + 1), [as_octets(name), as_octets(" " + value)])


def add_line(rng, fields):
    fields.insert(rng.randrange(len(fields) + 1), [rng.choice(LINES), None])


def remove_field(rng, fields):
    fields.remove(find(rng, fields))


def lengthen(rng, fields):
    field = find(rng, fields)
    more = rng.choice((b"x" * 1000, b"(" * 200, b"\"" + b"x" * 2100 + b"\"", b"\r\n " * 50, b" " * 1200,
                       b", ".join([b"a@nic.xa"] * 300), b",\r\n ".join([b"a%d@nic.xa" % i for i in range(1200)]),
                       b"\r\n ".join([b"name"] * 3000), b"<" * 300, b"G:" * 100, b"a" * 65 + b"@nic.xa", b"\\" * 99))
    field[1] = rng.choice((b" " + more + field[1], field[1] + b", " + more, field[1] + more))


MUTATIONS = (change_shape, change_shape, change_shape, change_shape, change_characters, change_characters, change_octets,
             change_octets, change_name, change_soup, change_soup, add_field, add_field, add_line, remove_field, lengthen)


def written(rng):
    fields = honest(rng)
    done = [] if rng.random() < 0.25 else [rng.choice(MUTATIONS) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    for mutation in done:
        if fields:
            mutation(rng, fields)
    head = b"".join(name if value is None else name + b":" + value + b"\r\n" for name, value in fields)
    asked = CONTACT if rng.random() < 0.7 else rng.choice((OTHER, AUTHOR, COMMAND))
    return Written(", ".join(each.__name__ for each in done) or "honest", head + b"\r\nThank you.\r\n", asked, not done)


def messages(seed, count):
    rng = random.Random(f"readers {seed}")
    return [written(rng) for _ in range(count)]
