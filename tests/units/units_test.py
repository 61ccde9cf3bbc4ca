"""Both units of conf/ under a real systemd: a container that shares /usr with this machine, with the programs and
units laid over it, and nothing else: no network, and an /etc of its own. What runs inside is inside.py."""
import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

SKIPPED = 77  # exit status that ctest takes for "skipped"
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
BIN = os.environ.get("CCGATE_BIN", os.path.join(SOURCE, "build", "dev"))
SUPPORT = os.environ.get("CCGATE_SUPPORT", os.path.join(BIN, "tests"))
LIMIT_S = 120

GROUP = "root:x:0:\nccgate:x:990:\npostfix:x:991:ccgate\nnogroup:x:65534:\n"
PASSWD = ("root:x:0:0::/root:/bin/sh\nccgate:x:990:990::/nonexistent:/usr/sbin/nologin\n"
          "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n")
TARGET = """[Unit]
Description=the units of ccgate under test
Requires=ccgate-units-test.service
"""
SERVICE = f"""[Unit]
After=basic.target
[Service]
Type=oneshot
ExecStart=/usr/bin/python3 -B {HERE}/inside.py
ExecStopPost=/bin/systemctl --force --no-block exit 0
Environment=CCGATE_SUPPORT={SUPPORT}
StandardOutput=append:/srv/said
StandardError=append:/srv/said
"""


def skip(reason, whatever=False):
    """`whatever`: also where CCGATE_NO_SKIP says that everything is here."""
    print(f"SKIPPED: the units were not tested: {reason}", file=sys.stderr)
    sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" and not whatever else SKIPPED)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def copy(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copy(source, target)


class Container:
    def __init__(self):
        # Not in /tmp, which a container has of its own.
        self.folder = tempfile.mkdtemp(prefix="ccgate-units-", dir="/var/tmp")
        self.root = os.path.join(self.folder, "root")
        self.usr = os.path.join(self.folder, "usr")
        for name in ("usr", "etc", "var", "tmp", "run", "proc", "sys", "dev", "root", "home", "srv"):
            os.makedirs(os.path.join(self.root, name))
        for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
            if os.path.islink("/" + name):
                os.symlink("usr/" + name, os.path.join(self.root, name))
        for name, text in (("group", GROUP), ("passwd", PASSWD), ("hosts", "127.0.0.1 localhost\n"),
                           ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
                           ("os-release", "ID=ccgate-test\n"), ("machine-id", "0123456789abcdef0123456789abcdef\n"),
                           ("resolv.conf", "nameserver 127.0.0.1\n")):
            write(os.path.join(self.root, "etc", name), text)
        for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "ssl/openssl.cnf"):
            if os.path.exists("/etc/" + name):
                into = shutil.copytree if os.path.isdir("/etc/" + name) else copy
                into("/etc/" + name, os.path.join(self.root, "etc", name), *([True] if into is not copy else []))
        copy(os.path.join(BIN, "ccgate"), os.path.join(self.usr, "bin", "ccgate"))
        copy(os.path.join(BIN, "ccgate-milter"), os.path.join(self.usr, "sbin", "ccgate-milter"))
        units = os.path.join(self.root, "etc", "systemd", "system")
        copy(os.path.join(SOURCE, "conf", "tmpfiles.conf"), os.path.join(self.usr, "lib", "tmpfiles.d", "ccgate.conf"))
        for name in ("ccgate-milter.service", "ccgate-contacts.service", "ccgate-contacts.timer",
                     "ccgate-daily.service", "ccgate-daily.timer"):
            copy(os.path.join(SOURCE, "conf", name), os.path.join(self.usr, "lib", "systemd", "system", name))
        write(os.path.join(units, "ccgate-units-test.target"), TARGET)
        write(os.path.join(units, "ccgate-units-test.service"), SERVICE)

    def command(self, *arguments):
        binds = [f"--bind-ro={path}" for path in dict.fromkeys((SOURCE, os.path.abspath(SUPPORT)))]
        return ["systemd-nspawn", "--quiet", f"--directory={self.root}", f"--overlay-ro=/usr:{self.usr}:/usr",
                "--private-network", "--register=no", "--keep-unit", "--link-journal=no", "--console=read-only",
                "--resolv-conf=off", "--timezone=off", *binds, *arguments]

    def run(self, *arguments, seconds=LIMIT_S):
        """What it printed; it is ended after so many seconds."""
        running = subprocess.Popen(self.command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
        try:
            return running.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            running.terminate()
        try:
            return running.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:
            running.kill()
        return running.communicate()[0]

    def said(self):
        """What inside.py printed."""
        try:
            with open(os.path.join(self.root, "srv", "said"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except OSError:
            return ""

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Units(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        container = Container()
        atexit.register(container.remove)
        said = container.run("/bin/echo", "this is a container", seconds=30)
        if "this is a container" not in said:
            skip(f"this kernel does not let systemd-nspawn make a container:\n{said}", whatever=True)
        console = container.run("--boot", "systemd.unit=ccgate-units-test.target", "systemd.log_target=console")
        cls.said = container.said()
        if not cls.said:
            skip(f"this kernel does not let systemd run in a container:\n{console}", whatever=True)
        found = [line.partition("inside.py: found ")[2] for line in cls.said.splitlines()]
        cls.found = {name: value for line in found if line for name, value in json.loads(line).items()}

    def check(self, name, want):
        self.assertEqual(self.found.get(name), want, self.said)

    def test_contacts_are_fetched_again_and_again(self):
        for run in ("first", "second", "third"):
            self.check(f"{run} fetch", ["success", "0"])
        self.check("contacts", ["contacts-history.jsonl", "contacts.json", "contacts.json.1", "contacts.json.2",
                                "contacts.json.lock"])
        self.check("rights", ["ccgate", "ccgate", "0640"])
        self.check("timer", "waiting")

    def test_the_daemon_starts_reloads_answers_and_stops(self):
        self.check("started", "active")
        self.check("socket", ["postfix", "0660"])
        self.check("confined", True)
        self.check("answer", "accept")
        self.check("answer to a stranger", "550 5.7.2")
        self.assertIn(self.found.get("no list"), (["inactive", "exec-condition"], ["inactive", "success"]), self.said)
        self.check("folder in the chroot", ["ccgate", "postfix", "2750"])
        self.check("reloaded", "active")
        self.check("bad reload", [True, "active", "accept"])
        self.check("bad start", ["failed", "1", "0"])
        self.check("errors", True)
        self.check("reload said", True)
        self.check("servers, written", True)
        self.check("servers, reload", True)
        self.check("stopped", ["success", "0"])
        self.check("two sockets", ["active", "accept"])
        self.check("two sockets, stopped", ["success", "0"])
        self.check("no group", ["active", "0600", "accept"])


if __name__ == "__main__":
    if os.geteuid() != 0:
        skip("this needs root")
    if not shutil.which("systemd-nspawn"):
        skip("there is no systemd-nspawn")
    if not os.path.islink("/lib"):
        skip("/usr is not merged here", whatever=True)
    unittest.main(verbosity=2)
