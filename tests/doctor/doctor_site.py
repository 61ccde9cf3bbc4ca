"""A site for `ccgate doctor`: in one folder the configuration, a daemon, DNS, something that takes mail, and what a
private Postfix would be told. Postfix itself does not run: its postconf and postmap are asked.
"""
import datetime
import glob
import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from servers import read, wait_for, write  # pylint: disable=wrong-import-position

BIN = os.environ.get("CCGATE_BIN", os.path.join(SOURCE, "build", "dev"))
DNS_SERVER = os.environ.get("CCGATE_DNS_SERVER", os.path.join(SOURCE, "build", "dev", "tests", "ccgate_dns_server"))
SERVERS = os.environ.get("CCGATE_SERVERS", os.path.join(SOURCE, "build", "servers", "root"))
SKIPPED = 77
OWN = ["vouch", "reject", "object", "notice"]
MAILMAN = ["join", "leave", "request", "confirm", "subscribe", "unsubscribe", "bounces", "owner"]
ZONE = ["lists.example TXT v=spf1 ip4:192.0.2.25 -all", "lists.example MX 10 mx.lists.example",
        "mx.lists.example A 192.0.2.25"]


def why_not():
    if not os.path.exists(os.path.join(SERVERS, "usr/sbin/postconf")):
        return f"no usr/sbin/postconf below {SERVERS}: run scripts/install-packages server"
    return None


def main():
    why = why_not()
    if why:
        print(why)
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED)
    unittest.main(verbosity=2)


class MailSink:
    """Takes mail by SMTP, and keeps it."""

    def __init__(self):
        self.taken = []
        self.refuse = False
        self.unknown = ()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client, client.makefile("rwb") as lines:
                self.talk(lines)

    def talk(self, lines):
        def say(text):
            lines.write(text + b"\r\n")
            lines.flush()
        say(b"220 mx.lists.example ESMTP")
        for line in lines:
            word = line.upper()[:4]
            if word == b"DATA":
                say(b"354 go on")
                octets = b""
                while not (last := lines.readline()).startswith(b".\r\n"):
                    octets += last
                self.taken.append(octets)
            elif word == b"QUIT":
                say(b"221 bye")
                return
            if word == b"RCPT" and self.refuse:
                say(b"550 5.7.1 not from you")
            elif word == b"RCPT" and any(each in line for each in self.unknown):
                say(b"550 5.1.1 User unknown")
            else:
                say(b"250 2.0.0 ok")

    def close(self):
        """Nobody answers from now on; accept() of the thread ends too."""
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()


