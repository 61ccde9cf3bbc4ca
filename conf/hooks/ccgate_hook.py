"""What the exit hooks of ccgate share: the event on standard input, the journal, and how a hook ends.

A hook may run twice for one decision, be killed on the way, and be told of an objection before the acceptance
came through. So it writes what it is about to do into its journal before it does it, and looks there first.
"""
import fcntl
import json
import os
import re
import sys
import time

DONE, FAILED, LATER, NEVER = 0, 1, 75, 78  # exit status; 75 is EX_TEMPFAIL of sysexits.h, 78 EX_CONFIG
STDIN_LIMIT = 1 << 20  # octets
LOCK_SECONDS = 10  # until a hook that holds the journal is waited for

# Narrower than mail allows: what would mean something in a line of a file, or to another reader, is not written.
LOCAL = r"[A-Za-z0-9!$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+"
LABEL = r"[A-Za-z0-9\x80-\U0010ffff](?:[A-Za-z0-9\x80-\U0010ffff-]*[A-Za-z0-9\x80-\U0010ffff])?"
ADDRESS = re.compile(rf"{LOCAL}(?:\.{LOCAL})*@{LABEL}(?:\.{LABEL})+")
ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
CCTLD = re.compile(r"[a-z]{2}|xn--[a-z0-9-]{1,59}")


class Trouble(Exception):
    """What ends a hook: a sentence for the log and the exit status."""

    def __init__(self, text, status=FAILED):
        super().__init__(text)
        self.status = status


def say(text):
    print(f"{os.path.basename(sys.argv[0])}: {text}", file=sys.stderr)


def quoted(text):
    """Text from outside, fit for a line of a log."""
    return "`" + str(text)[:200].encode("unicode_escape").decode("ascii") + "`"


def is_address(text):
    """Whether the text is an address and nothing else: no blank, no control, no `#`."""
    return len(text) <= 254 and bool(ADDRESS.fullmatch(text)) and text.isprintable()


def folded(text):
    """For comparison, as ccgate compares addresses: ASCII letters without case."""
    return "".join(char.lower() if char.isascii() else char for char in text)


class Event:
    """One decision, as the daemon tells it on standard input."""

    def __init__(self, data):
        if not isinstance(data, dict) or data.get("ccgate_hook") != 1:
            raise Trouble("standard input is no event of format 1")
        self.event = text_of(data, "event")
        self.id = text_of(data, "id")
        self.list = text_of(data, "list")
        self.list_address = text_of(data, "list_address")
        self.request = text_of(data, "request")
        self.author = text_of(data, "author")
        self.cctlds = data.get("cctlds", [])
        self.people = []
        people = data.get("people", [])
        if self.event not in ("accepted", "objected", "removed"):
            raise Trouble(f"unknown event {quoted(self.event)}")
        if not ID.fullmatch(self.id):
            raise Trouble(f"no decision id: {quoted(self.id)}")
        if not isinstance(self.cctlds, list) or not isinstance(people, list):
            raise Trouble("`cctlds` and `people` are no lists")
        for cctld in self.cctlds:
            if not isinstance(cctld, str) or not CCTLD.fullmatch(cctld):
                raise Trouble(f"no ccTLD: {quoted(cctld)}")
        for person in people:
            if not isinstance(person, dict):
                raise Trouble("a person that is no object")
            self.people.append((text_of(person, "name"), text_of(person, "email")))

    def subscribers(self):
        """[(name, address)]: the people of the form; where none has an address, the author. Who cannot be
        written safely is left out, and told."""
        named = [person for person in self.people if person[1]] or [("", self.author)]
        for name, email in self.people:
            if not email:
                say(f"{self.id}: {quoted(name)} has no address")
        chosen = {}
        for name, email in named:
            if is_address(email):
                chosen.setdefault(folded(email), (name, email))
            else:
                say(f"{self.id}: left out, no plain address: {quoted(email)}")
        return list(chosen.values())


def add_list_option(parser, **options):
    parser.add_argument("--list", metavar="NAME", **options)


def refuse_other_list(event, name):
    """`hooks` of a whole site brings the events of all its lists."""
    if event.list != name:
        raise Trouble(f"{event.id}: this is of list {quoted(event.list)}, and the hook is for {quoted(name)}: nothing "
                      "done; give each list `hooks` of its own", NEVER)


def text_of(data, key):
    value = data.get(key, "")
    if not isinstance(value, str):
        raise Trouble(f"`{key}` is no text")
    return value


def read_event():
    octets = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(octets) > STDIN_LIMIT:
        raise Trouble("the event is too long")
    try:
        data = json.loads(octets.decode("utf-8"))
    except ValueError as error:
        raise Trouble(f"standard input is no JSON: {error}") from None
    return Event(data)


class Journal:
    """What was done, for which decision: a file of JSON lines that only grows. Held under a lock from `with` on."""

    def __init__(self, path):
        self.path = path
        self.records = []

    def __enter__(self):
        self.file = open(self.path, "a+b", opener=lambda path, flags: os.open(path, flags, 0o640))
        try:
            self.lock()
            self.read()
        except BaseException:
            self.file.close()
            raise
        return self

    def __exit__(self, *_):
        self.file.close()

    def lock(self):
        end = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                return fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise Trouble(f"{self.path}: another hook holds it", LATER) from None
                time.sleep(0.05)

    def read(self):
        self.file.seek(0)
        octets = self.file.read()
        whole = octets.rfind(b"\n") + 1  # a line without its end was cut off by a crash: it was not yet acted on
        if whole < len(octets):
            self.file.truncate(whole)
        for number, line in enumerate(octets[:whole].splitlines(), 1):
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if not isinstance(record, dict):
                raise Trouble(f"{self.path}:{number}: no JSON object; mend or remove the line")
            self.records.append(record)

    def add(self, **record):
        """On the disk when it returns."""
        self.file.write(json.dumps(record).encode("ascii") + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.records.append(record)

    def find(self, decision, event, key):
        """The values of `key` in the records of this decision and event."""
        return [record[key] for record in self.records
                if record.get("id") == decision and record.get("event") == event and key in record]


def run(work):
    """Exit status of `work()`, which ends with Trouble or returns None."""
    try:
        work()
    except Trouble as trouble:
        say(trouble)
        return trouble.status
    except OSError as error:  # a full disk, a folder that is not mounted yet
        say(error)
        return LATER
    return DONE
