"""package_test.py gate|upgrade|quickstart: the Debian package of build/package, in the Debian of build/package-tree,
under a systemd of its own in a container without a network. Nothing that is done there stays: what changes is in
memory. What runs inside is debian/tests/gate, upgrade.py and quickstart.py."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77  # exit status that ctest takes for "skipped"
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
TREE = os.path.join(SOURCE, "build", "package-tree")
INSIDE = "/srv/ccgate"  # where the container has SOURCE
LIMIT_S = 240

COMMANDS = {
    "gate": f"apt-get -q -y install {INSIDE}/build/package/ccgate_*.deb && {INSIDE}/debian/tests/gate",
    "upgrade": f"python3 -B {INSIDE}/tests/package/upgrade.py",
    "quickstart": f"python3 -B {INSIDE}/tests/package/quickstart.py",
}
TARGET = """[Unit]
Description=the package of ccgate under test
Requires=ccgate-package-test.service
"""
SERVICE = """[Unit]
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo begun; { COMMAND; } && echo passed'
ExecStopPost=/bin/systemctl --force --no-block exit 0
Environment=DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
WorkingDirectory=INSIDE
StandardOutput=append:/srv/said/said
StandardError=append:/srv/said/said
"""


def skip(reason, whatever=False):
    """`whatever`: also where CCGATE_NO_SKIP says that everything is here."""
    print(f"SKIPPED: the package was not tested: {reason}", file=sys.stderr)
    sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" and not whatever else SKIPPED)


def nspawn(*arguments, seconds=LIMIT_S):
    """What it printed; it is ended after so many seconds."""
    running = subprocess.Popen(
        ["systemd-nspawn", "--quiet", f"--directory={TREE}/root", "--volatile=overlay", "--private-network",
         "--machine=ccgate-package", "--register=no", "--keep-unit", "--link-journal=no", "--console=read-only", "--resolv-conf=off",
         "--timezone=off", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        errors="replace")
    for last_word in (running.terminate, running.kill):
        try:
            return running.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            last_word()
            seconds = 10
    return running.communicate()[0]


def test(part, folder):
    """What was printed inside; skips where nothing could be."""
    greeting = nspawn("/bin/echo", "this is a container", seconds=30)
    if "this is a container" not in greeting:
        skip(f"this kernel does not let systemd-nspawn make a container:\n{greeting}", whatever=True)
    units = []
    for name, text in (("target", TARGET), ("service", SERVICE.replace("COMMAND", COMMANDS[part]))):
        path = os.path.join(folder, "ccgate-package-test." + name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("INSIDE", INSIDE))
        units.append(f"--bind-ro={path}:/etc/systemd/system/ccgate-package-test.{name}")
    said = os.path.join(folder, "said")
    os.mkdir(said)
    console = nspawn(f"--bind-ro={SOURCE}:{INSIDE}", f"--bind={said}:/srv/said", *units, "--boot",
                     "systemd.unit=ccgate-package-test.target", "systemd.log_target=console")
    try:
        with open(os.path.join(said, "said"), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return skip(f"this kernel does not let systemd run in a container:\n{console}", whatever=True)


def main(part):
    if os.geteuid() != 0:
        skip("this needs root")
    if not shutil.which("systemd-nspawn"):
        skip("there is no systemd-nspawn")
    if len(glob.glob(os.path.join(SOURCE, "build", "package", "ccgate_*.deb"))) != 1:
        skip("there is no package: scripts/package makes it")
    if subprocess.run(["unshare", "--mount", "true"], check=False).returncode != 0:
        skip("this kernel lets nothing be mounted", whatever=True)
    if not os.path.exists(os.path.join(TREE, "complete")):
        skip("there is no Debian to install it in: scripts/package-tree makes it")
    # Not in /tmp, which a container has of its own.
    folder = tempfile.mkdtemp(prefix="ccgate-package-", dir="/var/tmp")
    try:
        said = test(part, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(said)
    return 0 if said.endswith("\npassed\n") else 1


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        sys.exit(main(sys.argv[1]))
    print(__doc__, file=sys.stderr)
    sys.exit(2)