class Site:
    """`main`: more lines of main.cf; `master`: of master.cf; `config`: of ccgate.yaml."""

    def __init__(self, main="", master="", config="", chroot="y", virtual=None, transport=None, manager="mailman3"):
        self.folder = tempfile.mkdtemp(prefix="ccgate-doctor-")
        os.chmod(self.folder, 0o755)
        self.sink = MailSink()
        self.daemon = self.dns = None
        for name in ("bin", "postfix", "queue", "queue/ccgate", "run", "data"):
            os.mkdir(self.path(name))
        self.socket = self.path("queue/ccgate/ccgate.sock")
        self.env = {**os.environ, "RUNTIME_DIRECTORY": self.path("run")}
        self.start_dns()
        self.write_config(config, manager)
        self.write_postfix(main, master, chroot, virtual, transport)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (self.daemon, self.dns):
            if process:
                process.terminate()
                process.wait()
        self.sink.close()
        self.dns.stdin.close()
        self.dns.stdout.close()
        shutil.rmtree(self.folder)

    def start_dns(self):
        self.dns = subprocess.Popen([DNS_SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.dns.stdin.write("".join(line + "\n" for line in ZONE) + "serve\n")
        self.dns.stdin.flush()
        self.dns_port = int(self.dns.stdout.readline())

    def add_dns(self, line):
        self.dns.stdin.write(line + "\n")
        self.dns.stdin.flush()

    def write_config(self, config, manager):
        write(self.path("p.policy.yaml"), "ccgate: 1\npolicy: p\n"
              "rules: [{id: admin, when: [from_is_admin_contact, dkim_aligned], then: accept}]\n")
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.write_contacts(now)
        settings = {"listen": f"unix:{self.socket}", "socket": '{mode: "0666"}',
                    "dns": f'{{servers: ["127.0.0.1@{self.dns_port}"], timeout: 2s}}',
                    "contacts": "{file: contacts.json}", "store": f"sqlite:{self.path('data/ccgate.db')}",
                    "submit": f"smtp://127.0.0.1:{self.sink.port}", "submit_helo": "mx.lists.example"}
        lists = (f"lists:\n  tld-ops:\n    address: tld-ops@lists.example\n    manager: {manager}\n"
                 "    policy: p.policy.yaml\n")
        for line in config.splitlines():
            key, _, value = line.partition(": ")
            settings[key] = value.format(FOLDER=self.folder)
        text = "".join(f"{key}: {value}\n" for key, value in settings.items() if value)
        write(self.path("ccgate.yaml"), "ccgate: 1\n" + text + lists)

    def write_contacts(self, fetched):
        write(self.path("contacts.json"), json.dumps({"ccgate_contacts": 1, "fetched": fetched, "cctlds": {
            "xa": {"admin": {"email": "hostmaster@nic.xa", "changed": "2015-01-01", "first_seen": "2015-01-01"}}}}))

    def write_postfix(self, main, master, chroot, virtual, transport):
        libraries = [os.path.join(SERVERS, "usr/lib/postfix")]
        libraries += glob.glob(os.path.join(SERVERS, "usr/lib/*-linux-*")) + glob.glob(
            os.path.join(SERVERS, "lib/*-linux-*"))
        for name in ("postconf", "postmap"):
            write(self.path("bin", name), f"#!/bin/sh\nLD_LIBRARY_PATH='{':'.join(libraries)}' exec "
                  f"'{SERVERS}/usr/sbin/{name}' \"$@\"\n")
            os.chmod(self.path("bin", name), 0o755)
        account = next(name for name in ("news", "uucp", "games", "nobody") if exists(pwd.getpwnam, name))
        group = next(name for name in ("uucp", "games", "irc", "list", "news") if exists(grp.getgrnam, name))
        write(self.path("postfix", "main.cf"), f"""compatibility_level = 3.6
queue_directory = {self.path('queue')}
data_directory = {self.path('data')}
command_directory = {self.path('bin')}
daemon_directory = {SERVERS}/usr/lib/postfix/sbin
shlib_directory = {SERVERS}/usr/lib/postfix
meta_directory = {self.path('postfix')}
mail_owner = {account}
setgid_group = {group}
default_privs = nobody
myhostname = mx.lists.example
mydestination = localhost
alias_maps =
local_recipient_maps =
smtpd_milters = {{ unix:ccgate/ccgate.sock, default_action=tempfail }}
non_smtpd_milters = {{ unix:ccgate/ccgate.sock, default_action=tempfail }}
internal_mail_filter_classes = bounce
recipient_delimiter = +
relay_domains = lists.example
relay_recipient_maps = texthash:{self.path('postfix', 'transport')}
transport_maps = texthash:{self.path('postfix', 'transport')}
virtual_alias_maps = texthash:{self.path('postfix', 'virtual')}
""" + main.format(FOLDER=self.folder))
        write(self.path("postfix", "master.cf"), f"""smtp inet n - {chroot} - - smtpd
pickup unix n - {chroot} 60 1 pickup
cleanup unix n - {chroot} - 0 cleanup
""" + master.format(FOLDER=self.folder))
        if virtual is None:
            virtual = "".join(f"tld-ops-{word}@lists.example devnull@localhost\n" for word in OWN)
        if transport is None:
            transport = "".join(f"tld-ops{word}@lists.example lmtp:[127.0.0.1]:8024\n"
                                for word in ["", *("-" + each for each in MAILMAN)])
        write(self.path("postfix", "virtual"), virtual)
        write(self.path("postfix", "transport"), transport)

    def postfix(self, name, *arguments):
        """Runs one of Postfix's programs."""
        return subprocess.run([self.path("bin", name), "-c", self.path("postfix"), *arguments], capture_output=True,
                              encoding="utf-8", check=False)

    def start_daemon(self):
        log = self.path("daemon.log")
        with open(log, "ab") as output:
            self.daemon = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", os.path.join(BIN, "ccgate-milter"),
                                            "-c", self.path("ccgate.yaml")], stdin=subprocess.DEVNULL, stdout=output,
                                           stderr=output, env=self.env)

        def ready():
            if self.daemon.poll() is not None:
                raise RuntimeError("the daemon ended: " + read(log))
            return "event=ready" in read(log)
        wait_for("the daemon", ready, 30)
        return self

    def doctor(self, *options, address="192.0.2.25", config="ccgate.yaml"):
        """Exit status, and the result of each look: {look: object}."""
        done = self.run("--json", "--address", address, *options, config=config)
        if done.stderr or done.returncode not in (0, 1):
            raise RuntimeError(f"exit {done.returncode}: {done.stderr}{done.stdout}")
        looks = {}
        for line in done.stdout.splitlines():
            look = json.loads(line)
            if look["look"] in looks:
                raise RuntimeError(f"{look['look']} was looked at twice: {done.stdout}")
            looks[look["look"]] = look
        return done.returncode, looks

    def run(self, *options, config="ccgate.yaml"):
        user = pwd.getpwuid(os.geteuid()).pw_name
        return subprocess.run([os.path.join(BIN, "ccgate"), "doctor", "-c", self.path(config), "--user", user,
                               "--runtime", self.path("run"), "--postfix-config", self.path("postfix"), "--postconf",
                               self.path("bin", "postconf"), *options], capture_output=True, encoding="utf-8",
                              check=False, timeout=120)


def exists(find, name):
    try:
        find(name)
        return True
    except KeyError:
        return False


def words(look):
    """The findings of one look, each once."""
    return sorted({each["finding"] for each in look["found"]})


class DoctorTest(unittest.TestCase):
    maxDiff = None

    def site(self, **options):
        site = Site(**options)
        self.addCleanup(site.__exit__)
        return site
