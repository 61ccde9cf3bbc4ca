"""mlmmj: the author that it would answer, and whether it finds an address in To or Cc.

mlmmj-process is given each message as a post to a list whose address is the one asked for. It throws away what has
other than one author, answers that a list is in neither To nor Cc, and denies the rest by a rule, which it logs.
mlmmj-send, which it looks for in its own folder, is true(1).
"""
import os
import re
import shutil
import subprocess

import mlmmj_receiver
import programs
from views import NOTHING, View, same

USED = ("incoming", "queue", "queue/discarded")  # by a mail that is a post
SETTINGS = {"access": "deny\n", "noaccessdenymails": "", "nodenymailscopy": ""}
DENIED = re.compile(r'access - A mail from "(.*)" was denied by rule #0 "deny"$', re.MULTILINE)


FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]")


def passed_on(octets):
    """As a mail server passes it on: with an empty line before what is no field, where the header section ends for
    it."""
    lines = octets.replace(b"\r\n", b"\n").split(b"\n")
    end = next((at for at, line in enumerate(lines) if not FIELD.match(line)), len(lines))
    return b"\n".join(lines[:end] + ([b""] if lines[end:] and lines[end] else []) + lines[end:])


class Reader:
    """`asked`: the address."""

    def __init__(self, folder, asked):
        self.asked = asked
        self.list = mlmmj_receiver.Mlmmj(os.path.join(folder, asked), asked)
        self.program = os.path.join(folder, "mlmmj-process")
        for name, target in (("mlmmj-process", os.path.join(programs.SERVERS, "usr/bin/mlmmj-process")),
                             ("mlmmj-send", shutil.which("true"))):
            if not os.path.lexists(os.path.join(folder, name)):
                os.symlink(target, os.path.join(folder, name))
        self.list.clean()
        for name, text in SETTINGS.items():
            with open(self.list.path("control", name), "w", encoding="ascii") as file:
                file.write(text)

    def view(self, octets):
        mail = self.list.path("incoming", "mail")
        on_top = f"Return-Path: <bounces@nic.xa>\nDelivered-To: {self.asked}\n" + mlmmj_receiver.RECEIVED
        with open(mail, "wb") as file:
            file.write(on_top.encode("ascii") + passed_on(octets))
        subprocess.run([self.program, "-L", self.list.folder, "-m", mail], stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                       close_fds=False)
        found = self.found(octets)
        self.list.clean(USED)
        return found

    def found(self, octets):
        with open(self.list.path("mlmmj.operation.log"), encoding="utf-8", errors="replace") as file:
            denied = DENIED.search(file.read())
        if denied:
            return View((same(denied.group(1)),), asked_is_copied=True)
        for entry in os.scandir(self.list.path("queue")):
            if entry.is_file():
                with open(entry.path, encoding="utf-8", errors="replace") as file:
                    author = re.search("^To: (.*)$", file.read(), re.MULTILINE).group(1)
                # It compares octets: whether it would know the address in other letters is not asked.
                other_letters = octets.lower().count(self.asked.encode("ascii")) > octets.count(self.asked.encode("ascii"))
                return View((same(author),), asked_is_copied=None if other_letters else False)
        return NOTHING


def read(messages):
    with programs.quick_folder() as folder:
        readers = {asked: Reader(folder, asked) for asked in {each.asked for each in messages}}
        return {"mlmmj": [readers[each.asked].view(each.octets) for each in messages]}
