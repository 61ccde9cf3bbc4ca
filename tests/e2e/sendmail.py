"""Sendmail in a Stack.

There is no XCLIENT: a client comes from the address that it says, in a network of our own where these addresses are
of this machine. main() makes it, and a host name of our own, for which Sendmail would wait, and a /dev, since
Sendmail tells its log to /dev/log alone.
"""
import fcntl
import glob
import os
import re
import shutil
import smtplib
import socket
import struct
import subprocess
import sys
import tempfile
import threading

import stack
from stack import DEADLINE, SERVERS, SOURCE, read, read_or, write

OURS = "CCGATE_E2E_NETWORK"  # in the environment once there is one
UNSHARE = ["unshare", "--net", "--mount", "--uts"]
PROGRAMS = "usr/libexec/sendmail"
CF = os.path.join(SERVERS, "usr/share/sendmail/cf")
SAMPLE = os.path.join(SOURCE, "conf", "sendmail.mc.sample")
HOST = "mx.lists.example"
LIST = "tld-ops"

MAIN = """OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `mx.lists.example')dnl
define(`MAIL_SETTINGS_DIR', `@FOLDER@/sendmail/')dnl
define(`QUEUE_DIR', `@FOLDER@/queue')dnl
define(`ALIAS_FILE', `@FOLDER@/sendmail/aliases')dnl
define(`STATUS_FILE', `@FOLDER@/sendmail/status')dnl
define(`HELP_FILE', `')dnl
define(`confPID_FILE', `@FOLDER@/sendmail/pid')dnl
define(`confSERVICE_SWITCH_FILE', `@FOLDER@/sendmail/switch')dnl
define(`confDEAD_LETTER_DROP', `@FOLDER@/sendmail/dead')dnl
define(`confDONT_PROBE_INTERFACES', `True')dnl
define(`confTO_IDENT', `0')dnl
define(`confLOG_LEVEL', `14')dnl
define(`confQUEUE_LA', `1000')dnl
define(`confREFUSE_LA', `1000')dnl
define(`RELAY_MAILER_ARGS', `TCP $h @SINK@')dnl
define(`SMART_HOST', `[127.0.0.1]')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
DAEMON_OPTIONS(`Family=inet, Name=MTA, Addr=127.0.0.1, Port=@PORT@')dnl
"""

SUBMIT = """OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `mx.lists.example')dnl
define(`MSP_QUEUE_DIR', `@FOLDER@/clientqueue')dnl
define(`confRUN_AS_USER', `root')dnl
define(`confTRUSTED_USER', `root')dnl
define(`confPID_FILE', `@FOLDER@/sendmail/msp.pid')dnl
define(`STATUS_FILE', `@FOLDER@/sendmail/msp.status')dnl
define(`confSERVICE_SWITCH_FILE', `@FOLDER@/sendmail/switch')dnl
define(`RELAY_MAILER_ARGS', `TCP $h @PORT@')dnl
FEATURE(`nocanonify')dnl
FEATURE(`msp', `[127.0.0.1]')dnl
"""


def why_not():
    """What the machine lacks for tests with Sendmail, or None."""
    lacking = stack.why_not(os.path.join(PROGRAMS, "sendmail"), "usr/share/sendmail/cf/m4/cf.m4")
    if lacking or os.environ.get(OURS):
        return lacking
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode:
        return f"the kernel gives no network of our own ({' '.join(UNSHARE)})"
    return None


