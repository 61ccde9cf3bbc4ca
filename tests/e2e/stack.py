"""A mail server with ccgate in front of it, private and on loopback: nsd, the mail server, ccgate-milter and a
sink for what is delivered. Everything lives in one temporary folder and below our own process; nothing of the
machine's own mail or name service is read, written or started. The mail servers are in postfix.py and
sendmail.py.

Environment: CCGATE_BIN (folder of ccgate and ccgate-milter), CCGATE_SERVERS (tree with mail servers and nsd, as
scripts/install-packages unpacks it; `/` takes the machine's own programs).
"""
import base64
import datetime
import email.utils
import glob
import json
import os
import re
import shutil
import signal
import smtplib
import socket
import struct
import subprocess
import sys
import tempfile
import unittest

import dkim

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import servers  # pylint: disable=wrong-import-position
from servers import free_port, read, read_or, write  # pylint: disable=wrong-import-position

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
SITE = os.path.join(SOURCE, "tests", "site")
BIN = os.environ.get("CCGATE_BIN", os.path.join(SOURCE, "build", "dev"))
SERVERS = os.environ.get("CCGATE_SERVERS", os.path.join(SOURCE, "build", "servers", "root"))

JOIN = "tld-ops-join@lists.example"
CLIENT = "192.0.2.25"  # the registries' mail server, in every SPF record of the zone
STRANGER = "198.51.100.9"  # in nobody's SPF record
DEADLINE = 30  # seconds until a server answers, whatever the machine is busy with
SKIPPED = 77  # exit status that ctest takes for "skipped"

# A store beside ccgate.yaml.
STORE = """store: "sqlite:{FOLDER}/ccgate.db"
submit: {SMTP}
"""

# Headers that signers of registries sign.
SIGNED = ["from", "to", "cc", "subject", "date", "message-id", "reply-to", "mime-version", "content-type",
          "content-transfer-encoding"]


def wait_for(what, condition, seconds=DEADLINE):
    return servers.wait_for(what, condition, seconds)


def why_not(*programs):
    """What the machine lacks for tests with these programs, or None."""
    if os.geteuid() != 0:
        return "mail servers need root"
    for program in (*programs, "usr/sbin/nsd"):
        if not os.path.exists(os.path.join(SERVERS, program)):
            return f"no {program} below {SERVERS}: run scripts/install-packages server"
    return None


class Key:
    """A DKIM key pair: its private half and the TXT record of the public half."""

    def __init__(self, bits=2048):
        self.private = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], check=True,
                                      capture_output=True).stdout
        public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], check=True,
                                input=self.private, capture_output=True).stdout
        self.record = "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode("ascii")


def zone_text(key):
    """The whole DNS: a root zone, so that every name has an answer (see launch_dns for nic.xi)."""
    records = [("", "SOA", "ns.example. hostmaster.example. 1 3600 600 86400 60"), ("", "NS", "ns.example."),
               ("ns.example", "A", "127.0.0.1")]
    for domain in ("nic.xa", "nic.xb", "agency.example", "elsewhere.example"):
        records += [
            (domain, "MX", f"10 mx.{domain}."),
            (f"mx.{domain}", "A", CLIENT),
            (domain, "TXT", f"v=spf1 ip4:{CLIENT} -all"),
            (f"_dmarc.{domain}", "TXT", "v=DMARC1; p=reject"),
            (f"s1._domainkey.{domain}", "TXT", key.record),
        ]
    lines = ["$TTL 60"]
    for name, rtype, data in records:
        if rtype == "TXT":
            data = " ".join(f'"{data[i:i + 200]}"' for i in range(0, len(data), 200))
        lines.append(f"{name}. IN {rtype} {data}")
    return "\n".join(lines) + "\n"


class Reply:
    """One SMTP reply."""

    def __init__(self, code, text):
        self.code = code
        self.text = " ".join(text.decode("utf-8", "replace").split("\n"))

    def __str__(self):
        return f"{self.code} {self.text}"


