"""What units_test.py runs under the systemd of its container, as root: starts the units, looks at what they did, and
prints it, a line of JSON for each thing found."""
import email.utils
import grp
import json
import os
import pwd
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))

import iana_server  # noqa: E402
from servers import wait_for, write  # noqa: E402

CONTACTS = "/var/lib/ccgate/contacts.json"
SOCKET = "/run/ccgate/ccgate.sock"
CONFIG = """ccgate: 1
listen: unix:/run/ccgate/ccgate.sock
socket: {mode: "0660", group: postfix}
authserv_id: lists.example.org
dns: {timeout: 1s}
contacts: {file: /var/lib/ccgate/contacts.json}
store: sqlite:/var/lib/ccgate/ccgate.db
submit: smtp://127.0.0.1:25
lists:
  tld-ops:
    address: tld-ops@lists.example.org
    manager: mailman3
    owner: tld-ops-owner@lists.example.org
    policy: tld-ops.policy.yaml
"""
MAIL = "From: Anne <anne@nic.example>\nTo: {0}\nSubject: subscribe .de\nDate: {1}\nMessage-ID: <1@nic.example>\n\n.de\n"


def found(name, value):
    print("inside.py: found " + json.dumps({name: value}), flush=True)


def systemctl(*arguments):
    return subprocess.run(["systemctl", *arguments], capture_output=True, encoding="utf-8", check=False)


def shown(unit, *names):
    lines = systemctl("show", unit, *(f"--property={name}" for name in names)).stdout.splitlines()
    values = dict(line.split("=", 1) for line in lines)
    return [values[name] for name in names]


def rights(path):
    status = os.stat(path)
    return [pwd.getpwuid(status.st_uid).pw_name, grp.getgrgid(status.st_gid).gr_name,
            format(status.st_mode & 0o7777, "04o")]


def fetch(iana):
    """IANA's addresses are the only thing in the unit that is not its own."""
    write("/etc/ccgate/ca.pem", open(iana.ca, encoding="ascii").read())
    os.makedirs("/etc/systemd/system/ccgate-contacts.service.d")
    write("/etc/systemd/system/ccgate-contacts.service.d/iana.conf",
          "[Service]\nExecStart=\nExecStart=/usr/bin/ccgate contacts fetch -c /etc/ccgate/ccgate.yaml "
          f"--base https://localhost:{iana.https} --whois-server 127.0.0.1:{iana.whois} "
          "--ca-file /etc/ccgate/ca.pem --rate 100000 --retries 0 --only de,tr\n")
    systemctl("daemon-reload")
    for run in ("first", "second", "third"):
        systemctl("start", "ccgate-contacts.service")
        found(f"{run} fetch", shown("ccgate-contacts.service", "Result", "ExecMainStatus"))
        if run == "second":
            # The next run asks for this group, and may not have it: PrivateUsers.
            os.chown(CONTACTS, -1, grp.getgrnam("postfix").gr_gid)
            os.chmod(CONTACTS, 0o640)
    found("contacts", sorted(name for name in os.listdir("/var/lib/ccgate") if name.startswith("contacts")))
    found("rights", rights(CONTACTS))
    systemctl("start", "ccgate-contacts.timer")
    found("timer", shown("ccgate-contacts.timer", "SubState")[0])


def logged(text):
    """Whether the daemon says so, now or soon."""
    def look():
        return text in subprocess.run(["journalctl", "--unit=ccgate-milter", "--output=cat"], capture_output=True,
                                      encoding="utf-8", check=False).stdout
    try:
        return wait_for(text, look, 20)
    except TimeoutError:
        return False


