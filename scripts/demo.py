"""The mail of scripts/demo: who writes what, and what must come of it.

Environment: CCGATE_DEMO_PAGE, the file that the report is written to as a page.
"""
import email
import email.policy
import os
import re
import sys
import textwrap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "e2e"))
import postfix  # pylint: disable=wrong-import-position
import stack  # pylint: disable=wrong-import-position

POST = "tld-ops@lists.example"
CONTACT = "hostmaster@nic.xa"
PAGE = os.environ.get("CCGATE_DEMO_PAGE", os.path.join(stack.SOURCE, "build", "demo-report.html"))


class Demo(postfix.Postfix):
    """The invented ccTLDs are in regions too, for the report."""

    def write_config(self):
        super().write_config()
        path = self.path("registries.yaml")
        text = stack.read(path).replace("domains: [nic.xb]}", "domains: [nic.xb], region: LAC}")
        stack.write(path, text + "xa: {region: EU}\nxh: {region: AF}\nxi: {region: AP}\n")


class Story:
    """What happens, and what must come of it. `mail` makes the mail when its turn comes. `remembered`: the
    outcome hangs on what went before, which `ccgate explain` does not know. `then`: what is shown of it next, given
    the mail and its outcome."""

    def __init__(self, text, expected, mail, remembered=False, then=None):
        self.text = text
        self.expected = expected
        self.mail = mail
        self.remembered = remembered
        self.then = then


def stories(server):
    def mail(sender, **options):
        return lambda: server.mail(sender, **options)

    asked = server.mail("anne@nic.xa", cc=CONTACT)
    return [
        Story("somebody at the registry writes, the admin contact is copied, the mail is signed", "accept",
              mail("anne@nic.xa", cc=CONTACT, sign="nic.xa")),
        Story("the admin contact writes", "accept", mail(CONTACT, sign="nic.xa")),
        Story("six ccTLDs of one registry, one admin contact copied", "accept",
              mail("anne@nic.xb", subject="subscribe xb xc xd xe xf xg", cc="tld-admin@nic.xb", sign="nic.xb")),
        Story("the mail was forwarded: SPF fails, the signature still speaks", "accept",
              mail("ben@nic.xa", cc=CONTACT, sign="nic.xa", client=stack.STRANGER)),
        Story("the admin contact is copied, but nobody signed: the contact is asked", "ask", lambda: asked,
              then=lambda *_: show_mail("the mail that the contact gets", question(server)["octets"])),
        Story("the contact answers, from an address of another domain", "taken",
              lambda: answer(server), remembered=True),
        Story("the author's mail server tries again, as it was told", "accept", lambda: asked, remembered=True,
              then=lambda *_: show_decision(server, asked.mail_from)),
        Story("four people for one ccTLD: a person decides", "hold",
              mail("anne@nic.xa", cc=CONTACT, sign="nic.xa",
                   text="".join(f"Name: Person {i}\r\nE-mail: p{i}@nic.xa\r\n\r\n" for i in range(4))),
              then=lambda held, outcome: release(server, held, outcome)),
        Story("the name servers of the author's domain do not answer: later", "tempfail",
              mail("hostmaster@nic.xi", subject="subscribe xi", sign="nic.xi")),
        Story("nobody is copied", "reject", mail("anne@nic.xa", sign="nic.xa")),
        Story("the copy is only in a display name", "reject",
              mail("anne@nic.xa", cc='"hostmaster@nic.xa" <ben@nic.xa>', sign="nic.xa")),
        Story("a stranger claims to be the admin contact: unsigned, and SPF fails", "reject",
              mail(CONTACT, client=stack.STRANGER)),
        Story("a robot answers", "reject",
              mail(CONTACT, sign="nic.xa", fields=[("Auto-Submitted", "auto-replied")])),
        Story("other mail: a post to the list", "untouched", mail("anne@nic.xa", to=POST, subject="news")),
    ]


def question(server):
    """The one that ccgate mailed to the contact."""
    return stack.wait_for("the question to the contact", lambda: next(
        (each for each in server.delivered() if each["to"] == [CONTACT] and
         "-vouch+" in "".join(stack.header(each["octets"], "Reply-To"))), None))


def answer(server):
    """The reply to it."""
    to = stack.header(question(server)["octets"], "Reply-To")[0].strip("<>")
    return server.mail("ben@elsewhere.example", to=to, subject="Re: question", text="Yes.\r\n")


def what_became(server, mail, outcome):
    """(verdict, where the mail is) as Postfix, its queue and the sink show it."""
    if outcome.reply.code >= 500:
        return "reject", "stays with its author"
    if outcome.reply.code >= 400:
        asked = " asked " in outcome.reply.text
        return "ask" if asked else "tempfail", "stays with its author's mail server, which tries again"
    if "-vouch+" in mail.recipients[0]:
        return "taken", "read by ccgate, goes no further"
    queue_id = outcome.reply.text.split()[-1]
    if queue_id in server.held():
        return "hold", f"hold queue, as {queue_id}"
    arrivals = server.arrival(mail)
    where = "delivered to " + ", ".join(sorted(address for each in arrivals for address in each["to"]))
    if stack.without_trace(arrivals[0]["octets"]) == mail.octets:
        return "untouched", where + ", not an octet changed"
    return "accept", where + "; the contact is told by a mail of ccgate's own"


