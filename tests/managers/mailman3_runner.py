"""Mailman's command runner: which addresses the mails on standard input would subscribe, a line for each.

A mail is one line: envelope sender, envelope recipient and the message in hexadecimal digits, with blanks in
between. It goes through Mailman's own code in this process: the LMTP server's reading of the recipient and the
message, and the runner of commands. Who is asked whether he wants to join, or joins, is what Mailman announces to
its own parts; `!` and a name is an exception. Nothing is kept of a mail: its transaction is taken back.

Usage: python3 mailman3_runner.py FOLDER LIST < MAILS, with Mailman below CCGATE_MAILMAN (a folder of packages).
FOLDER is empty at first.
"""
import logging
import os
import site
import sys

site.addsitedir(os.environ["CCGATE_MAILMAN"])  # namespace packages are joined by its .pth files

# pylint: disable=import-error,wrong-import-position
import zope.event  # noqa: E402
from mailman.app.lifecycle import create_list  # noqa: E402
from mailman.config import config  # noqa: E402
from mailman.core.initialize import initialize  # noqa: E402
from mailman.interfaces.domain import IDomainManager  # noqa: E402
from mailman.interfaces.member import SubscriptionEvent  # noqa: E402
from mailman.interfaces.subscriptions import SubscriptionConfirmationNeededEvent  # noqa: E402
from zope.component import getUtility  # noqa: E402

CONFIG = """\
[mailman]
site_owner: postmaster@lists.example
layout: ccgate

[paths.ccgate]
var_dir: {folder}/var
bin_dir: {folder}

[mta]
incoming: mailman.mta.null.NullMTA

[database]
url: sqlite:///{folder}/mailman.db

[archiver.prototype]
enable: no
"""


class Envelope:
    def __init__(self, mail_from, rcpt_to, content):
        self.mail_from, self.rcpt_tos, self.content = mail_from, [rcpt_to], content


class Queue:
    """In the place of a folder of files: what was put there last."""

    def __init__(self):
        self.mails = []

    def enqueue(self, msg, msgdata=None, **more):
        self.mails.append((msg, dict(msgdata or {}, **more)))


class Mailman:
    def __init__(self, folder, address):
        path = os.path.join(folder, "mailman.cfg")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(folder=folder))
        initialize(path)
        for name in list(logging.Logger.manager.loggerDict):
            if name.startswith("mailman"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        from mailman.runners.command import CommandRunner  # they read the configuration
        from mailman.runners.lmtp import LMTPHandler
        getUtility(IDomainManager).add(address.split("@")[1])
        create_list(address)
        config.db.commit()
        self.queues = {name: Queue() for name in config.switchboards}
        config.switchboards.clear()
        config.switchboards.update(self.queues)
        self.lmtp = LMTPHandler()
        self.runner = CommandRunner("command")
        self.told = []
        zope.event.subscribers.append(self.hear)

    def hear(self, event):
        if isinstance(event, SubscriptionConfirmationNeededEvent):
            self.told.append(event.email)
        elif isinstance(event, SubscriptionEvent):
            self.told.append(event.member.address.email)

    def subscribed(self, mail_from, rcpt_to, octets):
        for queue in self.queues.values():
            queue.mails.clear()
        self.told.clear()
        # pylint: disable=protected-access
        self.lmtp._handle_DATA(None, None, Envelope(mail_from, rcpt_to, octets))
        try:
            for msg, msgdata in list(self.queues["command"].mails):
                self.runner._process_one_file(msg, msgdata)
        except Exception as error:  # pylint: disable=broad-except
            # The runner puts it aside for a person, and takes back what it did so far.
            self.told = ["!" + type(error).__name__]
        config.db.abort()
        return sorted(set(self.told))


def main():
    mailman = Mailman(*sys.argv[1:3])
    for line in sys.stdin:
        mail_from, rcpt_to, digits = line.rstrip("\n").split(" ", 2)
        octets = bytes.fromhex(digits).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        found = mailman.subscribed(mail_from, rcpt_to, octets)
        print(" ".join("?".join(address.split()) for address in found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
