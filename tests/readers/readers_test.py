"""Wherever two programs disagree on who wrote a mail or who is copied, ccgate refuses it: shown with Python's email
package, mlmmj and Postfix.

Environment: CCGATE_SEED and CCGATE_MESSAGES choose the messages; CCGATE_SERVERS (mlmmj and Postfix, as
scripts/install-packages unpacks them); CCGATE_NO_SKIP=1: without them the test fails.
Usage: readers_test.py PROGRAM, which is ccgate_request_reader
"""
import collections
import concurrent.futures
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "managers"))
# pylint: disable=wrong-import-position
import header_sections
import mlmmj_reader
import postfix_reader
import programs
import python_readers
from views import same

SKIPPED = 77
SEED = os.environ.get("CCGATE_SEED", "5322")
MESSAGES = int(os.environ.get("CCGATE_MESSAGES", "2000"))
SHOWN = 10  # faults in full


def why_not():
    return programs.why_not() or postfix_reader.postfix.why_not()


def differs(view, message, answer):
    """What another program reads otherwise than ccgate does, which takes the mail; None when nothing."""
    author, copied = same(answer["author"]), {same(each) for each in answer["copied"]}
    if view.authors is not None and view.authors != (author,):
        return f"written by {view.authors}"
    if view.copied is not None and view.copied != copied:
        return f"copied to {sorted(view.copied)}"
    if view.asked_is_copied is not None and view.asked_is_copied != (same(message.asked) in copied):
        return f"{message.asked} copied: {view.asked_is_copied}"
    return None


def disagree(views):
    """Whether two of them read something else in one message."""
    return (len({view.authors for view in views if view.authors is not None}) > 1 or
            len({view.copied for view in views if view.copied is not None}) > 1)


class Comparison:
    def __init__(self, messages, answers, views):
        self.messages, self.answers, self.views = messages, answers, views
        self.counts = collections.Counter()
        self.faults = []

    def compare(self):
        for at, (message, answer) in enumerate(zip(self.messages, self.answers)):
            taken = not answer["refused"]
            at_odds = disagree([views[at] for views in self.views.values()])
            self.counts[(message.honest, taken, at_odds)] += 1
            for name, views in self.views.items():
                told = differs(views[at], message, answer) if taken else None
                if told:
                    self.faults.append(f"{message.story}: {name}: {told}\nccgate: {answer}\n{message.octets!r}")
        self.check_power()

    def number(self, honest=None, taken=None, at_odds=None):
        wanted = (honest, taken, at_odds)
        return sum(count for key, count in self.counts.items()
                   if all(want is None or want == have for want, have in zip(wanted, key)))

    def check_power(self):
        """Who refuses everything, or is asked nothing that is read in two ways, proves nothing."""
        all_of = len(self.messages)
        self.faults += [f"an honest message is refused: {answer['refused']}\n{message.octets!r}"
                        for message, answer in zip(self.messages, self.answers) if message.honest and answer["refused"]]
        for what, count in (("honest", self.number(honest=True)), ("changed and taken", self.number(False, True)),
                            ("read in two ways", self.number(at_odds=True))):
            if count * 20 < all_of:
                self.faults.append(f"too few of {all_of} messages are {what}: {count}")
        for name, views in self.views.items():
            told = sum(view.authors is not None for view in views)
            if told * 4 < all_of:
                self.faults.append(f"{name} says nothing of most messages: {told} of {all_of}")

    def report(self):
        print(f"seed {SEED}: {len(self.messages)} messages, {self.number(at_odds=True)} of them read in two ways by "
              f"others; {len(self.faults)} faults")
        for honest, words in ((True, "honest"), (False, "changed")):
            print(f"  {words}: {self.number(honest, True)} taken, {self.number(honest, False)} refused")
        for name, views in self.views.items():
            print(f"  {name}: told the author of {sum(view.authors is not None for view in views)}")
        for fault in self.faults[:SHOWN]:
            print("--- " + fault)
        return 1 if self.faults else 0


def main():
    lacks = why_not()
    if lacks:
        print(lacks)
        return 1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED
    messages = header_sections.messages(SEED, MESSAGES)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        others = [pool.submit(reader.read, messages) for reader in (mlmmj_reader, postfix_reader)]
        answers = pool.submit(programs.judged, sys.argv[1], messages)
        views = python_readers.read(messages)
        for other in others:
            views.update(other.result())
    comparison = Comparison(messages, answers.result(), views)
    comparison.compare()
    return comparison.report()


if __name__ == "__main__":
    sys.exit(main())
