"""A mail server with ccgate in front of it, private and on loopback: nsd, Postfix, ccgate-milter and a sink
for what Postfix delivers. Everything lives in one temporary folder and below our own process; nothing of the
machine's own mail or name service is read, written or started.

Environment: CCGATE_BIN (folder of ccgate and ccgate-milter), CCGATE_SERVERS (tree with Postfix and nsd, as
scripts/install-packages unpacks it; `/` takes the machine's own programs).
"""
import base64
import datetime
import email.utils
import glob
import grp
import json
import os
import pwd
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


def why_not():
    """What the machine lacks for the tests of this folder, or None."""
    if os.geteuid() != 0:
        return "Postfix needs root"
    for program in ("usr/sbin/postconf", "usr/sbin/nsd"):
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
    """One SMTP session, as XCLIENT makes it, whose mails are brought in two steps."""

    def __init__(self, port, mail):
        self.smtp = smtplib.SMTP("127.0.0.1", port, mail.helo, timeout=DEADLINE)
        self.smtp.ehlo()
        self.smtp.docmd("XCLIENT", f"ADDR={mail.client} NAME=[UNAVAILABLE]")
        self.smtp.ehlo()

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
    """`with Stack() as stack:` starts everything, and stops and removes it at the end.

    mixed: mixed_recipients of ccgate.yaml. gate: False leaves ccgate-milter and its socket out.
    local: mail submitted by sendmail(1) goes through ccgate too. detached: the servers outlive us.
    postfix: more lines of main.cf; {SINK} in them is the port of the sink. second: options of another SMTP
    service; its port is {SECOND} in those lines.
    store: what ccgate.yaml says of the store and of mail of our own, or True for SQLite; {SMTP} in it is the
    mail server.
    """

    def __init__(self, mixed="split", gate=True, local=False, detached=False, store="", postfix="", second=""):
        self.postfix_settings = postfix
        self.second = second
        self.store = STORE if store is True else store
        self.mixed = mixed
        self.gate = gate
        self.local = local
        self.detached = detached
        self.servers = []
        self.smtp_port = 0
        self.left = False
        self.folder = tempfile.mkdtemp(prefix="ccgate-")
        os.chmod(self.folder, 0o755)  # Postfix runs as another user
        libraries = ["usr/lib/postfix", *(os.path.relpath(path, SERVERS) for path in
                                          glob.glob(os.path.join(SERVERS, "usr/lib/*-linux-*")) +
                                          glob.glob(os.path.join(SERVERS, "lib/*-linux-*")))]
        self.env = dict(os.environ, MAIL_CONFIG=self.path("postfix"))
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
            self.start_postfix()  # ccgate hands its own mail over to it
        if self.gate:
            self.write_config()
            self.start_gate()
        if not self.smtp_port:
            self.start_postfix()

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
        """Every mail that Postfix delivered, oldest first: {from, to, octets}."""
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
        self.milter = self.serve("ccgate", [os.path.join(BIN, "ccgate-milter"), "-c", self.path("ccgate.yaml"),
                                            *options])

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
        command = [os.path.join(BIN, "ccgate"), arguments[0], "-c", self.path("ccgate.yaml"), *arguments[1:]]
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

    # Postfix.

    def start_postfix(self):
        owner, group = postfix_accounts()
        queue, data = self.path("queue"), self.path("data")
        os.mkdir(self.path("postfix"))
        for name in ("active bounce corrupt defer deferred flush hold incoming private maildrop public pid saved"
                     " trace").split():
            os.makedirs(os.path.join(queue, name))
            if name != "pid":
                shutil.chown(os.path.join(queue, name), owner)
        for name, mode in (("public", 0o710), ("maildrop", 0o730)):
            shutil.chown(os.path.join(queue, name), group=group)
            os.chmod(os.path.join(queue, name), mode)
        os.mkdir(data)
        shutil.chown(data, owner)
        milter = f"{{ unix:{self.path('ccgate.sock')}, default_action=tempfail }}" if self.gate else ""
        write(self.path("postfix", "main.cf"), f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
command_directory = {SERVERS}/usr/sbin
daemon_directory = {SERVERS}/usr/lib/postfix/sbin
shlib_directory = {SERVERS}/usr/lib/postfix
meta_directory = {self.path('postfix')}
sendmail_path = {SERVERS}/usr/sbin/sendmail
mail_owner = {owner}
setgid_group = {group}
default_privs = nobody
import_environment = MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH
export_environment = MAIL_CONFIG TZ LANG LD_LIBRARY_PATH
maillog_file = {self.path('postfix.log')}
maillog_file_prefixes = {self.folder}
myhostname = mx.lists.example
mydomain = lists.example
mydestination =
relay_domains = lists.example sympa.example mlmmj.example
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks reject_unauth_destination
smtpd_recipient_restrictions =
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = none
smtp_tls_security_level = none
smtp_dns_support_level = disabled
default_transport = smtp:[127.0.0.1]:{self.sink_port}
relay_transport = smtp:[127.0.0.1]:{self.sink_port}
minimal_backoff_time = 1s
queue_run_delay = 1s
message_size_limit = 104857600
smtpd_milters = {milter}
non_smtpd_milters = {milter if self.local else ''}
internal_mail_filter_classes = {'bounce' if self.local else ''}
milter_protocol = 6
milter_default_action = tempfail
""")
        self.smtp_port = self.on_free_port(self.launch_postfix)

    def launch_postfix(self, port):
        second = free_port()
        lines = self.postfix_settings.format(SINK=self.sink_port, SECOND=second)
        main = self.path("postfix", "main.cf")
        write(main, read(main).partition("# more\n")[0] + "# more\n" + lines)
        service = f"127.0.0.1:{second} inet n - n - - smtpd {self.second}\n" if self.second else ""
        write(self.path("postfix", "master.cf"), f"""127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
{service}""")
        self.postfix = self.serve("master", [os.path.join(SERVERS, "usr/lib/postfix/sbin/master"), "-d", "-c",
                                             self.path("postfix")], self.env)
        return self.answers(self.postfix, self.smtp_answers, port)

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

    def command(self, name, *arguments, **options):
        """Runs one of Postfix's commands."""
        return subprocess.run([os.path.join(SERVERS, "usr/sbin", name), *arguments], env=self.env, check=True,
                              capture_output=True, **options).stdout

    def queue(self):
        """Mail in the queue: [{queue_name, queue_id, sender, recipients}]."""
        return [json.loads(line) for line in self.command("postqueue", "-j").splitlines()]

    def held(self):
        return [entry["queue_id"] for entry in self.queue() if entry["queue_name"] == "hold"]

    def queued_message(self, queue_id):
        return self.command("postcat", "-bhq", queue_id)

    def mail_log(self):
        return read(self.path("postfix.log"))

    # SMTP.

    def mail(self, sender, **options):
        return Mail(sender, key=self.key, **options)

    def session(self, mail):
        """An SMTP session from `mail.client`, for several mails in steps."""
        return Session(self.smtp_port, mail)

    def send(self, mail, rcpt=()):
        """One SMTP session from `mail.client`, as XCLIENT makes it, with one mail. `rcpt`: parameters of each
        RCPT."""
        outcome = Outcome()
        with smtplib.SMTP("127.0.0.1", self.smtp_port, mail.helo, timeout=DEADLINE) as smtp:
            smtp.ehlo()
            smtp.docmd("XCLIENT", f"ADDR={mail.client} NAME=[UNAVAILABLE]")
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


def postfix_accounts():
    """A user and a group of the machine that Postfix can run as: no other has their ids, and they differ."""
    users = [name for name in ("news", "uucp", "games", "irc", "list") if exists(pwd.getpwnam, name)]
    groups = [name for name in ("uucp", "games", "irc", "list", "news") if exists(grp.getgrnam, name)]
    for user in users:
        for group in groups:
            if grp.getgrnam(group).gr_gid != pwd.getpwnam(user).pw_gid:
                return user, group
    raise RuntimeError("no unprivileged account to run Postfix as")


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
    """The message without the Received fields that Postfix put on top."""
    return re.sub(rb"\A(Received: [^\r]*\r\n([ \t][^\r]*\r\n)*)+", b"", octets)


def exit_on_sigterm():
    """Lets `with` and tearDownClass stop the servers."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


class MailTest(unittest.TestCase):
    """A test case with one Stack, of this `kind`, for all its tests; `options` are the Stack's."""

    kind = Stack
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


def main():
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
    exit_on_sigterm()
    unittest.main(verbosity=2)