class Outcome:
    """What SMTP said to one mail: a reply per recipient, and one to the message if it came that far."""

    def __init__(self):
        self.recipients = []
        self.message = None

    @property
    def reply(self):
        """The reply that decided: the one to the message, or else the first refusal."""
        return self.message or next(reply for reply in self.recipients if reply.code >= 400)

    def __str__(self):
        return str(self.reply)


class Mail:
    """One mail with its envelope. `sign`: domain whose key signs it."""

    def __init__(self, sender, subject="subscribe xa", to=JOIN, cc=None, sign=None, text="Thank you.\r\n",
                 client=CLIENT, helo=None, mail_from=None, recipients=None, fields=(), key=None, signed=None):
        self.mail_from = sender if mail_from is None else mail_from
        self.recipients = recipients or [to]
        self.client = client
        self.helo = helo or "mx." + sender.rpartition("@")[2]
        self.message_id = email.utils.make_msgid(domain="client.example")
        head = [("From", sender), ("To", to)] + ([("Cc", cc)] if cc else [])
        head += [("Subject", subject), ("Date", email.utils.formatdate()),
                 ("Message-ID", self.message_id), *fields]
        self.octets = ("".join(f"{name}: {value}\r\n" for name, value in head) + "\r\n" + text).encode("utf-8")
        if sign:
            present = {name.lower() for name, _ in head}
            names = [name.encode("ascii") for name in signed or SIGNED if name in present]
            self.octets = dkim.sign(self.octets, b"s1", sign.encode("ascii"), key.private,
                                    canonicalize=(b"relaxed", b"relaxed"), include_headers=names) + self.octets


class Session:
    """One SMTP session, whose mails are brought in two steps."""

    def __init__(self, smtp):
        self.smtp = smtp

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.smtp.close()

    def begin(self, mail):
        """MAIL and RCPT: the first reply that refuses, or the last."""
        reply = Reply(*self.smtp.docmd("MAIL", f"FROM:<{mail.mail_from}>"))
        for each in mail.recipients:
            if reply.code == 250:
                reply = Reply(*self.smtp.docmd("RCPT", f"TO:<{each}>"))
        return reply

    def finish(self, mail):
        """DATA and the message."""
        try:
            return Reply(*self.smtp.data(mail.octets))
        except smtplib.SMTPDataError as error:
            return Reply(error.smtp_code, error.smtp_error)


class Server:
    """A child process in a process group of its own."""

    def __init__(self, name, command, log, env=None, detached=False):
        self.name = name
        # Dies with us, however we die, unless it is to outlive us.
        guard = [] if detached else ["setpriv", "--pdeathsig", "TERM"]
        with open(log, "ab") as output:
            self.process = subprocess.Popen(guard + command, stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=output, env=env, start_new_session=True)

    @property
    def running(self):
        return self.process.poll() is None

    def stop(self, sig=signal.SIGTERM):
        """Stops it and everything that it started; returns its exit status."""
        if self.running:
            self.process.send_signal(sig)
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return status