def send(recipient):
    write("/srv/mail.eml", MAIL.format(recipient, email.utils.formatdate()))
    done = subprocess.run(
        [os.path.join(os.environ["CCGATE_SUPPORT"], "ccgate-milter-send"), "--socket", SOCKET, "--client",
         "192.0.2.1", "--helo", "mx.nic.example", "--mail-from", "<anne@nic.example>", "--rcpt", f"<{recipient}>",
         "/srv/mail.eml"], capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        return done.stderr
    reply = json.loads(done.stdout)["reply"]
    return reply.get("text", reply["kind"])[:9]


def without_lists():
    """Nothing is configured: that is no failure."""
    write("/etc/ccgate/ccgate.yaml", CONFIG.partition("lists:")[0] + "lists: {}\n")
    systemctl("start", "ccgate-milter.service")
    found("no list", shown("ccgate-milter.service", "ActiveState", "Result"))
    write("/etc/ccgate/ccgate.yaml", CONFIG)


def with_errors():
    """A reload fails, and the daemon goes on; a start fails once, and not again and again."""
    write("/etc/ccgate/ccgate.yaml", CONFIG + "nonsense: 1\n")
    refused = systemctl("reload", "ccgate-milter.service").returncode != 0
    found("bad reload", [refused, shown("ccgate-milter.service", "ActiveState")[0], send("tld-ops@lists.example.org")])
    systemctl("stop", "ccgate-milter.service")
    systemctl("start", "ccgate-milter.service")
    found("bad start", shown("ccgate-milter.service", "ActiveState", "ExecMainStatus", "NRestarts"))
    errors = subprocess.run(["journalctl", "--unit=ccgate-milter", "--priority=err", "--output=cat"],
                            capture_output=True, encoding="utf-8", check=False).stdout
    found("errors", "unknown key `nonsense`" in errors and "event=ready" not in errors)
    systemctl("reset-failed", "ccgate-milter.service")
    write("/etc/ccgate/ccgate.yaml", CONFIG)


def serve():
    started = systemctl("start", "ccgate-milter.service")
    found("started", shown("ccgate-milter.service", "ActiveState")[0] + started.stderr)
    found("socket", rights(SOCKET)[1:])
    found("folder in the chroot", rights("/var/spool/postfix/ccgate"))
    # Its own filter leaves the calls that this takes.
    found("confined", logged("event=confined") and logged(" calls=seccomp "))
    found("answer", send("tld-ops@lists.example.org"))
    found("answer to a stranger", send("tld-ops-request@lists.example.org"))
    systemctl("reload", "ccgate-milter.service")
    found("reload said", logged("event=reloaded"))
    for servers, action in (("192.0.2.1", "written"), ("192.0.2.2", "reload")):
        write("/etc/resolv.conf", f"nameserver {servers}\n")
        if action == "reload":
            systemctl("reload", "ccgate-milter.service")
        found(f"servers, {action}", logged(f"event=dns_servers servers={servers}"))
    found("reloaded", shown("ccgate-milter.service", "ActiveState")[0])
    with_errors()
    systemctl("start", "ccgate-milter.service")
    systemctl("stop", "ccgate-milter.service")
    found("stopped", shown("ccgate-milter.service", "Result", "ExecMainStatus"))
    write("/etc/ccgate/ccgate.yaml", CONFIG.replace(f"listen: unix:{SOCKET}",
                                                    f"listen: [\"unix:{SOCKET}\", \"inet:8894@127.0.0.1\"]"))
    systemctl("start", "ccgate-milter.service")
    found("two sockets", [shown("ccgate-milter.service", "ActiveState")[0], send("tld-ops@lists.example.org")])
    systemctl("stop", "ccgate-milter.service")
    found("two sockets, stopped", shown("ccgate-milter.service", "Result", "ExecMainStatus"))
    # For Sendmail, which opens the socket as root.
    write("/etc/ccgate/ccgate.yaml", CONFIG.replace('mode: "0660", group: postfix', 'mode: "0600"'))
    systemctl("start", "ccgate-milter.service")
    found("no group", [shown("ccgate-milter.service", "ActiveState")[0], rights(SOCKET)[2],
                       send("tld-ops@lists.example.org")])
    systemctl("stop", "ccgate-milter.service")


def main():
    print("inside.py: begun", flush=True)
    os.makedirs("/etc/ccgate")
    write("/etc/ccgate/ccgate.yaml", CONFIG)
    with open(os.path.join(SOURCE, "conf", "tld-ops.policy.yaml"), encoding="utf-8") as policy:
        write("/etc/ccgate/tld-ops.policy.yaml", policy.read().replace("mode: observe", "mode: enforce"))
    iana = os.path.join(SOURCE, "tests", "iana")
    with iana_server.IanaServer(os.path.join(iana, "rdap"), os.path.join(iana, "whois")) as server:
        fetch(server)
    without_lists()
    serve()
    log = subprocess.run(["journalctl", "--unit=ccgate-*", "--output=short-monotonic"], capture_output=True,
                         encoding="utf-8", check=False).stdout
    print(log, flush=True)


if __name__ == "__main__":
    begun = time.monotonic()
    try:
        main()
    finally:
        print(f"inside.py: ended after {time.monotonic() - begun:.1f} s", flush=True)
