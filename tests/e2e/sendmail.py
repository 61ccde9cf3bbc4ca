"""Sendmail in a Stack.

There is no XCLIENT: a client comes from the address that it says, which is one of this machine's in a network of its
own.
"""
import glob
import os
import pwd
import re
import shutil
import smtplib
import subprocess

import own_machine
import stack
from stack import DEADLINE, SERVERS, SOURCE, read, read_or, write

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
define(`ESMTP_MAILER_ARGS', `TCP $h @SINK@')dnl
define(`SMART_HOST', `esmtp:[127.0.0.1]')dnl
define(`RELAY_MAILER_ARGS', `TCP $h @PORT@')dnl
FEATURE(`virtusertable', `text -k0 -v1 @FOLDER@/sendmail/virtusers')dnl
VIRTUSER_DOMAIN(`other.example')dnl
RELAY_DOMAIN(`mlmmj.example')dnl
FEATURE(`no_default_msa')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
DAEMON_OPTIONS(`Family=inet, Name=MTA, Addr=127.0.0.1, Port=@PORT@')dnl
"""

SUBMIT = """OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `mx.lists.example')dnl
define(`MSP_QUEUE_DIR', `@FOLDER@/clientqueue')dnl
define(`confRUN_AS_USER', `@USER@')dnl
define(`confPID_FILE', `@FOLDER@/sendmail/msp.pid')dnl
define(`STATUS_FILE', `@FOLDER@/sendmail/msp.status')dnl
define(`confSERVICE_SWITCH_FILE', `@FOLDER@/sendmail/switch')dnl
define(`RELAY_MAILER_ARGS', `TCP $h @PORT@')dnl
FEATURE(`nocanonify')dnl
FEATURE(`msp', `[127.0.0.1]')dnl
"""

# sendmail(1)
PROGRAM = """#!/bin/sh
LD_LIBRARY_PATH="{LIBRARIES}" exec {SENDMAIL} -Ac -C {CF} "$@"
"""


def why_not():
    """What the machine lacks for tests with Sendmail, or None."""
    return (stack.why_not(os.path.join(PROGRAMS, "sendmail"), "usr/share/sendmail/cf/m4/cf.m4") or
            own_machine.why_not())


class Sendmail(stack.Stack):
    """As conf/sendmail.mc.sample says.

    local: Sendmail has the list, by aliases that hand over to the sink as LIST-...@manager.example; else the list is
    on another host, which is the sink. bounces: what the sample says of Sendmail's own bounces is in force.
    """

    socket = os.path.join("run", "ccgate.sock")

    def __init__(self, local=False, bounces=False, **options):
        super().__init__(**options)
        self.local = local
        self.bounces = bounces
        if not self.store:  # else it needs write access to the folder
            user = pwd.getpwnam(account())
            self.as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
                            "--pdeathsig=TERM"]

    def write_config(self):
        """The socket as ccgate-milter(8) says: of an account of its own, which Sendmail, as root, needs no group
        for."""
        super().write_config()
        config = self.path("ccgate.yaml")
        write(config, read(config).replace("/ccgate.sock", "/" + self.socket).replace('"0666"', '"0600"'))
        os.mkdir(self.path("run"), 0o755)
        if self.as_user:
            shutil.chown(self.path("run"), account())

    def start_mta(self):
        os.mkdir(self.path("sendmail"))
        for name in ("queue", "clientqueue"):
            os.mkdir(self.path(name), 0o700)
        shutil.chown(self.path("clientqueue"), account())
        write(self.path("sendmail", "switch"), "hosts files\naliases files\n")
        write(self.path("sendmail", "aliases"), self.aliases())
        write(self.path("sendmail", "status"), "")
        write(self.path("sendmail", "virtusers"), "".join(f"{name}@other.example {LIST}-join\n"
                                                          for name in ("subscribe", "tldops-join")))
        own_machine.keep_log(self.path("sendmail.log"))
        self.smtp_port = self.on_free_port(self.launch_sendmail)

    def stop(self):
        for server in reversed(self.servers):
            server.stop()
        self.servers = []
        own_machine.end_others()  # deliveries go on without the daemon
        super().stop()

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
        gate, rules = self.sample()
        self.make("sendmail", MAIN + f"{domain}dnl\n{gate}MAILER(`local')dnl\nMAILER(`smtp')dnl\n{rules}")
        self.make("submit", SUBMIT)
        write(self.path("sendmail", "program"), PROGRAM.format(
            LIBRARIES=self.env.get("LD_LIBRARY_PATH", ""), SENDMAIL=self.program("sendmail"),
            CF=self.path("sendmail", "submit.cf")))
        os.chmod(self.path("sendmail", "program"), 0o755)
        self.command("newaliases")
        self.sendmail = self.serve("sendmail", [self.program("sendmail"), "-bD", "-q1s", "-C",
                                                self.path("sendmail", "sendmail.cf")], self.env)
        return self.answers(self.sendmail, self.smtp_answers, port)

    def sample(self):
        """The lines of the sample for this stack: those before the mailers, and those behind."""
        text = read(SAMPLE)
        if self.bounces:
            text = text.replace("\ndnl #", "\n")
        text = text.replace("/run/ccgate/ccgate.sock", self.path(self.socket))
        text = text.replace("lists.example.org", "lists.example")
        gate, mark, rules = text.partition("LOCAL_RULE_0\n")
        return gate, mark + rules

    def make(self, name, text):
        """NAME.cf from these lines of NAME.mc."""
        values = {"FOLDER": self.folder, "SINK": self.sink_port, "PORT": self.port, "USER": account()}
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

    def command(self, name, *arguments):
        """Runs Sendmail under one of its names."""
        return self.run([self.program(name), "-C", self.path("sendmail", "sendmail.cf"), *arguments])

    def run(self, command, **options):
        done = subprocess.run(command, env=self.env, check=False, capture_output=True, **options)
        if done.returncode:
            raise RuntimeError(f"{command}: exit {done.returncode}: {done.stdout} {done.stderr}")
        return done.stdout

    def submit(self, mail):
        """As a program on this machine submits it; the exit status."""
        return subprocess.run([self.path("sendmail", "program"), "-i", "-f", mail.mail_from, "--",
                               *mail.recipients], input=mail.octets.replace(b"\r\n", b"\n"), check=False).returncode

    def client(self, mail):
        return smtplib.SMTP("127.0.0.1", self.smtp_port, mail.helo, timeout=DEADLINE,
                            source_address=(mail.client, 0))

    def offers_smtputf8(self):
        """Whether it was built with it."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=DEADLINE) as smtp:
            smtp.ehlo()
            return smtp.has_extn("smtputf8")

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


def account():
    """A user of the machine as whom sendmail(1) may run; it does not as root."""
    return next(name for name in ("mail", "news", "uucp", "games") if stack.exists(pwd.getpwnam, name))


def main():
    lacking = why_not()
    if not lacking:
        own_machine.enter(HOST, (stack.CLIENT, stack.STRANGER))
    stack.main(lacking)
