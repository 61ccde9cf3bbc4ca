"""Whenever a list manager would subscribe somebody, or ask whether somebody wants to join, ccgate has called the mail
a subscription, of that address: shown with the managers' own programs.

Environment: CCGATE_SEED and CCGATE_MESSAGES (of all managers together) choose the generated mails; CCGATE_SERVERS
(the managers, as scripts/install-packages unpacks them); CCGATE_NO_SKIP=1: without them the test fails.
Usage: managers_test.py PROGRAM, which is ccgate_request_reader
"""
import collections
import concurrent.futures
import os
import re
import sys

import fixed_mails
import generator
import mlmmj_receiver
import programs

SKIPPED = 77
SEED = os.environ.get("CCGATE_SEED", "1")
MESSAGES = int(os.environ.get("CCGATE_MESSAGES", "6000"))
SHOWN = 10  # faults in full


def let_in_unseen(addresses, answer):
    """Which of the addresses the manager subscribes by a mail that ccgate took for something else."""
    if answer["refused"]:
        return []

    def seen(address):
        for judged in answer["judged"]:
            named = [answer["author"]] + judged["people"]
            if judged["kind"] == "subscribe" and (judged["unnamed"] or address.lower() in map(str.lower,
                                                                                              named)):
                return True
        return False

    return [address for address in addresses if not seen(address)]


def reason(addresses, answer):
    """How ccgate and the manager agree about a mail, for the list of them."""
    does = "subscribes" if addresses else "does not"
    if addresses and addresses[0].startswith("!"):
        does = "fails with " + addresses[0][1:]
    if answer["untouched"]:
        return does, "none of ccgate's business"
    if answer["refused"]:
        return does, "refused, " + re.split(r"[;(\[]", answer["refused"])[0].strip()
    kind = max((judged["kind"] for judged in answer["judged"]), key=lambda each: each == "subscribe")
    if kind == "subscribe" and not all(judged["understood"] for judged in answer["judged"]):
        return does, "subscribe, since it is not harmless"
    return does, kind


class Manager:
    def __init__(self, name):
        self.name = name
        self.fixed = fixed_mails.all_of(name)
        if name == "mlmmj":  # in each way that a mail server has
            self.fixed = [each for each in self.fixed for _ in mlmmj_receiver.WAYS]
        self.mails = [mail for mail, _ in self.fixed]
        self.mails += generator.mails(SEED, name, MESSAGES // len(programs.MANAGERS))
        self.faults = []
        self.subscribed = self.judged = None

    def fault(self, what, at):
        mail = self.mails[at]
        self.faults.append(f"{what}\n{mail.story}\nthe manager subscribes {self.subscribed[at]}\n"
                           f"ccgate: {self.judged[at]}\nto {mail.rcpt_to}\n" + mail.octets().decode("latin-1"))

    def people(self, at):
        return [address for address in self.subscribed[at] if not address.startswith("!")]

    def check(self):
        for at, (_, wanted) in enumerate(self.fixed):
            if wanted is not None and wanted != bool(self.people(at)):
                self.fault(f"the manual says otherwise: {wanted}", at)
        for at, answer in enumerate(self.judged):
            unseen = let_in_unseen(self.people(at), answer)
            if unseen:
                self.fault(f"let in unseen: {unseen}", at)
        self.check_power()

    def check_power(self):
        """The mails are such that the property says something, and a wrong answer of ccgate would be found."""
        fixed, count = len(self.fixed), len(self.mails)
        agreed = [at for at in range(fixed, count) if self.people(at) and not self.judged[at]["refused"]]
        harmless = [at for at in range(fixed, count) if not self.judged[at]["refused"] and not any(
            judged["kind"] == "subscribe" for judged in self.judged[at]["judged"])]
        generated = count - fixed
        if len(agreed) * 20 < generated or len(harmless) * 20 < generated:
            self.faults.append(f"too few of {generated} mails: {len(agreed)} subscriptions, {len(harmless)} harmless")
        for at in agreed:
            other = dict(self.judged[at], judged=[dict(each,
                                                       kind="other") for each in self.judged[at]["judged"]])
            nobody = dict(self.judged[at], author="", judged=[dict(each, people=[], unnamed=False)
                                                              for each in self.judged[at]["judged"]])
            if not let_in_unseen(self.people(at), other) or not let_in_unseen(self.people(at), nobody):
                self.fault("a wrong answer would not be found", at)

    def report(self):
        print(f"{self.name}: {len(self.mails)} mails, {len(self.faults)} faults")
        reasons = collections.Counter(map(reason, self.subscribed, self.judged))
        for (does, took), count in sorted(reasons.items(), key=lambda each: -each[1]):
            print(f"  {count:6}  the manager {does:30} ccgate: {took}")
        for fault in self.faults[:SHOWN]:
            print("--- " + fault)
        return not self.faults


def main():
    lacks = programs.why_not()
    if lacks:
        print(lacks)
        return 1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED
    managers = [Manager(name) for name in programs.MANAGERS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        read = [pool.submit(programs.subscribed, manager.name, manager.mails) for manager in managers]
        answers = [pool.submit(programs.judged, sys.argv[1], manager.mails) for manager in managers]
        for manager, subscribed, judged in zip(managers, read, answers):
            manager.subscribed, manager.judged = subscribed.result(), judged.result()
    print(f"seed {SEED}")
    for manager in managers:
        manager.check()
    return 0 if all([manager.report() for manager in managers]) else 1


if __name__ == "__main__":
    sys.exit(main())