def explained(server, mail):
    """(verdict, reply) as `ccgate explain` tells them."""
    told = server.explain(mail)
    answer = told["answer"]
    reply = f"{answer['code']} {answer['status']} {answer['text']}" if answer["status"] else ""
    if not told["gated"] or told["verdict"]["untouched"]:
        return "untouched", reply
    if told["verdict"]["decision"] == "ask":
        return "ask", reply
    if answer["kind"] == "accept" and told["edits"]["hold_reason"]:
        return "hold", reply
    return answer["kind"], reply


def without_id(reply):
    """The decision id differs from run to run."""
    return re.sub(r" \[\S+\]$", "", reply)


def show(label, text):
    print(textwrap.fill(text, 100, initial_indent=f"    {label:<10}", subsequent_indent=" " * 14))


def show_text(label, text):
    print(f"    {label}:\n")
    print(textwrap.indent(text.rstrip("\n"), "        | ", lambda _: True))


def show_mail(label, octets):
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    head = "".join(f"{name}: {mail[name]}\n" for name in ("From", "To", "Reply-To", "Subject"))
    show_text(label, head + "\n" + mail.get_body(("plain",)).get_content())


def show_decision(server, author):
    decision = server.log("--author", author, "--verdict", "ask")[-1]["id"]
    show_text(f"what is kept of it, ccgate show {decision}", server.tool("show", decision))


def release(server, mail, outcome):
    """As whoever runs the list would, once it is looked at."""
    queue_id = outcome.reply.text.split()[-1]
    show("release", f"postsuper -H {queue_id} lets it go, and postsuper -d {queue_id} throws it away; with Sendmail, "
                    "sendmail -qQ -qIID -Q (ccgate-milter(8))")
    server.command("postsuper", "-H", queue_id)
    server.command("postqueue", "-f")
    to = sorted(address for each in server.arrival(mail) for address in each["to"])
    show("", "let go: delivered to " + ", ".join(to))


def report(server):
    """What came of all of it."""
    for what, command in (("What was decided", ("report", "decisions")), ("Who is on the list by now", ("members",)),
                          ("How many ccTLDs that is, of each region", ("report",)),
                          ("Which ccTLDs tried and are not on it, and what to do next", ("report", "follow-up"))):
        print(f"\n{what}: ccgate {' '.join(command)}\n")
        print(textwrap.indent(server.tool(*command).rstrip("\n"), "    "))
    os.makedirs(os.path.dirname(PAGE), exist_ok=True)
    server.tool("report", "--html", "-o", PAGE)
    print(f"\nThe same as a page, ccgate report --html: {PAGE}")


def play(server):
    """Sends every mail; True when all went as told."""
    rows = []
    for number, story in enumerate(stories(server), 1):
        mail = story.mail()
        outcome = server.send(mail)
        verdict, where = what_became(server, mail, outcome)
        told, reply = ("-", "") if story.remembered else explained(server, mail)
        agrees = story.remembered or (
            told == verdict and (not reply or without_id(reply) == without_id(str(outcome.reply))))
        print(f"\n{number:2}  {story.text}")
        show("expected", story.expected)
        show("SMTP", str(outcome.reply))
        show("the mail", where)
        if not story.remembered:
            show("explain", told if agrees else f"{told}: {reply or 'no reply of its own'}")
        good = verdict == story.expected and agrees
        if story.then and good:
            story.then(mail, outcome)
        rows.append((number, story.text, story.expected, verdict, told, good))
    print(f"\n{'':4}{'expected':<11}{'Postfix':<11}{'explain':<11}story")
    for number, story, expected, verdict, told, good in rows:
        print(f"{number:2}  {expected:<11}{verdict:<11}{told:<11}{story}{'' if good else '   <-- WRONG'}")
    good = sum(row[-1] for row in rows)
    print(f"\n{good} of {len(rows)} verdicts are as told")
    return good == len(rows)


def how_to_talk(server):
    print(f"""
It runs on. Postfix listens on 127.0.0.1 port {server.smtp_port}, the DNS server on port {server.dns_port}; all files
are in {server.folder}: ccgate.yaml and tld-ops.policy.yaml, postfix/ and its queue/,
ccgate.log, postfix.log, and sink/ with every mail delivered. What was decided, and what followed:

    {stack.BIN}/ccgate log -c {server.folder}/ccgate.yaml

Be a client of the registry .xa (XCLIENT gives you its address):

    swaks --server 127.0.0.1:{server.smtp_port} --xclient "ADDR={stack.CLIENT}" --helo mx.nic.xa \\
      --from hostmaster@nic.xa --to {stack.JOIN} --header "Subject: subscribe xa"

or by hand with `telnet 127.0.0.1 {server.smtp_port}`. After a change of the policy:

    kill -HUP {server.milter.process.pid}

Stop it with

    scripts/demo --stop {server.folder}""")


def main(arguments):
    if arguments[:1] == ["--stop"]:
        if not os.path.exists(os.path.join(arguments[1], "pids")):
            print(f"demo: {arguments[1]} is no folder that --keep left", file=sys.stderr)
            return 2
        stack.stop_left(arguments[1])
        return 0
    if reason := postfix.why_not():
        print(f"demo: {reason}", file=sys.stderr)
        return 3
    stack.exit_on_sigterm()
    print("demo: starting nsd, Postfix and ccgate-milter")
    keep = arguments == ["--keep"]
    with Demo(detached=keep, store=True) as server:
        good = play(server)
        report(server)
        if keep:
            server.leave()
            how_to_talk(server)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
