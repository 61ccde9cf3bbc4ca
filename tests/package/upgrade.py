"""Inside the container: the package over an older one as README says, over itself, taken away, installed again, purged,
and installed anew. What an operator wrote and what the store has survive all but the purge."""
import glob
import os
import pwd
import shutil
import subprocess

import old_store
from inside import PACKAGES, SOURCE, gate, read, run, same, shell, shown, steps_of_readme, write

STORE = "/var/lib/ccgate/ccgate.db"
CONTACTS = "/var/lib/ccgate/contacts.json"
POLICY = "/etc/ccgate/tld-ops.policy.yaml"
REGISTRIES = "/etc/ccgate/registries.yaml"
OWN = "/etc/ccgate/another.policy.yaml"
OLDER = "# a line of the older version\n"
UNITS = ("ccgate-milter.service", "ccgate-contacts.timer", "ccgate-daily.timer")
DECISION = "0123456789ab"


def states():
    return [shown(unit, "ActiveState") for unit in UNITS]


def older_package(newer):
    """The same package with a lower version, and with a line more in two files of /etc/ccgate."""
    run("dpkg-deb", "--raw-extract", newer, "/tmp/older")
    control = read("/tmp/older/DEBIAN/control").splitlines(keepends=True)
    write("/tmp/older/DEBIAN/control",
          "".join("Version: 0.0.1\n" if line.startswith("Version:") else line for line in control))
    for path in (gate.SITE, REGISTRIES):
        write("/tmp/older" + path, OLDER + read("/tmp/older" + path))
    run("dpkg-deb", "-Znone", "--build", "/tmp/older", "/tmp/ccgate_0.0.1.deb")
    shutil.rmtree("/tmp/older")
    return "/tmp/ccgate_0.0.1.deb"


def older_site():
    """A gate at work; the store begins with the upgrade, in the schema of the version before."""
    gate.configure()
    run("systemctl", "restart", "ccgate-milter", "postfix")
    run("systemctl", "enable", "--now", "ccgate-daily.timer")
    write(OWN, "# not of the package\n")
    gate.edit(gate.SITE, ("#store: ", "store: "))
    versions = old_store.make(STORE, DECISION)
    shutil.chown(STORE, "ccgate", "ccgate")
    same("the older version", states(), ["active"] * 3)
    return versions


def kept(files):
    for path, text in files.items():
        if read(path) != text:
            raise SystemExit(f"{path} was changed:\n{read(path)}")


def upgraded(newer, versions):
    edited = {path: read(path) for path in (gate.SITE, POLICY, CONTACTS, OWN)}
    os.chdir(SOURCE)
    commands = [text for kind, text in steps_of_readme("Upgrades, and what is stable") if kind == "shell"]
    same("commands of README", len(commands), 3)
    for command in commands:
        shell(command)
    kept(edited)
    kept({path.replace("/ccgate/", "/ccgate.before/"): text for path, text in edited.items() if "/var/" in path})
    same("files of the new version beside those that were edited", sorted(glob.glob("/etc/ccgate/*.dpkg-*")),
         [gate.SITE + ".dpkg-dist"])
    same("the older line in a file that was not edited", OLDER in read(REGISTRIES), False)
    same("states after the upgrade", states(), ["active"] * 3)
    same("schema before and after", (versions[0], old_store.version(STORE)), (versions[0], versions[1]))
    log = run(*gate.as_daemon("ccgate", "log")).stdout
    same("the decision of before in `ccgate log`", DECISION in log, True)
    gate.gate()
    pid = shown("ccgate-milter", "MainPID")
    run("dpkg", "--install", newer)
    same("another daemon", shown("ccgate-milter", "MainPID") not in (pid, "0"), True)
    kept(edited)
    return edited


def removed(newer, edited):
    run("dpkg", "--remove", "ccgate")
    kept(edited)
    same("states when removed", states(), ["inactive"] * 3)
    same("the store when removed", old_store.version(STORE) > 0, True)
    same("the program when removed", os.path.exists("/usr/sbin/ccgate-milter"), False)
    run("dpkg", "--install", newer)
    kept(edited)
    same("states when installed again", states()[:2], ["active"] * 2)
    refused = gate.send("tld-ops-join@lists.example.org", "subscribe .xa")
    same("a stranger's answer", refused[0], 550)


def purged(newer):
    run("dpkg", "--purge", "ccgate")
    same("what is left in /etc/ccgate", os.listdir("/etc/ccgate"), [os.path.basename(OWN)])
    left = [path for path in ("/var/lib/ccgate", "/var/spool/postfix/ccgate", "/run/ccgate") if os.path.exists(path)]
    same("folders that are left", left, [])
    enabled = subprocess.run(["find", "/etc/systemd", "/var/lib/systemd", "-name", "*ccgate*", "-not", "-name",
                              "*ccgate-package-test*"], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    same("units that are left", enabled, "")
    same("the account", pwd.getpwnam("ccgate").pw_name, "ccgate")
    os.remove(OWN)
    run("dpkg", "--install", newer)
    gate.installed()
    gate.configure()
    run("systemctl", "restart", "ccgate-milter", "postfix")
    same("state when installed anew", states()[0], "active")
    refused = gate.send("tld-ops-join@lists.example.org", "subscribe .xa")
    same("a stranger's answer", refused[0], 550)


def main():
    write("/etc/dpkg/dpkg.cfg.d/nobody-to-ask", "force-confdef\nforce-confold\n")
    newer, = glob.glob(os.path.join(PACKAGES, "ccgate_*.deb"))
    run("dpkg", "--install", older_package(newer))
    versions = older_site()
    edited = upgraded(newer, versions)
    removed(newer, edited)
    purged(newer)


if __name__ == "__main__":
    main()
