"""At least one mail for each rule of ccgate-policy(5), REQUESTS: (mail, whether the manager would subscribe).

Each is checked twice: the manager does what is written here, so that the manual page tells the truth about it, and
whenever it subscribes, ccgate has called it that.
"""
from mails import AUTHOR, LISTS, Mail, plain, recipient

CODE = "0123456789abcdef0123456789abcdef01234567"
PROSE = "Dear all,\n\nthank you for the list.\n"


def mailman3():
    def mail(*arguments, **more):
        return plain("mailman3", *arguments, **more)

    yield mail("join"), True
    yield mail("subscribe"), True
    yield mail("join", "help", "help\n"), True
    yield mail("join", detail="xa"), True
    yield mail("leave"), False
    yield mail("leave", "join", "join\n"), False
    yield mail("join", "join address=bob@nic.xb", "join address=bob@nic.xb\n"), True
    yield mail("unsubscribe"), False
    yield mail("request", "join"), True
    yield mail("request", "JOIN"), True
    yield mail("request", "subscribe"), True
    yield mail("request", "Re: join"), True
    yield mail("request", "Re: [list] join"), False
    yield mail("request", "please subscribe me"), False  # `me` is an argument that it does not know
    yield mail("request", "please join digest=no"), True
    yield mail("request", "join address=bob@nic.xb"), True
    yield mail("request", "join xa"), False
    yield mail("request", "", "join\n"), True
    yield mail("request", "", "> join\n"), True
    yield mail("request", "", "> > join\n"), False
    yield mail("request", "hello", PROSE + "join\n"), True
    yield mail("request", "hello", "line\n" * 9 + "join\n"), True
    yield mail("request", "hello", "line\n" * 10 + "join\n"), False
    yield mail("request", "end", "join\n"), False
    yield mail("request", "help", "join\n"), True
    yield mail("request", "", "\n".join(["subscribe", "join address=bob@nic.xb"]) + "\n"), True
    yield mail("request", "=?utf-8?q?join?="), True
    yield mail("request", "=?utf-8?b?am9pbg?="), True  # without padding
    yield mail("request", "=?utf-8?q?jo?= =?utf-8?q?in?="), True
    yield mail("request", "=?utf-8?q?jo?==?utf-8?q?in?="), True
    yield mail("request", "=?utf-8?q?jo=C3=A9in?="), True  # what is not ASCII is dropped
    yield mail("request", "jo\n in"), False
    yield mail("request", "=?utf-8?q?Re:?=\n join"), True
    yield mail("request", "", "jo\u00e9in\n", more=[("Content-Type", "text/plain; charset=utf-8")]), False
    yield mail("request", "", "+AGo-oin\n", more=[("Content-Type", "text/plain; charset=utf-7")]), True
    yield mail("request", "", "hi\u2028join\n", more=[("Content-Type", "text/plain; charset=utf-8")]), True
    yield mail("request", "", "<p>join</p>\n", more=[("Content-Type", "text/html")]), False
    yield mail("request", "", "am9pbgo=\n", more=[("Content-Transfer-Encoding", "base64")]), True
    yield mail("request", "", "jo=69n\n", more=[("Content-Transfer-Encoding", "quoted-printable")]), True
    yield mail("request", "", "--b\nContent-Type: text/plain\n\njoin\n--b--\n",
               more=[("Content-Type", "multipart/mixed; boundary=b")]), True
    yield mail("request", "", "--b\nContent-Type: message/rfc822\n\nSubject: x\n\njoin\n--b--\n",
               more=[("Content-Type", "multipart/mixed; boundary=b")]), True
    for harmless in ("help", "help join", "echo", "end", "stop", "who", "confirm " + CODE, "leave", "unsubscribe",
                     "Re: confirm " + CODE):
        yield mail("request", harmless), False
    yield mail("request", "", "- -- \njoin\n"), True
    yield mail("request", "", "-- \njoin\n"), True
    yield mail("confirm", "help", "join\n", detail=CODE), False  # a code in To: nothing else is read
    yield mail("confirm", "join", detail=CODE, to=recipient("mailman3", "confirm")), True
    yield mail("owner", "join", "join\n"), False
    yield mail("", "join", "join\n"), False


