"""A machine of our own as far as a mail server sees: host name, network, /dev with a log. The kernel makes it for this
process and all that it starts, and takes it away with them.
"""
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading

ENTERED = "CCGATE_E2E_MACHINE"  # in the environment once we are there
UNSHARE = ["unshare", "--net", "--mount", "--uts"]
SET_FLAGS, SET_ADDRESS, SET_NETMASK = 0x8914, 0x8916, 0x891c  # of ioctl(2), see netdevice(7)
UP, RUNNING = 1, 64


def why_not():
    """Why there can be none, or None."""
    if os.environ.get(ENTERED) or subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0:
        return None
    return f"the kernel does not allow {' '.join(UNSHARE)}"


def enter(host, addresses):
    """Starts this program anew on a machine called `host`, which has these IPv4 addresses beside 127.0.0.1 and no
    other network. Returns there, with a folder for temporary files that root alone can write in: Sendmail trusts no
    file below /tmp."""
    if not os.environ.get(ENTERED):
        os.execvpe(UNSHARE[0], [*UNSHARE, sys.executable, "-B", *sys.argv], {**os.environ, ENTERED: "1"})
    socket.sethostname(host)
    make_network(addresses)
    make_dev()
    tempfile.tempdir = "/dev/folders"
    os.mkdir(tempfile.tempdir)


def make_network(addresses):
    def address(text):
        return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))

    with socket.socket() as sock:
        def ask(request, name, payload):
            fcntl.ioctl(sock, request, struct.pack("16s24s", name.encode("ascii"), payload))
        ask(SET_FLAGS, "lo", struct.pack("=H22x", UP | RUNNING))
        for number, each in enumerate(addresses):
            ask(SET_ADDRESS, f"lo:{number}", address(each))
            ask(SET_NETMASK, f"lo:{number}", address("255.255.255.255"))


def make_dev():
    """What programs need; /dev/log is none of it yet."""
    outer = "/mnt"

    def run(*command):
        subprocess.run(command, check=True)
    run("mount", "--rbind", "/dev", outer)
    run("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", "/dev")
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        with open(os.path.join("/dev", name), "xb"):
            pass
        run("mount", "--bind", os.path.join(outer, name), os.path.join("/dev", name))
    os.mkdir("/dev/shm")
    os.chmod("/dev/shm", 0o1777)
    os.symlink("/proc/self/fd", "/dev/fd")
    run("umount", "--recursive", "--lazy", outer)


def keep_log(path):
    """From now on what is told to syslog(3) goes to the file `path`, for as long as that has a folder."""
    if os.path.exists("/dev/log"):
        os.unlink("/dev/log")
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    log.bind("/dev/log")
    os.chmod("/dev/log", 0o666)

    def take():
        while True:
            line = log.recv(65536)
            try:
                with open(path, "ab") as file:
                    file.write(line.rstrip(b"\0\n") + b"\n")
            except FileNotFoundError:
                log.close()
                return
    threading.Thread(target=take, daemon=True).start()


def end_others():
    """Ends every other process of this machine."""
    def network(pid):
        try:
            return os.readlink(f"/proc/{pid}/ns/net")
        except OSError:  # it has ended
            return None
    ours = network("self")
    if ours == network(1):
        raise RuntimeError("this is no machine of our own")
    for pid in (int(name) for name in os.listdir("/proc") if name.isdigit()):
        if pid != os.getpid() and network(pid) == ours:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
