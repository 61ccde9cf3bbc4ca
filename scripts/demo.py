"""The mail of scripts/demo: who writes what, and what must come of it."""
import os
import re
import sys
import textwrap

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "e2e"))
import stack  # pylint: disable=wrong-import-position

POST = "tld-ops@lists.example"


def stories(server):
    """(story, what must come of it, mail)"""
    mail = server.mail
    return [
        ("somebody at the registry writes, the admin contact is copied, the mail is signed", "accept",
         mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa")),
        ("the admin contact writes", "accept",
         mail("hostmaster@nic.xa", sign="nic.xa")),
        ("six ccTLDs of one registry, one admin contact copied", "accept",
         mail("anne@nic.xb", subject="subscribe xb xc xd xe xf xg", cc="tld-admin@nic.xb", sign="nic.xb")),
        ("the mail was forwarded: SPF fails, the signature still speaks", "accept",
         mail("anne@nic.xa", cc="hostmaster@nic.xa", sign="nic.xa", client=stack.STRANGER)),
        ("the admin contact is copied, but nobody signed: a person decides", "hold",
         mail("anne@nic.xa", cc="hostmaster@nic.xa")),
        ("the name servers of the author's domain do not answer: later", "tempfail",
         mail("hostmaster@nic.xi", subject="subscribe xi", sign="nic.xi")),
        ("nobody is copied", "reject",
         mail("anne@nic.xa", sign="nic.xa")),
        ("the copy is only in a display name", "reject",
         mail("anne@nic.xa", cc='"hostmaster@nic.xa" <ben@nic.xa>', sign="nic.xa")),
        ("a stranger claims to be the admin contact: unsigned, and SPF fails", "reject",
         mail("hostmaster@nic.xa", client=stack.STRANGER)),
        ("a robot answers", "reject",
         mail("hostmaster@nic.xa", sign="nic.xa", fields=[("Auto-Submitted", "auto-replied")])),
        ("other mail: a post to the list", "untouched",
         mail("anne@nic.xa", to=POST, subject="news")),
    ]


def what_became(server, mail, outcome):
    """(verdict, where the mail is) as Postfix, its queue and the sink show it."""
    if outcome.reply.code >= 500:
        return "reject", "stays with its author"
    if outcome.reply.code >= 400:
        return "tempfail", "stays with its author's mail server, which tries again"
    queue_id = outcome.reply.text.split()[-1]
    if queue_id in server.held():
        return "hold", f"hold queue, as {queue_id}"
    arrivals = server.arrival(mail)
    where = "delivered to " + ", ".join(sorted(address for each in arrivals for address in each["to"]))
    if stack.without_trace(arrivals[0]["octets"]) == mail.octets:
        return "untouched", where + ", not an octet changed"
    return "accept", where


def explained(server, mail):
    """(verdict, reply) as `ccgate explain` tells them."""
    told = server.explain(mail)
    answer = told["answer"]
    reply = f"{answer['code']} {answer['status']} {answer['text']}" if answer["status"] else ""
    if not told["gated"] or told["verdict"]["untouched"]:
        return "untouched", reply
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
    for number, (story, expected, mail) in enumerate(stories(server), 1):
        outcome = server.send(mail)
        verdict, where = what_became(server, mail, outcome)
        told, reply = explained(server, mail)
        agrees = told == verdict and (not reply or without_id(reply) == without_id(str(outcome.reply)))
        print(f"\n{number:2}  {story}")
        show("expected", expected)
        show("SMTP", str(outcome.reply))
        show("the mail", where)
        show("explain", told if agrees else f"{told}: {reply or 'no reply of its own'}")
        rows.append((number, story, expected, verdict, told, verdict == expected and agrees))
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
ccgate.log, postfix.log, and sink/ with every mail delivered.

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
    if reason := stack.why_not():
        print(f"demo: {reason}", file=sys.stderr)
        return 3
    stack.exit_on_sigterm()
    print("demo: starting nsd, Postfix and ccgate-milter")
    keep = arguments == ["--keep"]
    with stack.Stack(detached=keep) as server:
        good = play(server)
        if keep:
            server.leave()
            how_to_talk(server)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
