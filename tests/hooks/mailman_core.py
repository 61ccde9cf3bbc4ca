"""A Mailman 3 core of our own on loopback, in one temporary folder: REST, LMTP, a SQLite database, and a sink
for the mail that it sends. Nothing of the machine's own Mailman is read, written or started.

Environment: CCGATE_SERVERS (tree with Mailman, as scripts/install-packages unpacks it; `/` takes the machine's
own programs).
"""
import base64
import email
import email.policy
import glob
import json
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import servers  # pylint: disable=wrong-import-position
from servers import free_port, read_or  # pylint: disable=wrong-import-position

SOURCE = os.path.dirname(os.path.dirname(HERE))
SERVERS = os.environ.get("CCGATE_SERVERS", os.path.join(SOURCE, "build", "servers", "root"))
PROGRAMS = os.path.join(SERVERS, "usr", "lib", "mailman3", "bin")
PACKAGES = os.path.join(SERVERS, "usr", "lib", "python3", "dist-packages")
DEADLINE = 60  # seconds until a server answers, whatever the machine is busy with
PYTHON = "/usr/bin/python3"  # the one that the packages are built for
RUNNERS = ("command", "lmtp", "out", "rest", "virgin")

USER, PASSWORD = "restadmin", "correct horse"

CONFIG = """\
[mailman]
site_owner: postmaster@lists.example
layout: ccgate
pending_request_life: 3d

[paths.ccgate]
var_dir: {folder}/var
bin_dir: {programs}

[webservice]
hostname: 127.0.0.1
port: {rest}
admin_user: {user}
admin_pass: {password}
workers: 1

[mta]
incoming: mailman.mta.null.NullMTA
smtp_host: 127.0.0.1
smtp_port: {smtp}
lmtp_host: 127.0.0.1
lmtp_port: {lmtp}

[database]
url: sqlite:///{folder}/mailman.db

[archiver.prototype]
enable: no
"""


def wait_for(what, condition, seconds=DEADLINE):
    return servers.wait_for(what, condition, seconds)


def why_not():
    """What the machine lacks, or None."""
    for path in (os.path.join(PROGRAMS, "master"), os.path.join(PACKAGES, "mailman"), PYTHON):
        if not os.path.exists(path):
            return f"no {path}: run scripts/install-packages server"
    return None


class MailmanCore:
    """Started by the constructor; stop() ends every process."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-mailman-")
        self.master = self.sink = None
        try:
            self.start_sink()
            self.configure()
            self.start()
        except BaseException:
            self.stop()
            raise

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def start_sink(self):
        os.mkdir(self.path("mails"))
        self.sink = subprocess.Popen(
            [sys.executable, "-B", os.path.join(SOURCE, "tests", "e2e", "sink.py"), self.path("mails")])
        self.smtp = wait_for("the sink", lambda: read_or(self.path("mails", "port"), ""))

    def configure(self):
        """The packages are below a folder that Python does not know, and some of them may be installed instead.
        Namespace packages (zope, flufl, lazr) can then be in both: what joins their halves are .pth files, which
        Python reads in site folders only, not in PYTHONPATH."""
        os.mkdir(self.path("python"))
        with open(self.path("python", "sitecustomize.py"), "w", encoding="utf-8") as file:
            file.write(f"import site\nsite.addsitedir({PACKAGES!r})\n")
        self.rest, self.lmtp = free_port(), free_port()
        text = CONFIG.format(folder=self.folder, programs=PROGRAMS, rest=self.rest, lmtp=self.lmtp,
                             smtp=self.smtp, user=USER, password=PASSWORD)
        for path in sorted(glob.glob(os.path.join(PACKAGES, "mailman", "config", "mailman.cfg"))):
            for line in read_or(path, "").splitlines():
                if line.startswith("[runner."):
                    wanted = line[len("[runner."):-1] in RUNNERS
                    text += f"\n{line}\n" + ("sleep_time: 0.1s\n" if wanted else "start: no\n")
        with open(self.path("mailman.cfg"), "w", encoding="utf-8") as file:
            file.write(text)

    def start(self):
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": self.path("python")}
        with open(self.path("log"), "ab") as log:
            self.master = subprocess.Popen(
                [PYTHON, os.path.join(PROGRAMS, "master"), "-C", self.path("mailman.cfg"), "--force"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True)
        wait_for("Mailman", self.serves)

    def serves(self):
        if self.master.poll() is not None:
            raise RuntimeError("Mailman ended: " + self.log())
        try:
            self.call("GET", "/system/versions")
            with socket.create_connection(("127.0.0.1", self.lmtp), timeout=5):
                return True
        except OSError:
            return False

    def log(self):
        return read_or(self.path("log"), "") + read_or(self.path("var", "logs", "mailman.log"), "")

    def stop(self):
        """At once: nothing of it is needed any more."""
        if self.master is not None:
            os.killpg(self.master.pid, signal.SIGKILL)  # with its runners, in a session of their own
            self.master.wait()
        if self.sink is not None:
            self.sink.kill()
            self.sink.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.rest}/3.1"

    def call(self, method, path, **form):
        """The object that the REST API answers; urllib.error.HTTPError for a refusal."""
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode("ascii")).decode("ascii")
        data = urllib.parse.urlencode(form).encode("ascii") if form else None
        request = urllib.request.Request(self.url + path, data, {"Authorization": "Basic " + login}, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=DEADLINE) as answer:
            octets = answer.read()
        return json.loads(octets) if octets else {}

    def members(self, list_id):
        found = self.call("GET", f"/lists/{list_id}/roster/member")
        return sorted(entry["email"] for entry in found.get("entries", []))

    def pending(self, list_id):
        """[(address, who is waited for)]"""
        found = self.call("GET", f"/lists/{list_id}/requests")
        return sorted((entry["email"], entry["token_owner"]) for entry in found.get("entries", []))

    def mails(self, list_id):
        """What Mailman sent about a list so far: [(recipient, message)], in order."""
        found = []
        for path in sorted(glob.glob(self.path("mails", "*.json"))):
            mail = json.loads(read_or(path, ""))
            message = email.message_from_bytes(mail["octets"].encode("latin-1"), policy=email.policy.default)
            if f"<{list_id}>" in message["List-Id"]:
                found += [(recipient, message) for recipient in mail["to"]]
        return found

    def write(self, author, recipient, text):
        """A mail that arrives for a list."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as client:
            client.sendmail(author, [recipient], text.replace("\n", "\r\n").encode("ascii"))
