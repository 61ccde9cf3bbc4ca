"""mlmmj: which addresses the mails on standard input would subscribe, a line for each.

A mail is one line: envelope sender, envelope recipient and the message in hexadecimal digits, with blanks in
between. It is given to mlmmj-receive for a list in a folder of our own, as a mail server gives it: in the ways of
WAYS by turns, since they differ in what mlmmj sees of the envelope. Whoever is asked whether he wants to join has a
file below subconf, whoever joins one below subscribers.d and its like. The mail that mlmmj would send finds no
server.

Usage: python3 mlmmj_receiver.py FOLDER LIST < MAILS, with mlmmj below CCGATE_SERVERS. FOLDER is empty at first.
"""
import os
import shutil
import socket
import subprocess
import sys

SERVERS = os.environ.get("CCGATE_SERVERS", "/")
FOLDERS = ("incoming", "queue/discarded", "archive", "text", "subconf", "unsubconf", "bounce", "control", "moderation",
           "subscribers.d", "digesters.d", "requeue", "nomailsubs.d")
MEMBERS = ("subscribers.d", "digesters.d", "nomailsubs.d")
LEFT = ("incoming", "queue", "queue/discarded", "archive", "subconf", "unsubconf", "requeue", "moderation") + MEMBERS

# What stands on top of a message, and whether the detail is in the environment.
WAYS = {
    "pipe": ("Return-Path: <{mail_from}>\nX-Original-To: {rcpt_to}\n", False),  # Postfix, as mlmmj's README has it
    "delivered-to": ("Return-Path: <{mail_from}>\nDelivered-To: {rcpt_to}\n", False),
    "local": ("Return-Path: <{mail_from}>\nX-Original-To: {rcpt_to}\nDelivered-To: {rcpt_to}\n", True),
    "exim": ("Return-Path: <{mail_from}>\nEnvelope-To: {rcpt_to}\n", False),
}
RECEIVED = "Received: from mx.nic.xa by lists.example; Tue, 15 Jan 2030 12:00:00 +0000\n"


class Mlmmj:
    def __init__(self, folder, address):
        self.folder = folder
        self.local = address.split("@")[0]
        for name in FOLDERS:
            os.makedirs(self.path(name))
        texts = os.path.join(SERVERS, "usr/share/mlmmj/text.skel/en")
        for name in os.listdir(texts):
            shutil.copy(os.path.join(texts, name), self.path("text"))
        self.nobody = socket.socket()  # bound, and never listened at: connections are refused at once
        self.nobody.bind(("127.0.0.1", 0))
        for name, value in (("listaddress", address), ("owner", "owner@lists.example"), ("relayhost", "127.0.0.1"),
                            ("smtpport", self.nobody.getsockname()[1])):
            with open(self.path("control", name), "w", encoding="ascii") as file:
                file.write(f"{value}\n")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def clean(self, folders=LEFT):
        for name in folders:
            for entry in os.scandir(self.path(name)):
                if entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)
        for name in ("index", "mlmmj.operation.log"):
            with open(self.path(name), "w", encoding="ascii"):
                pass

    def found(self):
        addresses = []
        for name in MEMBERS + ("subconf",):
            for entry in os.scandir(self.path(name)):
                with open(entry.path, encoding="utf-8", errors="replace") as file:
                    addresses += file.read().split("\n")
        return [address for address in addresses if address]

    def subscribed(self, way, mail_from, rcpt_to, octets):
        on_top, told = WAYS[way]
        text = (on_top.format(mail_from=mail_from, rcpt_to=rcpt_to) + RECEIVED).encode("utf-8") + octets
        environment = {"PATH": "/usr/bin:/bin"}
        detail = rcpt_to.rsplit("@", 1)[0][len(self.local) + 1:]
        if told and detail:
            environment["EXTENSION"] = detail
        subprocess.run([os.path.join(SERVERS, "usr/bin/mlmmj-receive"), "-F", "-L", self.folder], input=text,
                       env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=60)
        found = self.found()
        self.clean()
        return found


def main():
    mlmmj = Mlmmj(*sys.argv[1:3])
    for number, line in enumerate(sys.stdin):
        mail_from, rcpt_to, digits = line.rstrip("\n").split(" ", 2)
        octets = bytes.fromhex(digits).replace(b"\r\n", b"\n")
        way = list(WAYS)[number % len(WAYS)]
        found = set(mlmmj.subscribed(way, mail_from, rcpt_to, octets))
        print(" ".join(sorted("?".join(address.split()) for address in found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