class Stack:
    """`with Stack() as stack:` starts everything, and stops and removes it at the end. What is of the mail server
    is said by the class of that: start_mta(), client(), queue().

    mixed: mixed_recipients of ccgate.yaml. gate: False leaves ccgate-milter and its socket out.
    detached: the servers outlive us.
    store: what ccgate.yaml says of the store and of mail of our own, or True for SQLite; {SMTP} in it is the
    mail server.
    """

    libraries = []  # folders below SERVERS with libraries of the mail server
    socket = "ccgate.sock"  # of ccgate-milter, in the folder
    as_user = []  # what runs ccgate-milter under another account

    def __init__(self, mixed="split", gate=True, detached=False, store=""):
        self.store = STORE if store is True else store
        self.mixed = mixed
        self.gate = gate
        self.detached = detached
        self.servers = []
        self.smtp_port = 0
        self.left = False
        self.folder = tempfile.mkdtemp(prefix="ccgate-")
        os.chmod(self.folder, 0o755)  # mail servers run as another user
        libraries = [*self.libraries, *(os.path.relpath(path, SERVERS) for path in
                                        glob.glob(os.path.join(SERVERS, "usr/lib/*-linux-*")) +
                                        glob.glob(os.path.join(SERVERS, "lib/*-linux-*")))]
        self.env = dict(os.environ)
        if SERVERS != "/":
            self.env["LD_LIBRARY_PATH"] = ":".join(os.path.join(SERVERS, path) for path in libraries)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.print_logs()
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.key = Key()
        self.start_sink()
        self.start_dns()
        if self.gate and self.store:
            self.start_mta()  # ccgate hands its own mail over to it
        if self.gate:
            self.write_config()
            self.start_gate()
        if not self.smtp_port:
            self.start_mta()

    def leave(self):
        """Lets the servers of a detached stack run on; stop_left() ends them."""
        write(self.path("pids"), "".join(f"{server.process.pid}\n" for server in reversed(self.servers)))
        self.left = True

    def stop(self):
        if self.left:
            return
        for server in reversed(self.servers):
            server.stop()
        self.servers = []
        shutil.rmtree(self.folder)

    def serve(self, name, command, env=None):
        server = Server(name, command, self.path(name + ".log"), env, self.detached)
        self.servers.append(server)
        return server

    def drop(self, server, sig=signal.SIGTERM):
        self.servers.remove(server)
        return server.stop(sig)

    def print_logs(self):
        for log in sorted(glob.glob(self.path("*.log"))):
            print(f"--- {os.path.basename(log)}\n{read(log)[-20000:]}", file=sys.stderr)

    # The sink.

    def start_sink(self):
        os.mkdir(self.path("sink"))
        self.serve("sink", [sys.executable, os.path.join(HERE, "sink.py"), self.path("sink")])
        wait_for("the sink", lambda: os.path.exists(self.path("sink", "port")))
        self.sink_port = int(read(self.path("sink", "port")))

    def refuse(self, address):
        """From now on the mail server of `address` says that there is no such user."""
        write(self.path("sink", "refused"), address + "\n")

    def delivered(self):
        """Every mail that was delivered, oldest first: {from, to, octets}."""
        mails = [json.loads(read(path)) for path in sorted(glob.glob(self.path("sink", "*.json")))]
        for mail in mails:
            mail["octets"] = mail["octets"].encode("latin-1")
        return mails

    def deliveries(self, mail):
        """Those of `mail`, known by its Message-ID."""
        return [each for each in self.delivered() if mail.message_id.encode("ascii") in each["octets"]]

    def arrival(self, mail):
        """Waits until `mail` was delivered to all its recipients."""
        def arrived():
            found = self.deliveries(mail)
            waiting = [entry for entry in self.queue() if entry["queue_name"] != "hold"]
            return found if found and not waiting else None
        return wait_for(f"the delivery of {mail.message_id}", arrived)

    # DNS.

    def start_dns(self):
        write(self.path("root.zone"), zone_text(self.key))
        self.dns_port = self.on_free_port(self.launch_dns)

    def launch_dns(self, port):
        """The zone nic.xi has no file: what is asked there is answered SERVFAIL."""
        write(self.path("nsd.conf"), f"""server:
  ip-address: 127.0.0.1@{port}
  username: ""
  chroot: ""
  database: ""
  zonesdir: "{self.folder}"
  pidfile: "{self.path('nsd.pid')}"
  zonelistfile: "{self.path('nsd.zones')}"
  xfrdfile: "{self.path('nsd.xfrd')}"
  xfrdir: "{self.folder}"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: root.zone
zone:
  name: "nic.xi"
  zonefile: missing.zone
""")
        self.dns = self.serve("nsd", [os.path.join(SERVERS, "usr/sbin/nsd"), "-d", "-c", self.path("nsd.conf")],
                              self.env)
        return self.answers(self.dns, self.dns_answers, port)

    @staticmethod
    def dns_answers(port):
        query = struct.pack("!6H", 1, 0, 1, 0, 0, 0) + b"\x00\x00\x06\x00\x01"  # SOA of the root
        with socket.socket(type=socket.SOCK_DGRAM) as udp:
            udp.settimeout(0.2)
            udp.connect(("127.0.0.1", port))
            try:
                udp.send(query)
                return bool(udp.recv(512))
            except OSError:
                return False

    def stop_dns(self):
        self.drop(self.dns)

    def restart_dns(self):
        if not self.launch_dns(self.dns_port):
            raise RuntimeError("nsd did not come back")

    # ccgate.

    def write_config(self):
        values = {"FOLDER": self.folder, "DNS": f"127.0.0.1@{self.dns_port}", "MIXED": self.mixed,
                  "FETCHED": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
        for name in os.listdir(SITE):
            text = re.sub("@([A-Z]+)@", lambda match: values[match[1]], read(os.path.join(SITE, name)))
            write(self.path(name.removesuffix(".in")), text)
        if self.store:
            self.append_config(self.store.format(SMTP=f"smtp://127.0.0.1:{self.smtp_port}", FOLDER=self.folder))

    def append_config(self, text):
        write(self.path("ccgate.yaml"), read(self.path("ccgate.yaml")) + text)

    def start_gate(self, *options):
        seen = self.gate_log().count("event=ready")
        self.milter = self.serve("ccgate", [*self.as_user, os.path.join(BIN, "ccgate-milter"), "-c",
                                            self.path("ccgate.yaml"), *options])

        def ready():
            if not self.milter.running:
                raise RuntimeError("ccgate-milter ended at its start")
            return self.gate_log().count("event=ready") > seen
        wait_for("ccgate-milter", ready)

    def gate_log(self):
        return read_or(self.path("ccgate.log"), "")

    def reload_gate(self):
        seen = self.gate_log().count("event=reloaded")
        self.milter.process.send_signal(signal.SIGHUP)
        wait_for("the reload", lambda: self.gate_log().count("event=reloaded") > seen)

    def kill_gate(self):
        self.drop(self.milter, signal.SIGKILL)

    def explain(self, mail, *options):
        """`ccgate explain --json` on the octets of `mail`, with the private DNS."""
        write_octets(self.path("explain.eml"), mail.octets)
        command = [os.path.join(BIN, "ccgate"), "explain", "-c", self.path("ccgate.yaml"), "--json", "--client",
                   mail.client, "--helo", mail.helo, "--mail-from", mail.mail_from, *options]
        for recipient in mail.recipients:
            command += ["--rcpt", recipient]
        done = subprocess.run(command + [self.path("explain.eml")], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"ccgate explain: exit {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def tool(self, *arguments):
        """The output of one of `ccgate`'s commands."""
        command = [os.path.join(BIN, "ccgate"), *arguments, "-c", self.path("ccgate.yaml")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def show(self, decision):
        """`ccgate show --json` of a decision."""
        return json.loads(self.tool("show", "--json", decision))

    def log(self, *options):
        """`ccgate log --json`, oldest first."""
        return [json.loads(line) for line in self.tool("log", "--json", *options).splitlines()]

    # The mail server.

    def start_mta(self):
        """Starts it on `self.smtp_port`."""
        raise NotImplementedError

    def client(self, mail):
        """An SMTP client at the address of `mail.client`."""
        raise NotImplementedError

    def queue(self):
        """Mail in the queue: [{queue_name, queue_id}]; queue_name is "hold" for what is held."""
        raise NotImplementedError

    def held(self):
        return [entry["queue_id"] for entry in self.queue() if entry["queue_name"] == "hold"]

    @staticmethod
    def smtp_answers(port):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as client:
                return client.recv(4) == b"220 "
        except OSError:
            return False

    def on_free_port(self, launch):
        """Another program may take the port before our server does: then try the next."""
        for _ in range(5):
            port = free_port()
            if launch(port):
                return port
        raise RuntimeError("no port to listen on")

    def answers(self, server, test, port):
        """Waits until `server` answers; False when it ended instead."""
        wait_for(server.name, lambda: not server.running or test(port))
        if server.running:
            return True
        self.drop(server)
        return False

    # SMTP.

    def mail(self, sender, **options):
        return Mail(sender, key=self.key, **options)

    def session(self, mail):
        """An SMTP session from `mail.client`, for several mails in steps."""
        smtp = self.client(mail)
        smtp.ehlo()
        return Session(smtp)

    def send(self, mail, rcpt=()):
        """One SMTP session from `mail.client` with one mail. `rcpt`: parameters of each RCPT."""
        outcome = Outcome()
        with self.client(mail) as smtp:
            smtp.ehlo()
            sender = Reply(*smtp.docmd("MAIL", f"FROM:<{mail.mail_from}>"))
            if sender.code != 250:
                outcome.message = sender
                return outcome
            parameters = rcpt or [""] * len(mail.recipients)
            outcome.recipients = [Reply(*smtp.docmd("RCPT", f"TO:<{each}> {more}".rstrip()))
                                  for each, more in zip(mail.recipients, parameters)]
            if any(reply.code == 250 for reply in outcome.recipients):
                try:
                    outcome.message = Reply(*smtp.data(mail.octets))
                except smtplib.SMTPDataError as error:
                    outcome.message = Reply(error.smtp_code, error.smtp_error)
        return outcome


def stop_left(folder):
    """Ends what Stack.leave() left, and removes its folder."""
    for pid in map(int, read(os.path.join(folder, "pids")).split()):
        if os.path.exists(f"/proc/{pid}") and folder in read(f"/proc/{pid}/cmdline"):
            os.kill(pid, signal.SIGTERM)
            wait_for(f"the end of process {pid}", lambda: not read_or(f"/proc/{pid}/cmdline", ""))
    shutil.rmtree(folder)


def exists(lookup, name):
    try:
        lookup(name)
    except KeyError:
        return False
    return True


def write_octets(path, octets):
    with open(path, "wb") as file:
        file.write(octets)


def header(octets, name):
    """The unfolded values of every field called `name`, top first."""
    head = re.split(rb"\r?\n\r?\n", octets, maxsplit=1)[0]
    fields = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()
    start = name.lower().encode("ascii") + b":"
    return [each[len(start):].strip().decode("utf-8", "replace") for each in fields
            if each.lower().startswith(start)]


def without_trace(octets):
    """The message without the Received fields that the mail server put on top."""
    return re.sub(rb"\A(Received: [^\r]*\r\n([ \t][^\r]*\r\n)*)+", b"", octets)


def exit_on_sigterm():
    """Lets `with` and tearDownClass stop the servers."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


class MailTest(unittest.TestCase):
    """A test case with one Stack, of this `kind`, for all its tests; `options` are those of the kind."""

    kind = None
    options = {}

    @classmethod
    def setUpClass(cls):
        cls.failed = False
        cls.stack = cls.kind(**cls.options)
        cls.stack.__enter__()

    @classmethod
    def tearDownClass(cls):
        if cls.failed:
            cls.stack.print_logs()
        cls.stack.stop()

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            type(self).failed = True

    def assert_reply(self, outcome, code, words):
        self.assertEqual(outcome.reply.code, code, str(outcome))
        self.assertRegex(outcome.reply.text, words)


def main(lacking):
    """Runs the tests of a file, or tells what is `lacking`."""
    if lacking:
        print(f"skipped: {lacking}")
        sys.exit(SKIPPED)
    exit_on_sigterm()
    unittest.main(verbosity=2)