class Sendmail(stack.Stack):
    """As conf/sendmail.mc.sample says.

    local: Sendmail has the list, by aliases that hand over to the sink as LIST-...@manager.example; else the list is
    on another host, which is the sink. mc: more lines of sendmail.mc. submit: where `{SMTP}` in `store` leads:
    sendmail(1) instead of SMTP.
    """

    def __init__(self, local=False, mc="", sample=lambda text: text, submit="smtp", **options):
        super().__init__(**options)
        self.local = local
        self.mc = mc
        self.sample = sample
        self.submit = submit

    def start_mta(self):
        os.mkdir(self.path("sendmail"))
        for name in ("queue", "clientqueue"):
            os.mkdir(self.path(name), 0o700)
        write(self.path("sendmail", "switch"), "hosts files\naliases files\n")
        write(self.path("sendmail", "aliases"), self.aliases())
        write(self.path("sendmail", "status"), "")
        self.log = private_log(self.path("sendmail.log"))
        self.smtp_port = self.on_free_port(self.launch_sendmail)

    def aliases(self):
        names = ["postmaster: root", "MAILER-DAEMON: root", "root: root@elsewhere.example"]
        for tail in ("", "-join", "-subscribe", "-leave", "-owner", "-bounces", "-request", "-confirm"):
            names.append(f"{LIST}{tail}: {LIST}{tail}@manager.example")
        names += ["secretariat: secretariat@manager.example", "ben: ben@manager.example"]
        return "".join(line + "\n" for line in names + [f"{LIST}-{tail}: /dev/null" for tail in
                                                        ("vouch", "reject", "object", "notice")])

    def launch_sendmail(self, port):
        self.port = port
        domain = "LOCAL_DOMAIN(`lists.example')" if self.local else "RELAY_DOMAIN(`lists.example')"
        gate = self.sample(read(SAMPLE)) if self.gate else ""
        gate = gate.replace("/run/ccgate/ccgate.sock", self.path("ccgate.sock"))
        self.make("sendmail", MAIN + f"{domain}dnl\n" + self.mc + gate + "MAILER(`local')dnl\nMAILER(`smtp')dnl\n")
        self.make("submit", SUBMIT)
        self.command("newaliases")
        self.sendmail = self.serve("sendmail", [self.program("sendmail"), "-bD", "-q1s", "-C",
                                                self.path("sendmail", "sendmail.cf")], self.env)
        return self.answers(self.sendmail, self.smtp_answers, port)

    def make(self, name, text):
        """NAME.cf from these lines of NAME.mc."""
        values = {"FOLDER": self.folder, "SINK": self.sink_port, "PORT": self.port}
        text = re.sub("@([A-Z]+)@", lambda match: str(values[match[1]]), text)
        mc = self.path("sendmail", name + ".mc")
        write(mc, "divert(0)dnl\n" + text)
        m4 = os.path.join(SERVERS, "usr/bin/m4")
        done = subprocess.run([m4 if os.path.exists(m4) else "m4", f"-D_CF_DIR_={CF}/", f"{CF}/m4/cf.m4", mc],
                              env=self.env, check=True, capture_output=True, text=True)
        if done.stderr:
            raise RuntimeError(f"m4 {mc}: {done.stderr}")
        write(self.path("sendmail", name + ".cf"), done.stdout)

    @staticmethod
    def program(name):
        return os.path.join(SERVERS, PROGRAMS, name)

    def command(self, name, *arguments, **options):
        """Runs Sendmail under one of its names."""
        done = subprocess.run([self.program(name), "-C", self.path("sendmail", "sendmail.cf"), *arguments],
                              env=self.env, check=False, capture_output=True, **options)
        if done.returncode:
            raise RuntimeError(f"{name}: exit {done.returncode}: {done.stdout} {done.stderr}")
        return done.stdout

    def client(self, mail):
        return smtplib.SMTP("127.0.0.1", self.smtp_port, mail.helo, timeout=DEADLINE,
                            source_address=(mail.client, 0))

    def queue(self):
        names = [os.path.basename(path) for path in glob.glob(self.path("queue", "[qh]f*"))]
        return [{"queue_name": "hold" if name[0] == "h" else "active", "queue_id": name[2:]} for name in names]

    def queue_file(self, queue_id):
        """The control file of a mail in the queue, held or not."""
        return read_or(self.path("queue", "hf" + queue_id), "") or read(self.path("queue", "qf" + queue_id))

    def mail_log(self):
        return read_or(self.path("sendmail.log"), "")


class MailTest(stack.MailTest):
    """Tests with one Sendmail."""

    kind = Sendmail


def private_log(path):
    """Writes what is told to our /dev/log to the file `path`, until we end."""
    if os.path.exists("/dev/log"):
        os.unlink("/dev/log")
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    log.bind("/dev/log")
    os.chmod("/dev/log", 0o666)

    def take():
        while True:
            line = log.recv(65536)
            with open(path, "ab") as file:
                file.write(line.rstrip(b"\0\n") + b"\n")
    threading.Thread(target=take, daemon=True).start()
    return log


def make_network():
    """Brings up loopback, with the addresses of the clients."""
    with socket.socket() as sock:
        def ask(request, name, payload):
            fcntl.ioctl(sock, request, struct.pack("16s24s", name.encode("ascii"), payload))
        set_address, set_netmask, set_flags = 0x8916, 0x891c, 0x8914

        def address(text):
            return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))
        ask(set_flags, "lo", struct.pack("=H22x", 1 | 64))  # up, running
        for number, each in enumerate((stack.CLIENT, stack.STRANGER)):
            ask(set_address, f"lo:{number}", address(each))
            ask(set_netmask, f"lo:{number}", address("255.255.255.255"))


def make_dev():
    """A /dev with what programs need."""
    outer = "/mnt"

    def run(*command):
        subprocess.run(command, check=True)
    run = lambda *command: subprocess.run(command, check=True)  # noqa: E731
    run("mount", "--rbind", "/dev", outer)
    run("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", "/dev")
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        write(os.path.join("/dev", name), "")
        run("mount", "--bind", os.path.join(outer, name), os.path.join("/dev", name))
    os.mkdir("/dev/shm")
    os.chmod("/dev/shm", 0o1777)
    os.symlink("/proc/self/fd", "/dev/fd")
    run("umount", "--recursive", "--lazy", outer)
    # Sendmail trusts no file below /tmp, which all may write.
    tempfile.tempdir = "/dev/folders"
    os.mkdir(tempfile.tempdir)


def main():
    lacking = why_not()
    if not lacking and not os.environ.get(OURS):
        os.execvpe(UNSHARE[0], [*UNSHARE, sys.executable, "-B", *sys.argv], {**os.environ, OURS: "1"})
    if not lacking:
        socket.sethostname(HOST)
        make_network()
        make_dev()
    stack.main(lacking)