def sympa():
    def mail(*arguments, **more):
        return plain("sympa", *arguments, **more)

    yield mail("subscribe", "help", "help\n"), True
    yield mail("subscribe", detail="xa"), True
    yield mail("unsubscribe", "", "subscribe sym\n"), False
    yield mail("request", "subscribe"), True
    yield mail("request", " Subscribe sym"), True
    yield mail("request", "subscribesym"), True
    yield mail("request", "subscribe please"), False
    yield mail("request", "Re: subscribe"), False
    yield mail("request", "unsubscribe", "subscribe sym\n"), False
    yield mail("request", "", "subscribe sym\n"), False
    yield mail("owner", "subscribe sym", "subscribe sym\n"), False
    for word in ("sub", "subscribe"):
        yield mail("sympa", word + " sym Anne Example"), True
        yield mail("sympa", "", word + " sym\n"), True
        yield mail("sympa", word), False
    for word in ("add", "inv", "invite"):
        yield mail("sympa", word + " sym bob@nic.xb Bob"), True
        yield mail("sympa", word + " sym"), False
    yield mail("sympa", "sub sym2"), True
    yield mail("sympa", "sub other"), False
    yield mail("sympa", "sub sym@sympa.example"), True
    yield mail("sympa", "quiet sub sym"), True
    yield mail("sympa", "auth abc sub sym"), True
    yield mail("sympa", "auth abc quiet sub sym"), True
    yield mail("sympa", "quiet auth abc sub sym"), True
    yield mail("sympa", "Re: sub sym"), True
    yield mail("sympa", "AW: sub sym"), True
    yield mail("sympa", "please sub sym"), False
    yield mail("sympa", "", "> sub sym\n"), True
    yield mail("sympa", "", "# note\n\nsub sym\n"), True
    yield mail("sympa", "", PROSE + "sub sym\n"), False
    yield mail("sympa", "hello", "sub sym\n"), True
    yield mail("sympa", "help", "sub sym\n"), False  # one command in the Subject, and the text is not read
    yield mail("sympa", "", "help\nsub sym\n"), True
    yield mail("sympa", "", "help\nend\nsub sym\n"), False
    yield mail("sympa", "", "-- \nsub sym\n"), False
    yield mail("sympa", "su\n b sym"), False
    yield mail("sympa", "=?utf-8?q?sub?= =?utf-8?q?_sym?="), True
    yield mail("sympa", "=?utf-8?b?c3ViIHN5bQ==?="), True
    yield mail("sympa", "=?iso-8859-1?q?sub=A0sym?="), False
    yield mail("sympa", "", "sub \nsym\n", more=[("Content-Type", "text/plain; format=flowed")]), True
    for text in ("su \nb  \nsym\n", " su \n b \n  sym\n", "> ad \n> d  \n> sym bob@nic.xb\n"):
        yield mail("sympa", "", text, more=[("Content-Type", "text/plain; format=flowed; delsp=yes")]), True
    yield mail("sympa", "", "c3ViIHN5bQo=\n", more=[("Content-Transfer-Encoding", "base64")]), True
    yield mail("sympa", "", "<p>sub sym</p>\n", more=[("Content-Type", "text/html")]), False
    yield mail("sympa", "", "--b\nContent-Type: text/plain\n\nsub sym\n--b--\n",
               more=[("Content-Type", "multipart/alternative; boundary=b")]), True
    yield mail("sympa", "", "--b\nContent-Type: text/plain\n\nsub sym\n--b\nContent-Type: application/pgp-signature\n"
               "\nx\n--b--\n", more=[("Content-Type", "multipart/signed; boundary=b")]), True
    for harmless in ("help", "lists", "which", "quit", "end", "stop", "info sym", "index sym", "last sym", "stats sym",
                     "verify sym", "review sym", "modindex sym", "remind sym", "get sym log.2030-01", "set sym digest",
                     "distribute sym abcd1234", "reject sym abcd1234", "confirm abcd1234", "signoff sym",
                     "unsubscribe sym " + AUTHOR, "signoff *", "del sym bob@nic.xb", "auth abcd1234 del sym bob@nic.xb",
                     "quiet set sym nomail"):
        yield mail("sympa", harmless), False


def mlmmj():
    def mail(*arguments, **more):
        return plain("mlmmj", *arguments, **more)

    for word in ("subscribe", "subscribe-digest", "subscribe-nomail", "subscribe-both"):
        yield mail(word), True
    for word in ("unsubscribe", "unsubscribe-digest", "help", "faq", "list", "get-1", "owner", "bounces-help",
                 "confsub-" + CODE[:16], "confunsub-digest-" + CODE[:16], "permit-" + CODE[:16],
                 "moderate-" + CODE[:16], "release-" + CODE[:16], "nonsense", "SUBSCRIBE", ""):
        yield mail(word, "subscribe", "subscribe\n"), False
    yield mail("help", "", to="mlm+subscribe@mlmmj.example"), None  # by To, or by Delivered-To where that is told
    yield mail("", "", to="Anne (mlm+subscribe@mlmmj.example) <mlm@mlmmj.example>"), None
    yield mail("", "", to="Mlm <mlm+subscribe@mlmmj.example>"), None
    yield mail("", "", more=[("Delivered-To", "mlm+subscribe@mlmmj.example")]), None
    for field in ("Cc", "X-Original-To", "Envelope-To", "Apparently-To", "Resent-To", "Bcc"):
        yield mail("help", "", more=[(field, "mlm+subscribe@mlmmj.example")], story=field), False


def all_of(manager):
    """[(mail, whether it subscribes: None where that depends on the mail server)]"""
    return list({"mailman3": mailman3, "sympa": sympa, "mlmmj": mlmmj}[manager]())
