"""Inside the container: README's quickstart, played word by word. Commands and files are read from README.md; STEPS
says what is done with each. One that is not told there, or told there and gone from README, fails."""
import email.utils
import glob
import os
import re
import sys

from inside import SOURCE, gate, read, same, shell, shown, steps_of_readme, write

sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))
import iana_server  # noqa: E402

SECTION = "Quickstart with your Postfix"
POLICY = "/etc/ccgate/tld-ops.policy.yaml"
COMMAND = re.compile(r"(sudo|apt|adduser|cd|cmake|ccgate\S*|postfix|postmap|systemctl|scripts/\S+) ")
JOIN = "tld-ops-join@lists.example.org"
REQUEST = (f"From: anne@nic.xa\nTo: {JOIN}\nCc: hostmaster@nic.xa\nSubject: subscribe xa\n"
           f"Date: {email.utils.formatdate()}\nMessage-ID: <1@nic.xa>\n\n")


def not_played(_):
    """What is for other machines."""


def built(_):
    same("packages", len(glob.glob("build/package/ccgate_*.deb")), 1)


def install(command):
    shell(command)
    gate.installed()


def site(block):
    """`lists: {}` goes, and each `#` of the lines below it: then the file is as README shows it."""
    head, _, lists = read(gate.SITE).partition("lists: {}\n")
    write(gate.SITE, head + re.sub(r"^#", "", lists, flags=re.MULTILINE))
    bare = [re.sub(r"\s+#.*", "", line) for line in read(gate.SITE).splitlines()]
    same("ccgate.yaml", [line for line in bare if line and not line.startswith("#")], block.splitlines())


def own_address(command):
    """The sample's list keeps its name, so what the command changes is looked at with another one."""
    shell(command.replace("YOUR-LIST", "other").replace("YOUR.DOMAIN", "lists.example.net"))
    same("tests of another list", "other-join@lists.example.net" in read("/etc/ccgate/tests/no-copy.yaml"), True)
    os.chdir("/etc/ccgate")
    shell(command.replace("tld-ops-join@lists.example.org", "other-join@lists.example.net")
          .replace("YOUR-LIST", "tld-ops").replace("YOUR.DOMAIN", "lists.example.org"))
    os.chdir(SOURCE)


def fetch(command):
    """In place of IANA, the one of the tests."""
    folder = os.path.join(SOURCE, "tests", "iana")
    with iana_server.IanaServer(os.path.join(folder, "rdap"), os.path.join(folder, "whois")) as iana:
        write("/var/lib/ccgate/ca.pem", read(iana.ca))
        shell(f"{command} --base https://localhost:{iana.https} --whois-server 127.0.0.1:{iana.whois} "
              "--ca-file /var/lib/ccgate/ca.pem --rate 100000 --retries 0 --only de,tr")
    os.remove("/var/lib/ccgate/ca.pem")


def show(command):
    same("contacts of .de", ".de" in shell(command), True)


def contacts(block):
    write("/var/lib/ccgate/contacts.json", block)


def start(command):
    shell(command)
    same("the daemon", shown("ccgate-milter", "ActiveState"), "active")


def main_cf(line):
    gate.mail_server()
    gate.run("systemctl", "restart", "postfix")
    gate.wait("Postfix", gate.listens)
    with open("/etc/postfix/main.cf", "a", encoding="utf-8") as file:
        file.write(line + "\n")


def reload_postfix(command):
    """The list only observes."""
    shell(command)
    same("a stranger's answer while it observes", gate.send(JOIN, "subscribe .xa")[0], 250)
    gate.wait("mail", lambda: os.path.exists("/var/mail/reader"))
    same("observed", "X-CCgate: verdict=" in read("/var/mail/reader"), True)


def explain(command):
    os.chdir("/tmp")
    write("request.eml", REQUEST)
    same("who decided", "tld-ops" in shell(command), True)
    os.chdir(SOURCE)


def enforce(_):
    gate.edit(POLICY, ("mode: observe", "mode: enforce"))


def reload_daemon(command):
    shell(command)
    gate.wait("the rules in force", lambda: gate.send(JOIN, "subscribe .xa")[0] == 550)
    same("other mail", gate.send("tld-ops@lists.example.org", "news")[0], 250)


STEPS = {
    ("shell", "scripts/package"): built,
    ("shell", "sudo apt install ./build/package/ccgate_*.deb"): install,
    ("yaml", None): site,
    ("shell", "cd /etc/ccgate && sudo sed -i 's/tld-ops-join@lists.example.org/YOUR-LIST-join@YOUR.DOMAIN/' "
              "tests/*.yaml"): own_address,
    ("shell", "sudo -u ccgate ccgate contacts fetch"): fetch,
    ("shell", "sudo -u ccgate ccgate contacts show"): show,
    ("shell", "sudo -u ccgate ccgate contacts fetch --adopt"): fetch,
    ("json", None): contacts,
    ("shell", "sudo -u ccgate ccgate check"): shell,
    ("shell", "sudo systemctl restart ccgate-milter"): start,
    ("shell", "smtpd_milters = { unix:ccgate/ccgate.sock, default_action=tempfail }"): main_cf,
    ("words", "sudo postfix reload"): reload_postfix,
    ("shell", "sudo -u ccgate ccgate explain --client 192.0.2.25 --helo mx.nic.xa --mail-from anne@nic.xa --rcpt "
              "tld-ops-join@lists.example.org - < request.eml"): explain,
    ("words", "mode: enforce"): enforce,
    ("words", "sudo systemctl reload ccgate-milter"): reload_daemon,
    # Elsewhere, or without a package
    ("words", "scripts/install-packages build"): not_played,
    ("words", "cmake --preset release"): not_played,
    ("words", "cmake --build --preset release"): not_played,
    ("words", "sudo cmake --install build/release"): not_played,
    ("words", "sudo systemd-sysusers"): not_played,
    ("words", "sudo adduser ccgate postfix"): not_played,
    ("words", "sudo systemd-tmpfiles --create"): not_played,
    ("words", "sudo systemctl enable ccgate-milter ccgate-contacts.timer"): not_played,
}


def plan():
    """README's steps with what is done for each; exits unless they are those of STEPS."""
    planned = []
    for kind, text in steps_of_readme(SECTION):
        key = (kind, text) if kind in ("shell", "words") else (kind, None)
        if key in STEPS:
            planned.append((key, STEPS[key], text))
        elif kind != "words" or COMMAND.match(text):
            sys.exit(f"README has a step that {__file__} does not know: {text}")
    missing = set(STEPS) - {key for key, *_ in planned}
    if missing:
        sys.exit(f"README has no longer: {sorted(text or kind for kind, text in missing)}")
    return planned


def main():
    os.chdir(SOURCE)
    for _, step, text in plan():
        step(text)


if __name__ == "__main__":
    main()
