"""The mail of scripts/demo: who writes what, and what must come of it."""
import os
import re
import sys
import textwrap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "e2e"))
import postfix  # pylint: disable=wrong-import-position
import stack  # pylint: disable=wrong-import-position

POST = "tld-ops@lists.example"
CONTACT = "hostmaster@nic.xa"


class Story:
    """What happens, and what must come of it. `mail` makes the mail when its turn comes. `remembered`: the
    outcome hangs on what went before, which `ccgate explain` does not know."""

    def __init__(self, text, expected, mail, remembered=False):
        self.text = text
        self.expected = expected
        self.mail = mail
        self.remembered = remembered


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
        Story("the admin contact is copied, but nobody signed: the contact is asked", "ask", lambda: asked),
        Story("the contact answers, from an address of another domain", "taken",
              lambda: answer(server), remembered=True),
        Story("the author's mail server tries again, as it was told", "accept", lambda: asked, remembered=True),
        Story("four people for one ccTLD: a person decides", "hold",
              mail("anne@nic.xa", cc=CONTACT, sign="nic.xa",
                   text="".join(f"Name: Person {i}\r\nE-mail: p{i}@nic.xa\r\n\r\n" for i in range(4)))),
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


def answer(server):
    """The reply to the question that ccgate mailed to the contact."""
    question = stack.wait_for("the question to the contact", lambda: next(
        (each for each in server.delivered() if each["to"] == [CONTACT] and
         "-vouch+" in "".join(stack.header(each["octets"], "Reply-To"))), None))
    to = stack.header(question["octets"], "Reply-To")[0].strip("<>")
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
        rows.append((number, story.text, story.expected, verdict, told, verdict == story.expected and agrees))
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
    with postfix.Postfix(detached=keep, store=True) as server:
        good = play(server)
        if keep:
            server.leave()
            how_to_talk(server)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
